using ComposeLab.Compose.Model;
using static ComposeLab.Compose.Rules.FindingSeverity;

namespace ComposeLab.Compose.Rules.Ports;

/// <summary>Lists of ports are added up when files merge: an overlay that is intended to change a port adds a second one.</summary>
internal sealed class PortPublishedTwiceRule() : ServiceRule(new RuleInfo(
    "PortPublishedTwice",
    Warning,
    Warning,
    "a container port that two files publish: merging adds the overlay's port to the base file's",
    "Write `ports: !override` in the overlay to replace the list, or use a variable for the port in the base file."))
{
    /// <inheritdoc/>
    protected override IEnumerable<RuleMatch> Find(RuleContext context, ServiceDefinition service)
    {
        foreach (IGrouping<(long?, int, string), PublishedPort> group in PublishedPort.Of(service).GroupBy(port => (port.Definition.Target, port.Targets, port.Definition.Protocol ?? "tcp")))
        {
            PublishedPort first = group.First();
            foreach (PublishedPort later in group.Where(port => port.Definition.Origin.File != first.Definition.Origin.File))
            {
                yield return context.At(
                    service,
                    later.Path,
                    later.Definition.Node,
                    $"Container port {later.TargetWords} is published twice: as {first.Words} by {Path.GetFileName(first.Definition.Origin.File)}:{first.Definition.Origin.Line} and as {later.Words} here.",
                    $"To replace the list, write 'ports: !override' in {Path.GetFileName(later.Definition.Origin.File)}.");
            }
        }
    }
}

/// <summary>A host port can be used by only one container.</summary>
internal sealed class PortTakenTwiceRule() : ConfigRule(new RuleInfo(
    "PortTakenTwice",
    Error,
    Error,
    "two services, or several containers of one, that publish the same host port",
    "Use a different port for each, a range for all containers, or no host port (`\"8000\"`: the engine chooses)."))
{
    /// <inheritdoc/>
    public override IEnumerable<RuleMatch> Find(RuleContext context)
    {
        var earlier = new TakenPorts();
        foreach (PublishedPort port in context.Project.Services.Values.Where(service => service.Replicas > 0).SelectMany(PublishedPort.Of))
        {
            if (earlier.Find(port) is { } first)
            {
                string owner = first.Service.Name == port.Service.Name ? "the same service" : first.Service.Name;
                yield return RuleMatch(context, port, $"Port {port.Words} is already published by {owner} ({first.Definition.Origin}): the second container cannot start.");
            }
            else if (port.Last - port.First + 1 < (long)port.Targets * port.Service.Replicas)
            {
                yield return RuleMatch(context, port, $"{port.Service.Replicas} containers publish {port.Words}, but only the first can start.");
            }

            earlier.Add(port);
        }
    }

    private static RuleMatch RuleMatch(RuleContext context, PublishedPort port, string message) => context.At(
        port.Service, port.Path, port.Definition.Node, message, $"Publish another port, or let the engine choose one: \"{port.TargetWords}\".");
}
