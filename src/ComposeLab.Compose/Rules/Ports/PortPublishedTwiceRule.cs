using System.Globalization;
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
        var earlier = new List<PublishedPort>();
        foreach (PublishedPort port in context.Project.Services.Values.Where(service => service.Replicas > 0).SelectMany(PublishedPort.Of))
        {
            if (earlier.Find(port.Collides) is { } first)
            {
                string owner = first.Service.Name == port.Service.Name ? "the same service" : first.Service.Name;
                yield return RuleMatch(context, port, $"Port {port.Words} is already published by {owner} ({first.Definition.Origin}): the second container cannot start.");
            }
            else if (port.Last - port.First + 1 < port.Service.Replicas)
            {
                yield return RuleMatch(context, port, $"{port.Service.Replicas} containers publish {port.Words}, but only the first can start.");
            }

            earlier.Add(port);
        }
    }

    private static RuleMatch RuleMatch(RuleContext context, PublishedPort port, string message) => context.At(
        port.Service, port.Path, port.Definition.Node, message, $"Publish another port, or let the engine choose one: \"{port.Definition.Target}\".");
}

/// <summary>A host port of a service.</summary>
/// <param name="Service">The service.</param>
/// <param name="Index">Its position in the service's list.</param>
/// <param name="Definition">The definition in the files.</param>
internal sealed record PublishedPort(ServiceDefinition Service, int Index, PortDefinition Definition)
{
    /// <summary>The first port; null if the engine chooses.</summary>
    public int? First => Range().First;

    /// <summary>The last port; null if the engine chooses.</summary>
    public int? Last => Range().Last;

    /// <summary>Whether other machines can reach it.</summary>
    public bool IsOpen => !IsLoopback(Definition.HostIp);

    /// <summary>The place in the service.</summary>
    public string Path => $"ports[{Index}]";

    /// <summary>The published address as text: <c>127.0.0.1:5432</c>, <c>8080-8081</c> or <c>a free port</c>.</summary>
    public string Words => (Definition.HostIp, Definition.Published) switch
    {
        (_, null or "") => "a free port",
        (null or "", { } published) => published,
        ({ } address, { } published) => $"{address}:{published}",
    };

    /// <summary>All published ports of a service.</summary>
    /// <param name="service">The service.</param>
    public static IEnumerable<PublishedPort> Of(ServiceDefinition service) => service.Ports.Select((port, index) => new PublishedPort(service, index, port));

    /// <summary>Whether two of them use the same host port.</summary>
    /// <param name="other">The other one.</param>
    public bool Collides(PublishedPort other) =>
        First <= other.Last && other.First <= Last
        && (Definition.Protocol ?? "tcp") == (other.Definition.Protocol ?? "tcp")
        && (IsEverywhere(Definition.HostIp) || IsEverywhere(other.Definition.HostIp) || Definition.HostIp == other.Definition.HostIp);

    private (int? First, int? Last) Range()
    {
        string[] ends = (Definition.Published ?? "").Split('-');
        return int.TryParse(ends[0], CultureInfo.InvariantCulture, out int first) && int.TryParse(ends[^1], CultureInfo.InvariantCulture, out int last)
            ? (first, last)
            : (null, null);
    }

    private static bool IsEverywhere(string? address) => string.IsNullOrEmpty(address) || address is "0.0.0.0" or "::" or "[::]";

    private static bool IsLoopback(string? address) =>
        address is not null && (address.StartsWith("127.", StringComparison.Ordinal) || address.Trim('[', ']') == "::1");
}
