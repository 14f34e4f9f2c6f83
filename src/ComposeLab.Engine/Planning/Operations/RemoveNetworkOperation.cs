namespace ComposeLab.Engine.Planning;

/// <summary>Removes a network.</summary>
/// <param name="NetworkId">The network's id.</param>
public sealed record RemoveNetworkOperation(string NetworkId) : Operation
{
    /// <inheritdoc/>
    public override OperationKind Kind => OperationKind.RemoveNetwork;
}
