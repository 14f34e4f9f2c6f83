namespace ComposeLab.Engine.Images;

/// <summary>The parts of an image's name.</summary>
public static class ImageName
{
    /// <summary>The repository, without tag and digest.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The repository, as written.</returns>
    public static string Repository(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        string withoutDigest = name.Split('@')[0];

        // A colon before the last slash belongs to a registry's port.
        int colon = withoutDigest.LastIndexOf(':');
        return colon > withoutDigest.LastIndexOf('/') ? withoutDigest[..colon] : withoutDigest;
    }

    /// <summary>Whether the name contains a digest, so that it always means the same image.</summary>
    /// <param name="name">The name.</param>
    /// <returns>True if it does.</returns>
    public static bool IsPinned(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Contains('@', StringComparison.Ordinal);
    }
}
