using ComposeLab.Compose.Model;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Rules.Variables;

/// <summary>Tells whether a service is given a whole env file, each of its variables with it.</summary>
internal static class EnvFileHandover
{
    /// <summary>Whether some service names the file, or may: a name made of variables counts.</summary>
    /// <param name="file">The absolute path of the env file.</param>
    /// <param name="sources">The Compose files.</param>
    public static bool IsGiven(string file, IReadOnlyList<SourceFile> sources)
    {
        string name = Path.GetFileName(file);
        return sources.SelectMany(source => source.Documents).SelectMany(EnvFilesIn)
            .Any(text => text.Contains('$', StringComparison.Ordinal) || Path.GetFileName(text) == name);
    }

    private static IEnumerable<string> EnvFilesIn(Node node) => node switch
    {
        MappingNode mapping => mapping.Entries.SelectMany(entry => entry.Key == "env_file" ? Texts(entry.Value) : EnvFilesIn(entry.Value)),
        SequenceNode list => list.Items.SelectMany(EnvFilesIn),
        _ => [],
    };

    private static IEnumerable<string> Texts(Node node) => node switch
    {
        MappingNode mapping => mapping.Entries.SelectMany(entry => Texts(entry.Value)),
        SequenceNode list => list.Items.SelectMany(Texts),
        ScalarNode scalar => [scalar.Text],
        _ => [],
    };
}
