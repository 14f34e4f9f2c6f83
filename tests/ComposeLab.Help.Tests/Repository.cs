using ComposeLab.HelpBuilder;

namespace ComposeLab.Help.Tests;

/// <summary>The repository that these tests were built from, and the commands in it.</summary>
internal static class Repository
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    public static IReadOnlyList<CommandHelp> Commands { get; } = new CommandReader(
        XmlDocumentation.Read(Path.ChangeExtension(typeof(LabErrorId).Assembly.Location, ".xml"))).Read(typeof(LabErrorId).Assembly);

    public static string Text(string relative) => File.ReadAllText(Path.Combine(Root, relative));

    public static IEnumerable<string> Files(string folder, string pattern) =>
        Directory.EnumerateFiles(Path.Combine(Root, folder), pattern).Select(file => Path.GetRelativePath(Root, file)).Order(StringComparer.Ordinal);

    private static string Find(string from)
    {
        string? at = from;
        while (at is not null && !File.Exists(Path.Combine(at, "ComposeLab.slnx")))
        {
            at = Path.GetDirectoryName(at);
        }

        return at ?? throw new DirectoryNotFoundException($"No ComposeLab.slnx above {from}.");
    }
}
