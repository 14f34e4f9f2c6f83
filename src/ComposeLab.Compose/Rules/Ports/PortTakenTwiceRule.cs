using static ComposeLab.Compose.Rules.FindingSeverity;

namespace ComposeLab.Compose.Rules.Ports;

/// <summary>A port of this machine can be given to one container.</summary>
internal sealed class PortTakenTwiceRule() : ConfigRule(new RuleInfo(
    "PortTakenTwice",
    Error,
    Error,
    "two services, or several containers of one, that publish the same port of this machine",
    "Give each its own port, a range as wide as the number of containers, or none (`\"8000\"`: the engine chooses)."))
{
    /// <inheritdoc/>
    public override IEnumerable<Spot> Find(RuleContext context)
    {
        var earlier = new List<PublishedPort>();
        foreach (PublishedPort port in context.Project.Services.Values.Where(service => service.Replicas > 0).SelectMany(PublishedPort.Of))
        {
            if (earlier.Find(port.Collides) is { } first)
            {
                string owner = first.Service.Name == port.Service.Name ? "the same service" : first.Service.Name;
                yield return Spot(context, port, $"Port {port.Words} is already published by {owner} ({first.Definition.Origin}): the second container cannot start.");
            }
            else if (port.Last - port.First + 1 < port.Service.Replicas)
            {
                yield return Spot(context, port, $"{port.Service.Replicas} containers are to publish {port.Words}: only the first can start.");
            }

            earlier.Add(port);
        }
    }

    private static Spot Spot(RuleContext context, PublishedPort port, string message) => context.At(
        port.Service, port.Path, port.Definition.Node, message, $"Publish another port, or let the engine choose one: \"{port.Definition.Target}\".");
}
