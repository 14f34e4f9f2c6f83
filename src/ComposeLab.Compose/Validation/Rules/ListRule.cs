using ComposeLab.Compose.Diagnostics;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Validation.Rules;

/// <summary>A list.</summary>
/// <param name="item">What each item must look like.</param>
/// <param name="unique">Whether equal items are an error.</param>
internal sealed class ListRule(Rule item, bool unique = false) : Rule
{
    /// <summary>What each item must look like.</summary>
    public Rule ItemRule { get; } = item;

    /// <inheritdoc/>
    public override string Expected => "a list";

    /// <inheritdoc/>
    public override bool Fits(Node node) => node is SequenceNode;

    /// <inheritdoc/>
    protected override void CheckFitting(Node node, ModelPath path)
    {
        var list = (SequenceNode)node;
        Repetition? repetition = unique ? new Repetition(list) : null;
        int index = 0;
        foreach (Node item in list.Items)
        {
            ModelPath place = path.Item(index++);
            ItemRule.Check(item, place);
            if (repetition?.Earlier(item) is { } first)
            {
                throw Duplicate(item, first, place);
            }
        }
    }

    private static ComposeException Duplicate(Node item, Node first, ModelPath place) =>
        ComposeException.At(
            ComposeErrorId.ComposeFileInvalid,
            $"{place} repeats an item of the list, which may hold it once only; the first one stands at {first.Origin}.",
            "Remove one of the two.",
            item.Origin,
            place.ToString());
}
