namespace ComposeLab.Engine.Docker;

/// <summary>The engine's calls about networks.</summary>
public interface INetworkCalls
{
    /// <summary>Lists networks.</summary>
    /// <param name="labels">Labels all of which a network must have; empty lists every network.</param>
    /// <param name="token">Cancels the call.</param>
    /// <returns>The networks.</returns>
    Task<IReadOnlyList<NetworkSummary>> ListNetworksAsync(IReadOnlyList<string> labels, CancellationToken token);

    /// <summary>Creates a network.</summary>
    /// <param name="spec">What it is made of.</param>
    /// <param name="token">Cancels the call.</param>
    /// <returns>The new network's id.</returns>
    Task<string> CreateNetworkAsync(NetworkSpec spec, CancellationToken token);

    /// <summary>Removes a network that nothing uses.</summary>
    /// <param name="network">Id or name.</param>
    /// <param name="token">Cancels the call.</param>
    /// <returns>Completes when it is gone.</returns>
    Task RemoveNetworkAsync(string network, CancellationToken token);

    /// <summary>Gives a container a place in a network.</summary>
    /// <param name="network">Id or name of the network.</param>
    /// <param name="container">Id or name of the container.</param>
    /// <param name="endpoint">How it takes its place.</param>
    /// <param name="token">Cancels the call.</param>
    /// <returns>Completes when it is connected.</returns>
    Task ConnectNetworkAsync(string network, string container, EndpointSpec endpoint, CancellationToken token);

    /// <summary>Takes a container out of a network.</summary>
    /// <param name="network">Id or name of the network.</param>
    /// <param name="container">Id or name of the container.</param>
    /// <param name="token">Cancels the call.</param>
    /// <returns>Completes when it is disconnected.</returns>
    Task DisconnectNetworkAsync(string network, string container, CancellationToken token);
}
