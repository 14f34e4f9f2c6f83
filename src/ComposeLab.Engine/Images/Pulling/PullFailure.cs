namespace ComposeLab.Engine.Images.Pulling;

/// <summary>Puts a failed pull into words.</summary>
internal static class PullFailure
{
    /// <summary>Makes the error.</summary>
    /// <param name="image">The image.</param>
    /// <param name="platform">The platform asked for; null is the engine's own.</param>
    /// <param name="words">The engine's words.</param>
    /// <param name="inner">What was thrown, if anything.</param>
    /// <returns>The error.</returns>
    public static EngineException Of(string image, string? platform, string words, Exception? inner)
    {
        _ = platform;
        return new EngineException(
            EngineErrorId.ImagePullFailed, $"The image {image} was not pulled: {words}", $"Look at the name, then try: docker pull {image}", inner);
    }
}
