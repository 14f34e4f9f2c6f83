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
    public override IEnumerable<RuleMatch> Find(RuleContext context) => context.Project.Warnings
        .Where(warning => warning.Id == ComposeWarningId.TruthValue && warning.Origin is not null)
        .Select(warning => new RuleMatch(Path.GetFileName(warning.Origin!.File), warning.Origin, warning.Message, "Write true or false."));
}

/// <summary>The version of a file format that has none any more.</summary>
internal sealed class VersionKeyRule() : ConfigRule(new RuleInfo(
    "VersionKey",
    Information,
    Information,
    "the obsolete key `version`: nothing reads it",
    "Remove the line."))
{
    /// <inheritdoc/>
    public override IEnumerable<RuleMatch> Find(RuleContext context) => context.Project.Warnings
        .Where(warning => warning.Id == ComposeWarningId.VersionObsolete && warning.Origin is not null)
        .Select(warning => new RuleMatch("version", warning.Origin!, "The key 'version' is obsolete: nothing reads it, and it suggests that something does.", "Remove the line."));
}
