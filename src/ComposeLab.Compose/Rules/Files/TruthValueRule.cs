using ComposeLab.Compose.Diagnostics;
using static ComposeLab.Compose.Rules.FindingSeverity;

namespace ComposeLab.Compose.Rules.Files;

/// <summary>Booleans must be written as in YAML 1.2.</summary>
internal sealed class TruthValueRule() : ConfigRule(new RuleInfo(
    "TruthValue",
    Information,
    Information,
    "`yes`, `no`, `on` or `off` instead of true or false: YAML 1.2 reads them as strings",
    "Write `true` or `false`."))
{
    /// <inheritdoc/>
    public override IEnumerable<RuleMatch> Find(RuleContext context) => context.Project.Warnings
        .Where(warning => warning.Id == ComposeWarningId.TruthValue && warning.Origin is not null)
        .Select(warning => new RuleMatch(Path.GetFileName(warning.Origin!.File), warning.Origin, warning.Message, "Write true or false."));
}

/// <summary>The obsolete version of the file format.</summary>
internal sealed class VersionKeyRule() : ConfigRule(new RuleInfo(
    "VersionKey",
    Information,
    Information,
    "the obsolete key `version`, which has no effect",
    "Remove the line."))
{
    /// <inheritdoc/>
    public override IEnumerable<RuleMatch> Find(RuleContext context) => context.Project.Warnings
        .Where(warning => warning.Id == ComposeWarningId.VersionObsolete && warning.Origin is not null)
        .Select(warning => new RuleMatch("version", warning.Origin!, "The key 'version' is obsolete and has no effect.", "Remove the line."));
}
