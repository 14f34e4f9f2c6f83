using ComposeLab.Compose.Units;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Validation;

/// <summary>Finds the items of a list that it holds already.</summary>
/// <param name="list">The list.</param>
internal sealed class Repetition(SequenceNode list)
{
    // Up to this length the reference compares each item with each before it, and a number with what a text before it means; longer lists it looks up.
    private const int LongestCompared = 20;

    private readonly Dictionary<string, Node> _seen = new(StringComparer.Ordinal);
    private readonly List<ScalarNode> _texts = [];

    /// <summary>Looks for an earlier item that is the same, and remembers this one.</summary>
    /// <param name="item">The next item.</param>
    /// <returns>The earlier one; null when there is none.</returns>
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
                return Rational.TryParse(number.Text) is { } amount ? _texts.Find(text => Rational.TryParse(text.Text)?.Means(amount) == true) : null;
            case ScalarNode { Kind: ScalarKind.String } text:
                _texts.Add(text);
                return null;
            default:
                return null;
        }
    }
}
