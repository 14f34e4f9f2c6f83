namespace ComposeLab.Engine.Planning;

/// <summary>Stops a container.</summary>
/// <param name="Container">The container's id or name.</param>
/// <param name="Limit">How long it may take; null is its own setting.</param>
public sealed record StopContainerOperation(string Container, TimeSpan? Limit) : Operation
{
    /// <inheritdoc/>
    public override OperationKind Kind => OperationKind.StopContainer;
}
