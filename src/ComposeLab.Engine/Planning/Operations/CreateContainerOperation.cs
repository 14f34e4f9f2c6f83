using ComposeLab.Engine.Docker;

namespace ComposeLab.Engine.Planning;

/// <summary>Creates a container.</summary>
/// <param name="Spec">Everything the container is made of. May hold secrets.</param>
public sealed record CreateContainerOperation(ContainerSpec Spec) : Operation
{
    /// <inheritdoc/>
    public override OperationKind Kind => OperationKind.CreateContainer;
}
