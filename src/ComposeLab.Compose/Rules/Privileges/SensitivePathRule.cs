using ComposeLab.Compose.Model;

namespace ComposeLab.Compose.Rules.Privileges;

/// <summary>A rule about mounted paths of the host that give more than files.</summary>
/// <param name="info">What is to be known about it.</param>
/// <param name="readOnly">Whether it looks at read-only mounts, or at those that can be written to.</param>
internal abstract class SensitivePathRule(RuleInfo info, bool readOnly) : ServiceRule(info)
{
    /// <inheritdoc/>
    protected sealed override IEnumerable<Spot> Find(RuleContext context, ServiceDefinition service) => HostPath.Of(context, service)
        .Where(path => path.Mount.ReadOnly == readOnly)
        .Select(path => context.At(
            service,
            $"volumes[{path.Index}]",
            path.Mount.Node,
            $"{service.Name} {(readOnly ? "reads" : "can change")} {path.What} ({path.Mount.Source}).",
            readOnly
                ? "Mount the one file it needs instead of the folder, or allow it with a reason."
                : $"Mount it read-only if it must be there at all: {path.Mount.Source}:{path.Mount.Target}:ro."));
}
