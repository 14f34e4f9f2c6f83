using System.Text;
using ComposeLab.Compose.Units;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Validation;

/// <summary>Finds duplicate items of a list.</summary>
/// <param name="list">The list.</param>
internal sealed class Repetition(SequenceNode list)
{
    // Up to this length the reference compares each item with each earlier one, and a number with the value of an earlier text. For longer lists it uses a lookup.
    private const int LongestCompared = 20;

    private readonly Dictionary<string, Node> _seen = new(StringComparer.Ordinal);
    private readonly List<ScalarNode> _texts = [];

    /// <summary>Finds an earlier equal item, and records this one.</summary>
    /// <param name="item">The next item.</param>
    /// <returns>The earlier one; null if there is none.</returns>
    public Node? Earlier(Node item)
    {
        string identity = NodeIdentity.Of(item);
        if (!_seen.TryAdd(identity, item))
        {
            return _seen[identity];
        }

        switch (item)
        {
            case ScalarNode { Kind: ScalarKind.Integer or ScalarKind.Float } number when list.Count <= LongestCompared:
                return Rational.TryParse(number.Text) is { } amount ? _texts.Find(text => Rational.TryParse(text.Text)?.NumericallyEquals(amount) == true) : null;
            case ScalarNode { Kind: ScalarKind.String } text:
                _texts.Add(text);
                return null;
            default:
                return null;
        }
    }
}

/// <summary>Compares values: two values are equal if their identities are the same text. The order of keys does not matter.</summary>
internal static class NodeIdentity
{
    /// <summary>The identity of a value.</summary>
    /// <param name="node">The value.</param>
    /// <returns>A text that only equal values have in common.</returns>
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
                string spelled = Spell(scalar);
                text.Append(spelled.Length).Append(':').Append(spelled);
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
