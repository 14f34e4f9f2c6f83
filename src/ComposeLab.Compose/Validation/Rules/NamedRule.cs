using System.Text.RegularExpressions;
using ComposeLab.Compose.Diagnostics;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Validation.Rules;

/// <summary>A mapping whose keys the user chooses.</summary>
/// <param name="value">What each value must look like.</param>
internal sealed class NamedRule(Rule value) : Rule
{
    /// <summary>What each value must look like.</summary>
    public Rule ValueRule { get; } = value;

    /// <summary>What a key must match; null: anything.</summary>
    public Regex? Names { get; init; }

    /// <summary>The keys in words, to complete "a name must be ...".</summary>
    public string NameWords { get; init; } = "";

    /// <summary>Whether other keys pass, with any value.</summary>
    public bool AllowsOthers { get; init; }

    /// <inheritdoc/>
    public override string Expected => "a mapping";

    /// <inheritdoc/>
    public override bool Fits(Node node) => node is MappingNode;

    /// <inheritdoc/>
    protected override void CheckFitting(Node node, ModelPath path)
    {
        foreach (MappingEntry entry in ((MappingNode)node).Entries)
        {
            if (Names?.IsMatch(entry.Key) != false)
            {
                ValueRule.Check(entry.Value, path.Below(entry.Key));
            }
            else if (!AllowsOthers)
            {
                throw ComposeException.At(
                    ComposeErrorId.ComposeFileInvalid,
                    $"A name in {path} must be {NameWords}, found '{ValueWords.Shorten(entry.Key.ReplaceLineEndings(" "))}'.",
                    "Rename it.",
                    entry.KeyOrigin,
                    path.Below(entry.Key).ToString());
            }
        }
    }
}
