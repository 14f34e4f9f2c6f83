using ComposeLab.Compose.Model;
using static ComposeLab.Compose.Rules.FindingSeverity;

namespace ComposeLab.Compose.Rules.Ports;

/// <summary>Lists of ports are added up when files merge: an overlay that means to change a port adds a second one.</summary>
internal sealed class PortPublishedTwiceRule() : ServiceRule(new RuleInfo(
    "PortPublishedTwice",
    Warning,
    Warning,
    "a container port that two files publish: merging adds the overlay's port to the base file's",
    "Write `ports: !override` in the overlay to replace the list, or name the port by a variable in the base file."))
{
    /// <inheritdoc/>
    protected override IEnumerable<Spot> Find(RuleContext context, ServiceDefinition service)
    {
        foreach (IGrouping<(long?, string), PublishedPort> group in PublishedPort.Of(service).GroupBy(port => (port.Definition.Target, port.Definition.Protocol ?? "tcp")))
        {
            PublishedPort first = group.First();
            foreach (PublishedPort later in group.Where(port => port.Definition.Origin.File != first.Definition.Origin.File))
            {
                yield return context.At(
                    service,
                    later.Path,
                    later.Definition.Node,
                    $"Container port {later.Definition.Target} is published twice: as {first.Words} by {Path.GetFileName(first.Definition.Origin.File)}:{first.Definition.Origin.Line} and as {later.Words} here.",
                    $"To replace the list write 'ports: !override' in {Path.GetFileName(later.Definition.Origin.File)}.");
            }
        }
    }
}
