using ComposeLab.Compose.Diagnostics;
using static ComposeLab.Compose.Rules.FindingSeverity;

namespace ComposeLab.Compose.Rules.Files;

/// <summary>True and false are written as YAML 1.2 writes them.</summary>
internal sealed class TruthValueRule() : ConfigRule(new RuleInfo(
    "TruthValue",
    Information,
    Information,
    "`yes`, `no`, `on` or `off` where true or false is meant: YAML 1.2 reads them as text",
    "Write `true` or `false`."))
{
    /// <inheritdoc/>
    public override IEnumerable<Spot> Find(RuleContext context) => context.Project.Warnings
        .Where(warning => warning.Id == ComposeWarningId.TruthValue && warning.Origin is not null)
        .Select(warning => new Spot(Path.GetFileName(warning.Origin!.File), warning.Origin, warning.Message, "Write true or false."));
}
