using ComposeLab.Compose.Diagnostics;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Validation.Rules;

/// <summary>A value with several syntaxes, told apart by their sort: text, number, list or mapping.</summary>
/// <param name="syntaxes">The syntaxes.</param>
internal sealed class ChoiceRule(params Rule[] syntaxes) : Rule
{
    /// <summary>The syntaxes.</summary>
    public IReadOnlyList<Rule> Syntaxes { get; } = syntaxes;

    /// <inheritdoc/>
    public override string Expected => string.Join(" or ", Syntaxes.Select(syntax => syntax.Expected));

    /// <inheritdoc/>
    public override bool Fits(Node node) => Syntaxes.Any(syntax => syntax.Fits(node));

    /// <inheritdoc/>
    protected override void CheckFitting(Node node, ModelPath path) => Syntaxes.First(syntax => syntax.Fits(node)).Check(node, path);
}
