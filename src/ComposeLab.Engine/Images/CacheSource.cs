namespace ComposeLab.Engine.Images;

/// <summary>An entry of <c>cache_from</c> or <c>cache_to</c>: an image's name, or <c>type=registry,ref=NAME</c> or similar.</summary>
internal static class CacheSource
{
    /// <summary>The image with the cached layers.</summary>
    /// <param name="entry">The entry as written.</param>
    /// <returns>The image's name; null if the entry names no image.</returns>
    public static string? Image(string entry) => Fields(entry) is not { } fields
        ? entry
        : fields.GetValueOrDefault("type") == "registry" ? fields.GetValueOrDefault("ref") : null;

    /// <summary>Whether the entry requests writing the cache metadata into the image itself.</summary>
    /// <param name="entry">The entry as written.</param>
    /// <returns>True for <c>type=inline</c>.</returns>
    public static bool IsInline(string entry) => Fields(entry)?.GetValueOrDefault("type") == "inline";

    private static Dictionary<string, string>? Fields(string entry)
    {
        if (!entry.Contains('=', StringComparison.Ordinal))
        {
            return null;
        }

        var fields = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (string field in entry.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            string[] pair = field.Split('=', 2);
            fields[pair[0]] = pair.Length == 2 ? pair[1] : "";
        }

        return fields;
    }
}

/// <summary>A further context of a build that is an image: <c>service:NAME</c>, or <c>docker-image://NAME</c>.</summary>
internal static class ContextSource
{
    private const string ServicePrefix = "service:";
    private const string ImagePrefix = "docker-image://";

    /// <summary>The service whose image the context is.</summary>
    /// <param name="context">The context.</param>
    /// <returns>The service's name; null if it is something else.</returns>
    public static string? Service(string context) => context.StartsWith(ServicePrefix, StringComparison.Ordinal) ? context[ServicePrefix.Length..] : null;

    /// <summary>The image of the context.</summary>
    /// <param name="context">The context.</param>
    /// <returns>The image's name; null if it is something else.</returns>
    public static string? Image(string context) => context.StartsWith(ImagePrefix, StringComparison.Ordinal) ? context[ImagePrefix.Length..] : null;

    /// <summary>The context of an image.</summary>
    /// <param name="image">The image's name.</param>
    /// <returns>The context.</returns>
    public static string Of(string image) => ImagePrefix + image;

    /// <summary>Whether a context is a URL or a git repository, not a folder.</summary>
    /// <param name="context">The context.</param>
    /// <returns>True if the builder fetches it.</returns>
    public static bool IsRemote(string context) =>
        context.Contains("://", StringComparison.Ordinal) || context.StartsWith("git@", StringComparison.Ordinal) || context.StartsWith("github.com/", StringComparison.Ordinal);
}
