namespace ComposeLab.Engine.Planning;

/// <summary>Creates a directory of the host that a container mounts, as the user who asks; the engine would make it as root.</summary>
/// <param name="Path">Its absolute path.</param>
public sealed record CreateDirectoryOperation(string Path) : Operation
{
    /// <inheritdoc/>
    public override OperationKind Kind => OperationKind.CreateDirectory;
}
