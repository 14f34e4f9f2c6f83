using ComposeLab.Engine.Docker;

namespace ComposeLab.Engine.Planning;

/// <summary>Gives a container a further network.</summary>
/// <param name="Network">The network's name.</param>
/// <param name="Container">The container's id or name.</param>
/// <param name="Endpoint">How it takes its place.</param>
public sealed record ConnectNetworkOperation(string Network, string Container, EndpointSpec Endpoint) : Operation
{
    /// <inheritdoc/>
    public override OperationKind Kind => OperationKind.ConnectNetwork;
}
