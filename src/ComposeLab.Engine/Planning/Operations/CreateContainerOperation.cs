using ComposeLab.Engine.Docker;

namespace ComposeLab.Engine.Planning;

/// <summary>Creates a container.</summary>
/// <param name="Spec">Everything the container is made of; the names of other containers of the plan stand where their ids will. May hold secrets.</param>
public sealed record CreateContainerOperation(ContainerSpec Spec) : Operation
{
    /// <inheritdoc/>
    public override OperationKind Kind => OperationKind.CreateContainer;

    /// <summary>Makes the spec with the ids of containers that the plan made before; null where it holds none.</summary>
    internal Func<IReadOnlyDictionary<string, string>, ContainerSpec>? Complete { get; init; }
}
