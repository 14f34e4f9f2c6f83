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
    protected override IEnumerable<Spot> Find(RuleContext context, ServiceDefinition service)
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
