using ComposeLab.Compose.Diagnostics;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Validation.Rules;

/// <summary>What a value of the model must look like.</summary>
internal abstract class Rule
{
    /// <summary>The expectation of a value that must be text.</summary>
    protected const string TextWord = "text";

    /// <summary>The expectation of a value that must be a list.</summary>
    protected const string ListWord = "a list";

    private static readonly string[] Durations =
        ["interval", "timeout", "start_period", "start_interval", "stop_grace_period", "delay", "window", "monitor"];

    /// <summary>The expectation in words, to complete "must be ...".</summary>
    public abstract string Expected { get; }

    /// <summary>Whether the value is of the right sort, so that this rule is the one to judge it.</summary>
    /// <param name="node">The value.</param>
    /// <returns>True when it is.</returns>
    public abstract bool Fits(Node node);

    /// <summary>Checks a value and all below it.</summary>
    /// <param name="node">The value.</param>
    /// <param name="path">Its place.</param>
    /// <exception cref="ComposeException">The first rule that is broken.</exception>
    public void Check(Node node, ModelPath path)
    {
        CheckSort(node, path);
        CheckFitting(node, path);
    }

    /// <summary>Checks that a value is of the right sort, and nothing below it.</summary>
    /// <param name="node">The value.</param>
    /// <param name="path">Its place.</param>
    /// <exception cref="ComposeException">It is of another sort.</exception>
    public void CheckSort(Node node, ModelPath path)
    {
        if (!Fits(node))
        {
            throw Broken(node, path, Expected);
        }
    }

    /// <summary>Checks a value of the right sort and all below it.</summary>
    /// <param name="node">The value.</param>
    /// <param name="path">Its place.</param>
    protected abstract void CheckFitting(Node node, ModelPath path);

    /// <summary>An error about a value.</summary>
    /// <param name="node">The value.</param>
    /// <param name="path">Its place.</param>
    /// <param name="expected">What was expected, to complete "must be ...".</param>
    /// <param name="found">What was found; null: the sort of the value.</param>
    /// <returns>The error, to be thrown.</returns>
    protected static ComposeException Broken(Node node, ModelPath path, string expected, string? found = null)
    {
        string place = path.ToString();
        return ComposeException.At(
            ComposeErrorId.ComposeFileInvalid,
            $"{place} must be {expected}, found {found ?? ValueWords.Describe(node)}.",
            Advice(node, place, expected) ?? $"Give {place} {expected}, or remove it.",
            node.Origin,
            place);
    }

    // What usually lies behind it, where one can tell.
    private static string? Advice(Node node, string place, string expected)
    {
        if (node is not ScalarNode { Kind: ScalarKind.Boolean or ScalarKind.Integer or ScalarKind.Float } scalar || expected != TextWord)
        {
            return expected == ListWord && node is ScalarNode { IsNull: false } ? "Make it a list: each item on a line of its own, behind '- '." : null;
        }

        string key = place[(place.LastIndexOf('.') + 1)..];
        string text = ValueWords.Shorten(scalar.Text);
        return scalar.Kind != ScalarKind.Boolean && Durations.Contains(key) ? $"Give it a unit: {key}: {text}s"
            : key.EndsWith(']') ? $"Put it in quotes: - \"{text}\""
            : $"Put it in quotes: {key}: \"{text}\"";
    }
}
