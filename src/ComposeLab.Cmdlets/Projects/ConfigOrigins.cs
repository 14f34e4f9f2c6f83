using System.Globalization;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Projects;

/// <summary>Finds values by their paths and converts their origins to output objects.</summary>
internal static class ConfigOrigins
{
    /// <summary>The origin of a value.</summary>
    /// <param name="node">The start of the path.</param>
    /// <param name="path">Keys joined by dots, indices in brackets.</param>
    /// <returns>Its origin; null if the value does not exist.</returns>
    public static Origin? Find(Node node, ReadOnlySpan<char> path) => node switch
    {
        _ when path.IsEmpty => node.Origin,
        MappingNode mapping => FindBelow(mapping, path),
        SequenceNode list when path[0] == '[' && path.IndexOf(']') is > 0 and var end
            && int.TryParse(path[1..end], NumberStyles.None, CultureInfo.InvariantCulture, out int index) && index < list.Count =>
            Find(list.Items[index], path[(end + 1)..].TrimStart('.')),
        _ => null,
    };

    /// <summary>The output object of an origin.</summary>
    /// <param name="origin">The origin.</param>
    /// <param name="path">The value's path.</param>
    public static LabOrigin Of(Origin origin, string path) => new()
    {
        Path = path,
        File = origin.IsInFile ? origin.File : null,
        Line = origin.Line,
        Column = origin.Column,
        Source = origin.IsInFile ? "file" : origin.File.Trim('[', ']'),
        Replaced = [.. Replaced(origin).Select(earlier => Of(earlier with { Replaced = null }, path))],
        Variables = [.. origin.Variables.Select(use => new LabVariableUse { Name = use.Name, Source = use.Source.ToString(), File = use.File, Line = use.Line })],
    };

    // A key can contain dots, so every key that the path starts with is tried.
    private static Origin? FindBelow(MappingNode mapping, ReadOnlySpan<char> path)
    {
        foreach (MappingEntry entry in mapping.Entries)
        {
            if (path.StartsWith(entry.Key) && (path.Length == entry.Key.Length || path[entry.Key.Length] is '.' or '[')
                && Find(entry.Value, path[entry.Key.Length..].TrimStart('.')) is { } origin)
            {
                return origin;
            }
        }

        return null;
    }

    private static IEnumerable<Origin> Replaced(Origin origin)
    {
        for (Origin? earlier = origin.Replaced; earlier is not null; earlier = earlier.Replaced)
        {
            yield return earlier;
        }
    }
}
