namespace ComposeLab.Engine.Images.Credentials;

/// <summary>Finds the registry of an image's name.</summary>
internal static class ImageRegistry
{
    /// <summary>The key of Docker Hub's credential in docker's configuration.</summary>
    public const string Default = "https://index.docker.io/v1/";

    /// <summary>Finds the registry.</summary>
    /// <param name="image">The image's name.</param>
    /// <returns>Host and port, or <see cref="Default"/>.</returns>
    public static string Of(string image)
    {
        int slash = image.IndexOf('/', StringComparison.Ordinal);
        string first = slash < 0 ? "" : image[..slash];
        bool isHost = first == "localhost" || first.AsSpan().IndexOfAny('.', ':') >= 0 || first.Any(char.IsUpper);
        return isHost && first is not ("docker.io" or "index.docker.io" or "registry-1.docker.io") ? first : Default;
    }

    /// <summary>Converts a registry's name in a configuration file to the form of <see cref="Of"/>.</summary>
    /// <param name="key">The name; it can be a URL.</param>
    /// <returns>Only host and port.</returns>
    public static string Host(string key)
    {
        int scheme = key.IndexOf("://", StringComparison.Ordinal);
        string rest = scheme < 0 ? key : key[(scheme + 3)..];
        return rest.Split('/', 2)[0];
    }
}
