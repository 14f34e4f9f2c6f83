using ComposeLab.Database.Routes;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Planning;

namespace ComposeLab.Database;

/// <summary>Chooses the way to a port of a container: through a published port where this machine can reach it, else through a container.</summary>
/// <param name="engine">The engine.</param>
internal sealed class DatabaseRoutes(IEngine engine)
{
    private static readonly TimeSpan DirectLimit = TimeSpan.FromMilliseconds(300);

    /// <summary>Finds the address at which this machine reaches a published port.</summary>
    /// <param name="container">The container as listed.</param>
    /// <param name="port">The container's port; null for the lowest that is published.</param>
    /// <returns>Address, published port and the container's port; null when none can be reached.</returns>
    public (string Host, int Port, int Target)? Published(ContainerSummary container, int? port = null)
    {
        Uri address = engine.Info.Endpoint.Address;
        bool isFar = address.Scheme is "tcp" or "http" && !address.IsLoopback;
        foreach (PortMapping published in container.Ports
            .Where(entry => entry is { HostPort: not null, Protocol: "tcp" } && (port is null || entry.ContainerPort == port))
            .OrderBy(entry => entry.ContainerPort))
        {
            bool isAny = published.HostIp is null or "" or "0.0.0.0" or "::";
            if (!isFar || isAny)
            {
                return (isFar ? address.Host : isAny ? "127.0.0.1" : published.HostIp!, published.HostPort!.Value, published.ContainerPort);
            }
        }

        return null;
    }

    /// <summary>The address of a container on a network, never loopback: there the official image asks for no password.</summary>
    /// <param name="container">The container.</param>
    /// <returns>The address; loopback where it has no other.</returns>
    public static string AddressOf(ObservedContainer container) =>
        container.Summary.Networks.Values.Select(network => network.IpAddress).FirstOrDefault(address => address.Length > 0) ?? "127.0.0.1";

    /// <summary>
    /// Finds out whether this machine reaches a container by its address, as it does where engine and containers run on it. That is as fast as a published port.
    /// </summary>
    /// <param name="container">The container.</param>
    /// <param name="port">The port there.</param>
    /// <param name="token">Ends the attempt.</param>
    /// <returns>The way; null where the address does not lead there.</returns>
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

    /// <summary>Opens a way through a container.</summary>
    /// <param name="container">The container that connects; it must run.</param>
    /// <param name="host">Where to, seen from there.</param>
    /// <param name="port">The port there.</param>
    /// <param name="connectSeconds">The longest that connecting may take, in whole seconds; 0: as long as the system tries.</param>
    /// <returns>The way; the caller disposes it.</returns>
    public ContainerTunnel Through(string container, string host, int port, int connectSeconds = 0) => ContainerTunnel.Open(engine, container, host, port, connectSeconds);
}
