namespace ComposeLab.Engine.Planning;

/// <summary>Puts secrets or configs into a container that was not started yet.</summary>
/// <param name="Container">The container's id or name.</param>
/// <param name="Files">The files. They may hold secrets.</param>
public sealed record CopyFilesOperation(string Container, IReadOnlyList<ContainerFile> Files) : Operation
{
    /// <inheritdoc/>
    public override OperationKind Kind => OperationKind.CopyFiles;
}
