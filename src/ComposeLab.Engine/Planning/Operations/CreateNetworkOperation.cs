using ComposeLab.Engine.Docker;

namespace ComposeLab.Engine.Planning;

/// <summary>Creates a network.</summary>
/// <param name="Spec">What the network is made of.</param>
public sealed record CreateNetworkOperation(NetworkSpec Spec) : Operation
{
    /// <inheritdoc/>
    public override OperationKind Kind => OperationKind.CreateNetwork;
}
