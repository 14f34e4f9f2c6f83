namespace ComposeLab.Engine.Planning;

/// <summary>A file that is put into a container: a secret or config whose content no file of the host holds.</summary>
/// <param name="Path">The absolute path inside the container.</param>
/// <param name="Content">What it holds. Never printed.</param>
/// <param name="Mode">Its permission bits.</param>
/// <param name="UserId">Its owner.</param>
/// <param name="GroupId">Its group.</param>
public sealed record ContainerFile(string Path, ReadOnlyMemory<byte> Content, int Mode, int UserId, int GroupId)
{
    /// <summary>The file without its content.</summary>
    /// <returns>The path.</returns>
    public override string ToString() => Path;
}
