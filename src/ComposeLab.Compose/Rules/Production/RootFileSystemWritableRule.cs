using ComposeLab.Compose.Model;
using static ComposeLab.Compose.Rules.FindingSeverity;

namespace ComposeLab.Compose.Rules.Production;

/// <summary>What breaks in finds no place to stay.</summary>
internal sealed class RootFileSystemWritableRule() : ProductionRule(new RuleInfo(
    "RootFileSystemWritable",
    null,
    Information,
    "in production, a service whose root file system can be written to",
    "`read_only: true` with `tmpfs` for the few folders it writes to."))
{
    /// <inheritdoc/>
    protected override string Recommendation => "read_only: true, with tmpfs: [/tmp] for what it must write";

    /// <inheritdoc/>
    protected override bool IsMissing(ServiceDefinition service) => !service.ReadOnly;

    /// <inheritdoc/>
    protected override string Message(ServiceDefinition service) =>
        $"{service.Name} can write to its own program files: an intruder finds a place to stay, and state hides where it is lost.";
}
