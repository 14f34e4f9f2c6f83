using ComposeLab.Compose.Model;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Writing;

/// <summary>Says in a comment where a value comes from, what it replaced and which variables it took in.</summary>
internal sealed class OriginComment
{
    private readonly HashSet<string> _ambiguous;

    /// <summary>Comments the values of a project.</summary>
    /// <param name="sources">Its files: where two have the same name, their paths are shown.</param>
    public OriginComment(IEnumerable<SourceFile> sources) => _ambiguous = sources
        .GroupBy(source => Path.GetFileName(source.Display), StringComparer.Ordinal)
        .Where(files => files.Count() > 1)
        .Select(files => files.Key)
        .ToHashSet(StringComparer.Ordinal);

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

    private static string Use(VariableUse use) => use.Source switch
    {
        VariableSource.Os => $"{use.Name} from the environment",
        VariableSource.DotEnv or VariableSource.EnvFile => $"{use.Name} from {Path.GetFileName(use.File)}:{use.Line}",
        VariableSource.Default => $"{use.Name} by default",
        VariableSource.Project => $"{use.Name} from the project",
        _ => $"{use.Name} unset",
    };
}
