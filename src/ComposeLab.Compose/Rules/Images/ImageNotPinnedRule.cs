using ComposeLab.Compose.Model;
using static ComposeLab.Compose.Rules.FindingSeverity;

namespace ComposeLab.Compose.Rules.Images;

/// <summary>A pulled image must have a version, so that the stack does not change by itself.</summary>
internal sealed class ImageNotPinnedRule() : ServiceRule(new RuleInfo(
    "ImageNotPinned",
    Warning,
    Warning,
    "an image without a tag, or with a floating tag (`latest`, `nightly`, `edge`, `main`)",
    "Specify a version: `nginx:1.27.3`; a digest (`@sha256:...`) pins it permanently."))
{
    /// <inheritdoc/>
    protected override IEnumerable<RuleMatch> Find(RuleContext context, ServiceDefinition service)
    {
        if (service.Build is null && ImageReference.Parse(service.Image) is { } image && MovingTags.Fault(image) is { } fault)
        {
            yield return context.At(
                service,
                "image",
                service.Node["image"]!,
                $"{service.Image} {fault}: the next pull can change it.",
                $"Use the version you tested: {image.Repository}:<version>.");
        }
    }
}

/// <summary>Knows the floating tags.</summary>
internal static class MovingTags
{
    private static readonly string[] Words = ["latest", "nightly", "edge", "main", "master", "develop", "unstable"];

    /// <summary>Explains why an image name can refer to a different image later.</summary>
    /// <param name="image">The image.</param>
    /// <returns>A clause such as <c>has no tag</c>; null if it has a version.</returns>
    public static string? Fault(ImageReference image)
    {
        if (image.Digest is not null)
        {
            return null;
        }

        return image.Tag is not { } tag ? "has no tag, which means latest"
            : Words.Any(word => tag == word || tag.StartsWith(word + "-", StringComparison.Ordinal)) ? "has a floating tag"
            : null;
    }
}
