namespace ComposeLab.Engine.Copying;

/// <summary>The source of a copy.</summary>
/// <param name="Name">Its name, without the directory.</param>
/// <param name="IsDirectory">Whether it is a directory.</param>
/// <param name="ContentOnly">Whether only the content of the directory is meant: its path ends with <c>/.</c>.</param>
public sealed record CopySource(string Name, bool IsDirectory, bool ContentOnly);

/// <summary>What exists at the destination of a copy.</summary>
public enum CopyDestination
{
    /// <summary>Nothing.</summary>
    Nothing,

    /// <summary>A file.</summary>
    File,

    /// <summary>A directory.</summary>
    Directory,
}

/// <summary>Where the source of a copy is written, by the rules of docker cp.</summary>
/// <param name="Directory">The directory that it is written into.</param>
/// <param name="Name">Its name there; null if the content of the source directory is written into the directory.</param>
public sealed record CopyPlan(string Directory, string? Name)
{
    /// <summary>Decides where a source is written.</summary>
    /// <param name="source">The source.</param>
    /// <param name="path">The path of the destination, with forward slashes.</param>
    /// <param name="existing">What exists there.</param>
    /// <returns>The place.</returns>
    /// <exception cref="EngineException">PathInvalid: a directory would replace a file, or the directory for a file does not exist.</exception>
    public static CopyPlan Of(CopySource source, string path, CopyDestination existing)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (existing == CopyDestination.Directory)
        {
            return new CopyPlan(path, source is { IsDirectory: true, ContentOnly: true } ? null : source.Name);
        }

        if (existing == CopyDestination.File && source.IsDirectory)
        {
            throw Invalid($"Cannot copy the directory '{source.Name}' over the file '{path}'.", "Specify a directory as the destination");
        }

        if (path.EndsWith('/') && !source.IsDirectory)
        {
            throw Invalid($"Expected '{path}' to be an existing directory, because it ends with '/'.", "Create it first, or specify the path of the file");
        }

        string clean = path.TrimEnd('/');
        int slash = clean.LastIndexOf('/');
        return new CopyPlan(slash < 0 ? "." : slash == 0 || clean[..slash] is [_, ':'] ? clean[..(slash + 1)] : clean[..slash], clean[(slash + 1)..]);
    }

    private static EngineException Invalid(string message, string recommendation) => new(EngineErrorId.PathInvalid, message, recommendation);
}
