namespace ComposeLab.Engine.Images;

/// <summary>The parts of an image's name.</summary>
public static class ImageName
{
    /// <summary>A name without a digest: an optional registry, a repository in lowercase, an optional tag. An engine creates an image before it rejects its name.</summary>
    public const string Pattern =
        @"^([A-Za-z0-9][A-Za-z0-9.-]*(:\d+)?/)?[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*(:[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?$";

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
