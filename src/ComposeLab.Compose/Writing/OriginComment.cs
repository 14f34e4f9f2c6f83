using ComposeLab.Compose.Model;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Writing;

/// <summary>Says in a comment where a value comes from, what it replaced and which variables it took in.</summary>
internal sealed class OriginComment
{
    private readonly string _folder;
    private readonly HashSet<string> _ambiguous;

    /// <summary>Comments the values of a project.</summary>
    /// <param name="project">The project: where two of its files, or two of its env files, have the same name, their paths are shown.</param>
    public OriginComment(ComposeProject project)
    {
        _folder = project.WorkingDirectory;
        _ambiguous = project.Sources.Select(source => source.Display)
            .Concat(EnvFiles(project.Tree).Distinct(StringComparer.Ordinal))
            .GroupBy(Path.GetFileName, StringComparer.Ordinal)
            .Where(files => files.Count() > 1)
            .Select(files => files.Key!)
            .ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>The comment of a value, such as <c># compose.dev.yaml:12 (was compose.yaml:8)</c>.</summary>
    /// <param name="origin">The origin.</param>
    public string Of(Origin origin)
    {
        var earlier = new List<string>();
        for (var replaced = origin.Replaced; replaced is not null; replaced = replaced.Replaced)
        {
            earlier.Add(Place(replaced));
        }

        var was = earlier.Count == 0 ? "" : $" (was {string.Join(", ", earlier)})";
        var variables = origin.Variables.Count == 0 ? "" : $" [{string.Join(", ", origin.Variables.Select(Use))}]";
        return $"# {Place(origin)}{was}{variables}";
    }

    private string Place(Origin origin)
    {
        if (!origin.IsInFile)
        {
            return origin.File.Trim('[', ']');
        }

        string name = Path.GetFileName(origin.File);
        return $"{(_ambiguous.Contains(name) ? origin.File : name)}:{origin.Line}";
    }

    private static IEnumerable<string> EnvFiles(Node node) => node.Origin.Variables.Select(use => use.File).OfType<string>().Concat(node switch
    {
        MappingNode map => map.Entries.SelectMany(entry => EnvFiles(entry.Value)),
        SequenceNode list => list.Items.SelectMany(EnvFiles),
        _ => [],
    });

    private string EnvFile(string file)
    {
        string name = Path.GetFileName(file);
        return !_ambiguous.Contains(name) ? name : Path.IsPathRooted(file) ? Path.GetRelativePath(_folder, file) : file;
    }

    private string Use(VariableUse use) => use.Source switch
    {
        VariableSource.Os => $"{use.Name} from the environment",
        VariableSource.DotEnv or VariableSource.EnvFile => $"{use.Name} from {EnvFile(use.File!)}:{use.Line}",
        VariableSource.Default => $"{use.Name} by default",
        VariableSource.Project => $"{use.Name} from the project",
        _ => $"{use.Name} unset",
    };
}
