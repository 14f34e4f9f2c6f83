using ComposeLab.Compose.Model;
using static ComposeLab.Compose.Rules.FindingSeverity;

namespace ComposeLab.Compose.Rules.Images;

/// <summary>An image that is pulled names a version, or tomorrow's stack is another one than today's.</summary>
internal sealed class ImageNotPinnedRule() : ServiceRule(new RuleInfo(
    "ImageNotPinned",
    Warning,
    Warning,
    "an image without a tag, or with one that moves (`latest`, `nightly`, `edge`, `main`)",
    "Name a version: `nginx:1.27.3`; a digest (`@sha256:...`) pins it for good."))
{
    /// <inheritdoc/>
    protected override IEnumerable<RuleMatch> Find(RuleContext context, ServiceDefinition service)
    {
        if (service.Build is null && ImageName.Parse(service.Image) is { } image && MovingTags.Fault(image) is { } fault)
        {
            yield return context.At(
                service,
                "image",
                service.Node["image"]!,
                $"{service.Image} {fault}: what runs changes with the next pull.",
                $"Name the version you tested: {image.Repository}:<version>.");
        }
    }
}

/// <summary>Knows the tags that promise to move.</summary>
internal static class MovingTags
{
    private static readonly string[] Words = ["latest", "nightly", "edge", "main", "master", "develop", "unstable"];

    /// <summary>Says why an image's name may mean another image tomorrow.</summary>
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
