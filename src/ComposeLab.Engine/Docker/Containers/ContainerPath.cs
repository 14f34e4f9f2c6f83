namespace ComposeLab.Engine.Docker;

/// <summary>A file, directory or link in a container.</summary>
/// <param name="Name">Its name, without the directory.</param>
/// <param name="Size">Its size, in bytes.</param>
/// <param name="IsDirectory">Whether it is a directory.</param>
/// <param name="LinkTarget">For a symbolic link: its target; otherwise null.</param>
public sealed record ContainerPath(string Name, long Size, bool IsDirectory, string? LinkTarget);

/// <summary>A file or directory tree that is read from a container.</summary>
/// <param name="Path">What it is.</param>
/// <param name="Tar">A tar archive; its first component is the name of the path. The caller disposes it.</param>
public sealed record ContainerArchive(ContainerPath Path, Stream Tar);

/// <summary>How an archive is unpacked into a container.</summary>
public sealed record ArchiveOptions
{
    /// <summary>Whether files keep the numbers of their owners.</summary>
    public bool KeepOwners { get; init; }

    /// <summary>Whether a file can replace a directory, and the reverse.</summary>
    public bool ReplaceDirectories { get; init; } = true;

    /// <summary>Whether it may take longer than the usual limit of a copy.</summary>
    public bool IsLarge { get; init; }
}
