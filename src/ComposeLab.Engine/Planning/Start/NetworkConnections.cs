using ComposeLab.Compose.Model;
using ComposeLab.Engine.Docker;

namespace ComposeLab.Engine.Planning;

/// <summary>Adds the steps that connect kept containers to the networks of their service again. The engine can do it without recreating them, so their data is kept.</summary>
/// <param name="scope">The shared state of the planning.</param>
internal sealed class NetworkConnections(StartScope scope)
{
    private readonly EndpointSpecs _endpoints = new(scope.Project);

    /// <summary>Finds out why a container must be connected to a network of its service.</summary>
    /// <param name="container">The container.</param>
    /// <param name="network">The network's name on the engine.</param>
    /// <param name="replaced">The names of the networks that the plan recreates.</param>
    /// <returns>The reason; null if it is connected.</returns>
    public ConnectionCause? CauseOf(ObservedContainer container, string network, IReadOnlySet<string> replaced)
    {
        bool isUp = container.Summary.State is ContainerState.Running or ContainerState.Paused;
        bool hasEnded = container.Summary.State == ContainerState.Exited;
        if (replaced.Contains(network))
        {
            return new ConnectionCause($"network {network} is recreated", CanConnect: isUp || hasEnded);
        }

        if (!container.Summary.Networks.TryGetValue(network, out ContainerNetwork? place))
        {
            return new ConnectionCause($"it is not in network {network}", CanConnect: isUp || hasEnded);
        }

        // A container that never ran has only the names of its networks. A running one cannot leave a network that no longer exists.
        return place.NetworkId.Length > 0 && scope.Observed.Network(network)?.Id != place.NetworkId
            ? new ConnectionCause($"network {network} was replaced", CanConnect: hasEnded)
            : null;
    }

    /// <summary>Adds the missing steps that connect a kept container to the networks of its service.</summary>
    /// <param name="service">Its service.</param>
    /// <param name="container">The container.</param>
    /// <param name="made">The steps that create networks, by the network's key.</param>
    /// <param name="replaced">The names of the networks that the plan recreates.</param>
    /// <param name="before">The steps before.</param>
    /// <returns>The steps after which it is connected to all of them.</returns>
    public IReadOnlyList<string> Complete(
        ServiceDefinition service, ObservedContainer container, IReadOnlyDictionary<string, string> made, IReadOnlySet<string> replaced, IReadOnlyList<string> before)
    {
        List<string> connected = [];
        foreach (string key in service.NetworkMode is null ? service.Networks.Keys.Order(StringComparer.Ordinal) : Enumerable.Empty<string>())
        {
            string network = ServiceNames.Network(scope.Project, key);
            if (scope.Draft.Has(StepOf(container, network)))
            {
                connected.Add(StepOf(container, network));
            }
            else if (CauseOf(container, network, replaced) is { } cause)
            {
                List<string> first = [.. before, .. made.TryGetValue(key, out string? created) ? [created] : Array.Empty<string>()];
                if (container.Summary.Networks.ContainsKey(network))
                {
                    first = [Disconnect(container, network, network, cause.Text, first)];
                }

                connected.Add(Connect(service, container, network, cause.Text, replaces: false, first));
            }
        }

        return connected;
    }

    /// <summary>Adds the step that disconnects a container.</summary>
    /// <param name="container">The container.</param>
    /// <param name="network">The network's name.</param>
    /// <param name="id">The network's id, or its name if it no longer exists.</param>
    /// <param name="cause">Why.</param>
    /// <param name="before">The steps before.</param>
    /// <returns>The step's id.</returns>
    public string Disconnect(ObservedContainer container, string network, string id, string cause, IEnumerable<string> before) => scope.Draft.Add(
        new DisconnectNetworkOperation(id, container.Id)
        {
            Id = $"disconnect {container.Id} {network}",
            Resource = ResourceId.Container(container.Name),
            Service = container.Service,
            Cause = cause,
            IsDetail = true,
        },
        before);

    /// <summary>Adds the step that connects a container, with the names and addresses of its service.</summary>
    /// <param name="service">Its service.</param>
    /// <param name="container">The container.</param>
    /// <param name="network">The network's name.</param>
    /// <param name="cause">Why.</param>
    /// <param name="replaces">Whether it was connected to a network of that name before.</param>
    /// <param name="before">The steps before.</param>
    /// <returns>The step's id.</returns>
    public string Connect(ServiceDefinition service, ObservedContainer container, string network, string cause, bool replaces, IEnumerable<string> before) => scope.Draft.Add(
        new ConnectNetworkOperation(network, container.Id, EndpointOf(service, container, network))
        {
            Id = StepOf(container, network),
            Resource = ResourceId.Container(container.Name),
            Service = service.Name,
            Cause = cause,
            Replaces = replaces,
        },
        before);

    /// <summary>Whether a service has a fixed address in a network. Such a container is connected first, or another one could get its address.</summary>
    /// <param name="service">The service.</param>
    /// <param name="network">The network's name.</param>
    /// <returns>True if it has one.</returns>
    public bool HasFixedAddress(ServiceDefinition service, string network) => service.Networks.Values.Any(place =>
        ServiceNames.Network(scope.Project, place.Name) == network && (place.Ipv4Address ?? place.Ipv6Address) is { Length: > 0 });

    // A container can also be connected to a network that its service does not have: with docker network connect.
    private EndpointSpec EndpointOf(ServiceDefinition service, ObservedContainer container, string network)
    {
        IReadOnlyList<string> links = _endpoints.Links(service, name => scope.Observed.Of(name).Where(linked => !linked.IsLeftover).Select(linked => linked.Name));
        return _endpoints.Make(service, Math.Max(1, container.Number), links).GetValueOrDefault(network) ?? new EndpointSpec();
    }

    private static string StepOf(ObservedContainer container, string network) => $"connect {container.Id} {network}";
}

/// <summary>The reason why a container must be connected to a network.</summary>
/// <param name="Text">The reason.</param>
/// <param name="CanConnect">Whether the engine can connect it in its state; otherwise it is recreated.</param>
internal sealed record ConnectionCause(string Text, bool CanConnect);
