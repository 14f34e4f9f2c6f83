using ComposeLab.Compose.Diagnostics;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Validation.Rules;

/// <summary>A value the specification says nothing about.</summary>
internal sealed class AnyRule : Rule
{
    /// <inheritdoc/>
    public override string Expected => "any value";

    /// <inheritdoc/>
    public override bool Fits(Node node) => true;

    /// <inheritdoc/>
    protected override void CheckFitting(Node node, ModelPath path)
    {
    }
}
