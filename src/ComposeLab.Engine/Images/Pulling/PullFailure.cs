using ComposeLab.Compose.Diagnostics;
using ComposeLab.Engine.Images.Credentials;

namespace ComposeLab.Engine.Images.Pulling;

/// <summary>Creates the error of a failed exchange with a registry: not found, denied, unreachable and missing platform have different fixes.</summary>
internal static class PullFailure
{
    /// <summary>Creates the error of a failed pull.</summary>
    /// <param name="image">The image.</param>
    /// <param name="platform">The requested platform; null for that of the engine.</param>
    /// <param name="words">The engine's message.</param>
    /// <param name="attempts">The number of attempts.</param>
    /// <param name="inner">The exception, if any.</param>
    /// <returns>The error.</returns>
    public static EngineException Of(string image, string? platform, string words, int attempts, Exception? inner) =>
        Of(EngineErrorId.ImagePullFailed, $"Could not pull image {image}", image, platform, words, attempts, inner);

    /// <summary>Creates the error of a failed push.</summary>
    /// <param name="image">The image.</param>
    /// <param name="words">The engine's message.</param>
    /// <param name="attempts">The number of attempts.</param>
    /// <param name="inner">The exception, if any.</param>
    /// <returns>The error.</returns>
    public static EngineException OfPush(string image, string words, int attempts, Exception? inner) =>
        Of(EngineErrorId.ImagePushFailed, $"Could not push image {image}", image, null, words, attempts, inner);

    /// <summary>Creates the error of a digest that a registry does not return.</summary>
    /// <param name="image">The image.</param>
    /// <param name="inner">The engine's error.</param>
    /// <returns>The error.</returns>
    public static EngineException OfDigest(string image, EngineException inner) =>
        Of(EngineErrorId.ImageDigestUnknown, $"Could not read the digest of image {image}", image, null, inner.Message, 1, inner);

    private static EngineException Of(EngineErrorId id, string failed, string image, string? platform, string words, int attempts, Exception? inner)
    {
        string registry = ImageRegistry.Of(image);
        string host = registry == ImageRegistry.Default ? "docker.io" : registry;
        string login = registry == ImageRegistry.Default ? "docker login" : $"docker login {CommandWord.Quote(host)}";
        string times = attempts > 1 ? $", tried {attempts} times" : "";
        (string reason, string recommendation) = PullMessages.Of(words) switch
        {
            PullFault.NotFound => ($"not found: {host} has no such image or tag", "Correct the image's name or tag in the compose file."),
            PullFault.Denied when id == EngineErrorId.ImagePushFailed => ($"denied: {host} requires a login with the right to push", $"{login}, or correct the image's name."),
            PullFault.Denied => ($"denied: {host} requires a login, or the image does not exist", $"{login}, or correct the image's name."),
            PullFault.NoSuchPlatform => ($"no such platform: {host} does not have it for {platform ?? "the engine's platform"}", "Set a supported platform with platform: in the Compose file."),
            PullFault.TooMany => ($"too many requests: {host} limits the number of requests{times}", $"Wait a while, or log in for a higher limit: {login}"),
            PullFault.Unreachable when words.Contains("HTTP response to HTTPS client", StringComparison.OrdinalIgnoreCase) =>
                ($"unreachable: {host} does not use TLS", $"Configure a certificate for the registry, or add {host} to insecure-registries in the engine's daemon.json."),
            PullFault.Unreachable => ($"unreachable: {host} does not answer{times}", "Check the network, the proxy and the registry name."
                + (id == EngineErrorId.ImagePullFailed ? " An image that already exists on the engine does not need to be pulled." : "")),
            _ => ("the engine gave up", "See the Docker engine log."),
        };
        return new EngineException(id, $"{failed}: {reason}. Docker: {Plain(words)}", recommendation, inner);
    }

    private static string Plain(string words) => words.Trim().TrimEnd('.') + ".";
}

/// <summary>The reason why a pull failed.</summary>
internal enum PullFault
{
    /// <summary>The registry has no such image or tag.</summary>
    NotFound,

    /// <summary>The registry requires a login, or denies access.</summary>
    Denied,

    /// <summary>The registry cannot be reached, or the transfer was interrupted.</summary>
    Unreachable,

    /// <summary>The image exists, but not for the platform.</summary>
    NoSuchPlatform,

    /// <summary>The registry limits the rate.</summary>
    TooMany,

    /// <summary>Any other reason.</summary>
    Other,
}
