using ComposeLab.Database.Routes;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Planning;

namespace ComposeLab.Database;

/// <summary>Selects the route to a port of a container: through a published port if this machine can reach it, otherwise through a container.</summary>
/// <param name="engine">The engine.</param>
internal sealed class DatabaseRoutes(IEngine engine)
{
    private static readonly TimeSpan DirectLimit = TimeSpan.FromMilliseconds(300);

    /// <summary>Finds the address where this machine reaches a published port.</summary>
    /// <param name="container">The container as listed.</param>
    /// <param name="port">The container's port; null for the lowest published one.</param>
    /// <returns>Address, published port and the container's port; null if none can be reached.</returns>
    public (string Host, int Port, int Target)? Published(ContainerSummary container, int? port = null) => Published(engine.Info.Endpoint, container, port);

    /// <summary>
    /// Finds the address where this machine reaches a published port of an engine. An engine behind ssh is not reached around it, because its name can be one that only
    /// ssh knows. Behind a port of this machine can be any engine, while its published ports would be those of this machine: another server could get the password.
    /// </summary>
    /// <param name="endpoint">The engine.</param>
    /// <param name="container">The container as listed.</param>
    /// <param name="port">The container's port; null for the lowest published one.</param>
    /// <returns>Address, published port and the container's port; null if none can be reached.</returns>
    internal static (string Host, int Port, int Target)? Published(EngineEndpoint endpoint, ContainerSummary container, int? port)
    {
        bool isFar = endpoint.IsRemote;
        if (endpoint.Address.Scheme == "ssh" || (!isFar && !endpoint.IsLocal))
        {
            return null;
        }

        foreach (PortMapping published in container.Ports
            .Where(entry => entry is { HostPort: not null, Protocol: "tcp" } && (port is null || entry.ContainerPort == port))
            .OrderBy(entry => entry.ContainerPort))
        {
            bool isAny = published.HostIp is null or "" or "0.0.0.0" or "::";
            if (!isFar || isAny)
            {
                return (isFar ? endpoint.Address.DnsSafeHost : isAny ? "127.0.0.1" : published.HostIp!, published.HostPort!.Value, published.ContainerPort);
            }
        }

        return null;
    }

    /// <summary>The address of a container on a network, never loopback: on loopback the official image does not require a password.</summary>
    /// <param name="container">The container.</param>
    /// <returns>The address; loopback if it has no other one.</returns>
    public static string AddressOf(ObservedContainer container) =>
        container.Summary.Networks.Values.Select(network => network.IpAddress).FirstOrDefault(address => address.Length > 0) ?? "127.0.0.1";

    /// <summary>
    /// Finds out whether this machine reaches a container by its address, as it does if engine and containers run on it. This is as fast as a published port.
    /// </summary>
    /// <param name="container">The container.</param>
    /// <param name="port">The port there.</param>
    /// <param name="token">Cancels the attempt.</param>
    /// <returns>The route; null if the address does not lead there.</returns>
    public async Task<IDatabaseRoute?> DirectAsync(ObservedContainer container, int port, CancellationToken token)
    {
        string address = AddressOf(container);
        if (!OperatingSystem.IsLinux() || engine.Info.Endpoint.Address.Scheme != "unix" || address == "127.0.0.1")
        {
            return null;
        }

        using var clock = CancellationTokenSource.CreateLinkedTokenSource(token);
        clock.CancelAfter(DirectLimit);
        var route = new PublishedRoute(address, port, $"{container.Name} at {address}:{port}");
        try
        {
            await using Stream stream = await route.ConnectAsync(clock.Token).ConfigureAwait(false);
            return route;
        }
        catch (Exception unreachable) when (!token.IsCancellationRequested && unreachable is System.Net.Sockets.SocketException or OperationCanceledException)
        {
            return null;
        }
    }

    /// <summary>Opens a route through a container.</summary>
    /// <param name="container">The container that connects; it must be running.</param>
    /// <param name="host">The target, as seen from the container.</param>
    /// <param name="port">The port there.</param>
    /// <param name="connectSeconds">The time limit for connecting, in whole seconds; 0 for the system's default.</param>
    /// <returns>The route; the caller disposes it.</returns>
    public ContainerTunnel Through(string container, string host, int port, int connectSeconds = 0) => ContainerTunnel.Open(engine, container, host, port, connectSeconds);
}
