using System.Text;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Validation;

/// <summary>Tells equal values: two values are equal when their identities are the same text. The order of keys does not count.</summary>
internal static class NodeIdentity
{
    /// <summary>The identity of a value.</summary>
    /// <param name="node">The value.</param>
    /// <returns>A text that only equal values share.</returns>
    public static string Of(Node node)
    {
        if (node is ScalarNode scalar)
        {
            return Spell(scalar);
        }

        var text = new StringBuilder();
        Append(node, text);
        return text.ToString();
    }

    private static void Append(Node node, StringBuilder text)
    {
        switch (node)
        {
            case MappingNode mapping:
                text.Append('{');
                foreach (MappingEntry entry in mapping.Entries.OrderBy(entry => entry.Key, StringComparer.Ordinal))
                {
                    text.Append(entry.Key.Length).Append(':').Append(entry.Key);
                    Append(entry.Value, text);
                }

                text.Append('}');
                break;
            case SequenceNode list:
                text.Append('[');
                foreach (Node item in list.Items)
                {
                    Append(item, text);
                }

                text.Append(']');
                break;
            case ScalarNode scalar:
                string spelt = Spell(scalar);
                text.Append(spelt.Length).Append(':').Append(spelt);
                break;
        }
    }

    private static string Spell(ScalarNode scalar) => scalar.Kind switch
    {
        ScalarKind.String => "s" + scalar.Text,
        ScalarKind.Integer or ScalarKind.Float => "n" + scalar.Text,
        ScalarKind.Boolean => "b" + scalar.Text,
        ScalarKind.Null => "~",
        _ => "t" + scalar.Text,
    };
}
