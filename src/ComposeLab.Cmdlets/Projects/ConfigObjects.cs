using System.Globalization;
using System.Management.Automation;
using ComposeLab.Compose.Secrets;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Projects;

/// <summary>Turns a merged config into objects: mappings become properties, sequences arrays, scalars their .NET values.</summary>
internal static class ConfigObjects
{
    /// <summary>Converts a node.</summary>
    /// <param name="node">The node.</param>
    /// <param name="mask">Hides secret values; null shows them.</param>
    /// <returns>The object.</returns>
    public static PSObject Of(MappingNode node, SecretMask? mask)
    {
        var result = new PSObject();
        foreach (MappingEntry entry in node.Entries)
        {
            result.Properties.Add(new PSNoteProperty(entry.Key, Value(entry.Key, entry.Value, mask)));
        }

        return result;
    }

    private static object? Value(string name, Node node, SecretMask? mask) => node switch
    {
        MappingNode mapping => Of(mapping, mask),
        SequenceNode sequence => sequence.Items.Select(item => Value("", item, mask)).ToArray(),
        ScalarNode scalar => Scalar(name, scalar, mask),
        _ => null,
    };

    private static object? Scalar(string name, ScalarNode scalar, SecretMask? mask) => scalar.Kind switch
    {
        ScalarKind.Null => null,
        ScalarKind.Boolean => string.Equals(scalar.Text, "true", StringComparison.Ordinal),
        ScalarKind.Integer when long.TryParse(scalar.Text, CultureInfo.InvariantCulture, out long number) => number,
        ScalarKind.Float when double.TryParse(scalar.Text, CultureInfo.InvariantCulture, out double number) => number,
        _ => mask is null ? scalar.Text : mask.Mask(name, scalar.Text),
    };
}
