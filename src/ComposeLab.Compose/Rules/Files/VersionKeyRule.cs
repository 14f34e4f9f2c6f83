using ComposeLab.Compose.Diagnostics;
using static ComposeLab.Compose.Rules.FindingSeverity;

namespace ComposeLab.Compose.Rules.Files;

/// <summary>The version of a file format that has none any more.</summary>
internal sealed class VersionKeyRule() : ConfigRule(new RuleInfo(
    "VersionKey",
    Information,
    Information,
    "the obsolete key `version`: nothing reads it",
    "Remove the line."))
{
    /// <inheritdoc/>
    public override IEnumerable<Spot> Find(RuleContext context) => context.Project.Warnings
        .Where(warning => warning.Id == ComposeWarningId.VersionObsolete && warning.Origin is not null)
        .Select(warning => new Spot("version", warning.Origin!, "The key 'version' is obsolete: nothing reads it, and it suggests that something does.", "Remove the line."));
}
