using ComposeLab.Compose.Model;
using static ComposeLab.Compose.Rules.FindingSeverity;

namespace ComposeLab.Compose.Rules.Production;

/// <summary>Production runs the code of the image, not of a folder.</summary>
internal sealed class CodeMountedRule() : ServiceRule(new RuleInfo(
    "CodeMounted",
    null,
    Error,
    "in production, a folder with source code mounted over the image",
    "Take the mount out of production: `volumes: !reset []` in the overlay, or move it to the development overlay."))
{
    /// <inheritdoc/>
    protected override IEnumerable<Spot> Find(RuleContext context, ServiceDefinition service)
    {
        foreach ((MountDefinition mount, int index) in service.Volumes.Select((mount, index) => (mount, index)))
        {
            if (SourceFolders.Holds(context, service, mount))
            {
                yield return context.At(
                    service,
                    $"volumes[{index}]",
                    mount.Node,
                    $"{service.Name} runs the code in {mount.Source}, not the code of its image: what was tested is not what runs.",
                    "Move the mount to the development overlay; in an overlay of production write 'volumes: !reset []'.");
            }
        }
    }
}
