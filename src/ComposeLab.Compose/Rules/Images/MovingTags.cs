namespace ComposeLab.Compose.Rules.Images;

/// <summary>Knows the tags that promise to move.</summary>
internal static class MovingTags
{
    private static readonly string[] Words = ["latest", "nightly", "edge", "main", "master", "develop", "unstable"];

    /// <summary>Says why an image's name is no promise.</summary>
    /// <param name="image">The image.</param>
    /// <returns>A clause such as <c>has no tag</c>; null when it names a version.</returns>
    public static string? Fault(ImageName image)
    {
        if (image.Digest is not null)
        {
            return null;
        }

        return image.Tag is not { } tag ? "has no tag, which means latest"
            : Words.Any(word => tag == word || tag.StartsWith(word + "-", StringComparison.Ordinal)) ? "is a tag that moves"
            : null;
    }
}
