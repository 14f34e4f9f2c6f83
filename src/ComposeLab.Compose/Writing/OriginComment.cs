using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Writing;

/// <summary>Says in a comment where a value comes from, what it replaced and which variables it took in.</summary>
internal static class OriginComment
{
    /// <summary>The comment of a value, such as <c># compose.dev.yaml:12 (was compose.yaml:8)</c>.</summary>
    /// <param name="origin">The origin.</param>
    public static string Of(Origin origin)
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

    private static string Place(Origin origin) => origin.IsInFile ? $"{Path.GetFileName(origin.File)}:{origin.Line}" : origin.File.Trim('[', ']');

    private static string Use(VariableUse use) => use.Source switch
    {
        VariableSource.Os => $"{use.Name} from the environment",
        VariableSource.DotEnv or VariableSource.EnvFile => $"{use.Name} from {Path.GetFileName(use.File)}:{use.Line}",
        VariableSource.Default => $"{use.Name} by default",
        VariableSource.Project => $"{use.Name} from the project",
        _ => $"{use.Name} unset",
    };
}
