namespace ComposeLab.Engine.Planning;

/// <summary>Removes a container.</summary>
/// <param name="Container">The container's id or name.</param>
/// <param name="AnonymousVolumes">Whether volumes made for it without a name go too.</param>
public sealed record RemoveContainerOperation(string Container, bool AnonymousVolumes) : Operation
{
    /// <inheritdoc/>
    public override OperationKind Kind => OperationKind.RemoveContainer;
}
