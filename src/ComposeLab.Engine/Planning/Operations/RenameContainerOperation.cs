namespace ComposeLab.Engine.Planning;

/// <summary>Gives a container its final name.</summary>
/// <param name="Container">The name it has.</param>
/// <param name="NewName">The name it gets.</param>
public sealed record RenameContainerOperation(string Container, string NewName) : Operation
{
    /// <inheritdoc/>
    public override OperationKind Kind => OperationKind.RenameContainer;
}
