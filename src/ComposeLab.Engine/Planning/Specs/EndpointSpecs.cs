using ComposeLab.Compose.Model;
using ComposeLab.Engine.Docker;

namespace ComposeLab.Engine.Planning;

/// <summary>Creates the network endpoints of a container.</summary>
/// <param name="project">The project.</param>
internal sealed class EndpointSpecs(ComposeProject project)
{
    private const string InterfaceOption = "com.docker.network.endpoint.ifname";

    /// <summary>Creates the endpoints of a container.</summary>
    /// <param name="service">The service.</param>
    /// <param name="number">The container's number.</param>
    /// <param name="links">The old-style links.</param>
    /// <returns>The endpoints by the network's name on the engine; none if the service has a network mode.</returns>
    public Dictionary<string, EndpointSpec> Make(ServiceDefinition service, int number, IReadOnlyList<string> links)
    {
        var places = new Dictionary<string, EndpointSpec>(StringComparer.Ordinal);
        foreach (ServiceNetworkDefinition network in service.NetworkMode is null ? service.Networks.Values : [])
        {
            string name = ServiceNames.Network(project, network.Name);
            places[name] = new EndpointSpec
            {
                Aliases = [.. new[] { ServiceNames.Container(project, service, number), service.Name }.Concat(network.Aliases).Distinct(StringComparer.Ordinal)],
                Links = links,
                IPv4Address = network.Ipv4Address,
                IPv6Address = network.Ipv6Address,
                LinkLocalAddresses = network.LinkLocalIps,
                MacAddress = network.MacAddress ?? (name == Primary(service) ? service.MacAddress : null),
                DriverOptions = DriverOptions(network),
                GatewayPriority = (int)(network.GatewayPriority ?? 0),
            };
        }

        return places;
    }

    /// <summary>The network a service's container is created in: the one of highest priority, then by name.</summary>
    /// <param name="service">The service.</param>
    /// <returns>The network's name on the engine; empty if the service has a network mode.</returns>
    public string Primary(ServiceDefinition service) => service.NetworkMode is not null
        ? ""
        : service.Networks.Values
            .OrderByDescending(network => network.Priority ?? 0)
            .ThenBy(network => network.Name, StringComparer.Ordinal)
            .Select(network => ServiceNames.Network(project, network.Name))
            .FirstOrDefault() ?? "";

    /// <summary>The old-style links of a service: other containers with additional names.</summary>
    /// <param name="service">The service.</param>
    /// <param name="namesOf">Returns the names of the containers of a service.</param>
    /// <returns><c>container:alias</c> each.</returns>
    public IReadOnlyList<string> Links(ServiceDefinition service, Func<string, IEnumerable<string>> namesOf)
    {
        List<string> links = [];
        foreach (string[] link in service.Links.Select(entry => entry.Split(':', 2)))
        {
            links.AddRange(namesOf(link[0]).SelectMany(container => new[]
            {
                $"{container}:{link[^1]}",
                $"{container}:{container}",
                container.StartsWith(project.Name + "-", StringComparison.Ordinal) ? $"{container}:{container[(project.Name.Length + 1)..]}" : "",
            }).Where(entry => entry.Length > 0));
        }

        links.AddRange(service.ExternalLinks.Select(entry => entry.Split(':', 2)).Select(link => $"{link[0]}:{link[^1]}"));
        return [.. links.Distinct(StringComparer.Ordinal)];
    }

    private static IReadOnlyDictionary<string, string> DriverOptions(ServiceNetworkDefinition network) =>
        network.InterfaceName is not { Length: > 0 } name || network.DriverOpts.ContainsKey(InterfaceOption)
            ? network.DriverOpts
            : new Dictionary<string, string>(network.DriverOpts, StringComparer.Ordinal) { [InterfaceOption] = name };
}
