namespace ComposeLab.Engine.Planning;

/// <summary>Starts a container, or lets a paused one go on.</summary>
/// <param name="Container">The container's id or name.</param>
/// <param name="Paused">Whether it is only paused.</param>
public sealed record StartContainerOperation(string Container, bool Paused) : Operation
{
    /// <inheritdoc/>
    public override OperationKind Kind => Paused ? OperationKind.UnpauseContainer : OperationKind.StartContainer;
}
