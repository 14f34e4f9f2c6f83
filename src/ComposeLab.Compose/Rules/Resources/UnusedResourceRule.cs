using static ComposeLab.Compose.Rules.FindingSeverity;

namespace ComposeLab.Compose.Rules.Resources;

/// <summary>What the files define is used by somebody.</summary>
internal sealed class UnusedResourceRule() : ConfigRule(new RuleInfo(
    "UnusedResource",
    Information,
    Information,
    "a network, volume, secret or config that no service uses",
    "Remove it, or use it: a misspelt name in a service would have been an error."))
{
    /// <inheritdoc/>
    public override IEnumerable<Spot> Find(RuleContext context) => context.Project.UnusedResources.Select(resource => new Spot(
        $"{resource.Kind}.{resource.Key}",
        resource.Origin,
        $"No service uses the {resource.Kind.TrimEnd('s')} {resource.Key}: it is never made.",
        $"Remove {resource.Kind}.{resource.Key}, or name it in the service it was meant for."));
}
