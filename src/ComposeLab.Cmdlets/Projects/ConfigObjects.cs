using System.Globalization;
using System.Management.Automation;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Projects;

/// <summary>Converts a merged configuration to objects: mappings to properties, sequences to arrays, scalars to .NET values.</summary>
internal static class ConfigObjects
{
    /// <summary>Converts a node.</summary>
    /// <param name="node">The node.</param>
    /// <returns>A <see cref="LabConfig"/> with the keys as properties.</returns>
    public static PSObject Of(MappingNode node) => Of(node, "");

    private static PSObject Of(MappingNode node, string path)
    {
        Dictionary<string, object?> values = node.Entries.ToDictionary(
            entry => entry.Key, entry => Value(entry.Value, path.Length == 0 ? entry.Key : $"{path}.{entry.Key}"), StringComparer.Ordinal);
        var result = new PSObject(new LabConfig(node, path, values));
        foreach (MappingEntry entry in node.Entries)
        {
            // PowerShell treats http_proxy and HTTP_PROXY as one property. The second is only available by its key.
            if (result.Properties[entry.Key] is null)
            {
                result.Properties.Add(new PSNoteProperty(entry.Key, values[entry.Key]));
            }
        }

        return result;
    }

    private static object? Value(Node node, string path) => node switch
    {
        MappingNode mapping => Of(mapping, path),
        SequenceNode sequence => sequence.Items.Select((item, index) => Value(item, string.Create(CultureInfo.InvariantCulture, $"{path}[{index}]"))).ToArray(),
        ScalarNode scalar => Scalar(scalar),
        _ => null,
    };

    private static object? Scalar(ScalarNode scalar) => scalar.Kind switch
    {
        ScalarKind.Null => null,
        ScalarKind.Boolean => string.Equals(scalar.Text, "true", StringComparison.Ordinal),
        ScalarKind.Integer when long.TryParse(scalar.Text, CultureInfo.InvariantCulture, out long number) => number,
        ScalarKind.Float when double.TryParse(scalar.Text, CultureInfo.InvariantCulture, out double number) => number,
        _ => scalar.Text,
    };
}
