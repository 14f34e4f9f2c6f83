using System.Globalization;
using ComposeLab.Compose.Model;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Rules.Ports;

/// <summary>Ports of this machine that a service takes: one, or a range that was written as one.</summary>
/// <param name="Service">The service.</param>
/// <param name="Index">The place of the first in the service's list.</param>
/// <param name="Definitions">What the files say, one for each port of the container, in their order.</param>
internal sealed record PublishedPort(ServiceDefinition Service, int Index, IReadOnlyList<PortDefinition> Definitions)
{
    /// <summary>The first definition, which stands for all: address, protocol and place are the same.</summary>
    public PortDefinition Definition => Definitions[0];

    /// <summary>How many ports of the container it is.</summary>
    public int Targets => Definitions.Count;

    /// <summary>The first port; null when the engine chooses.</summary>
    public int? First { get; } = HostPorts(Definitions[0])?.First;

    /// <summary>The last port; null when the engine chooses.</summary>
    public int? Last { get; } = HostPorts(Definitions[^1])?.Last;

    /// <summary>Whether other machines reach it.</summary>
    public bool IsOpen => !IsLoopback(Definition.HostIp);

    /// <summary>The place in the service.</summary>
    public string Path => $"ports[{Index}]";

    /// <summary>The ports of the container, for people: <c>80</c> or <c>8000-8010</c>.</summary>
    public string TargetWords => Targets == 1 ? $"{Definition.Target}" : $"{Definition.Target}-{Definitions[^1].Target}";

    /// <summary>The ports of this machine without their address: <c>5432</c> or <c>8080-8081</c>; empty when the engine chooses.</summary>
    public string HostWords => Targets == 1 || First is null ? Definition.Published ?? "" : string.Create(CultureInfo.InvariantCulture, $"{First}-{Last}");

    /// <summary>What is published, for people: <c>127.0.0.1:5432</c>, <c>8080-8081</c> or <c>a free port</c>.</summary>
    public string Words => (Definition.HostIp, HostWords) switch
    {
        (_, "") => "a free port",
        (null or "", var published) => published,
        ({ } address, var published) => $"{address}:{published}",
    };

    /// <summary>All published ports of a service. A range that was written as one stays one, although the model lists its ports one by one.</summary>
    /// <param name="service">The service.</param>
    public static IEnumerable<PublishedPort> Of(ServiceDefinition service) => service.Ports
        .Select((definition, index) => (Definition: definition, Index: index))
        .GroupBy(port => RangeOf(port.Definition, port.Index))
        .SelectMany(group => Runs(service, [.. group.OrderBy(port => port.Definition.Target)]))
        .OrderBy(port => port.Index);

    /// <summary>Whether an address stands for every address of this machine.</summary>
    /// <param name="address">The address; null or empty where none is written.</param>
    public static bool IsEverywhere(string? address) => string.IsNullOrEmpty(address) || address is "0.0.0.0" or "::" or "[::]";

    // Ports that were written as one range share their place, and the distance of the two sides.
    private static (Origin Origin, string? Address, string? Protocol, long? Distance, int Alone) RangeOf(PortDefinition port, int index) =>
        port.Origin.IsInFile && HostPorts(port) is var (first, last) && first == last
            ? (port.Origin, port.HostIp, port.Protocol, port.Target - first, -1)
            : (port.Origin, null, null, null, index);

    private static IEnumerable<PublishedPort> Runs(ServiceDefinition service, IReadOnlyList<(PortDefinition Definition, int Index)> ports)
    {
        int from = 0;
        for (int end = 1; end <= ports.Count; end++)
        {
            if (end == ports.Count || ports[end].Definition.Target != ports[end - 1].Definition.Target + 1)
            {
                var run = ports.Skip(from).Take(end - from).ToArray();
                yield return new PublishedPort(service, run.Min(port => port.Index), [.. run.Select(port => port.Definition)]);
                from = end;
            }
        }
    }

    private static (int First, int Last)? HostPorts(PortDefinition port)
    {
        string[] ends = (port.Published ?? "").Split('-');
        return int.TryParse(ends[0], CultureInfo.InvariantCulture, out int first) && int.TryParse(ends[^1], CultureInfo.InvariantCulture, out int last) ? (first, last) : null;
    }

    private static bool IsLoopback(string? address) =>
        address is not null && (address.StartsWith("127.", StringComparison.Ordinal) || address.Trim('[', ']') == "::1");
}
