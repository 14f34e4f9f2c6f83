using ComposeLab.Compose.Model;
using static ComposeLab.Compose.Rules.FindingSeverity;

namespace ComposeLab.Compose.Rules.Production;

/// <summary>What a service writes in production belongs into a volume.</summary>
internal sealed class BindMountRule() : ServiceRule(new RuleInfo(
    "BindMount",
    null,
    Warning,
    "in production, a folder beside the compose files that a service writes to",
    "Use a named volume; for settings, mount read-only (`:ro`) or use `configs`."))
{
    /// <inheritdoc/>
    protected override IEnumerable<Spot> Find(RuleContext context, ServiceDefinition service)
    {
        foreach ((MountDefinition mount, int index) in service.Volumes.Select((mount, index) => (mount, index)))
        {
            if (mount is { Type: MountType.Bind, ReadOnly: false, Source: { } source }
                && source.StartsWith(context.Project.WorkingDirectory.TrimEnd('/') + "/", StringComparison.Ordinal)
                && !SourceFolders.Holds(context, service, mount))
            {
                yield return context.At(
                    service,
                    $"volumes[{index}]",
                    mount.Node,
                    $"{service.Name} writes into {source}, beside the compose files: a checkout, a clean or another user's rights reach its data.",
                    $"Use a named volume ({Name(source)}:{mount.Target}), or mount it read-only if it holds settings ({mount.Target}:ro).");
            }
        }
    }

    private static string Name(string source) => string.Concat(Path.GetFileNameWithoutExtension(source).ToLowerInvariant().Where(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-'));
}
