using ComposeLab.Compose.Model;
using static ComposeLab.Compose.Rules.FindingSeverity;

namespace ComposeLab.Compose.Rules.Production;

/// <summary>What a service writes in production belongs into a volume.</summary>
internal sealed class BindMountRule() : ServiceRule(new RuleInfo(
    "BindMount",
    null,
    Warning,
    "in production, a file or folder beside the compose files that a service can write to",
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
                bool isFile = context.World.ReadText(source) is not null;
                string name = "./" + Path.GetRelativePath(context.Project.WorkingDirectory, source);
                yield return context.At(
                    service,
                    $"volumes[{index}]",
                    mount.Node,
                    isFile
                        ? $"{service.Name} can change {name}, a file beside the compose files."
                        : $"{service.Name} can write to {name}, beside the compose files: a checkout, a clean-up or another user's rights reach its data.",
                    isFile
                        ? $"Mount it read-only: {name}:{mount.Target}:ro"
                        : $"Use a named volume ({Name(source)}:{mount.Target}), or mount it read-only if it holds settings ({name}:{mount.Target}:ro).");
            }
        }
    }

    private static string Name(string source) => string.Concat(Path.GetFileNameWithoutExtension(source).ToLowerInvariant().Where(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-'));
}
