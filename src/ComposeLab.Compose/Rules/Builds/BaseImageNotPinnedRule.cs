using ComposeLab.Compose.Model;
using ComposeLab.Compose.Rules.Images;
using ComposeLab.Compose.Yaml;
using static ComposeLab.Compose.Rules.FindingSeverity;

namespace ComposeLab.Compose.Rules.Builds;

/// <summary>A build must start from an image with a version.</summary>
internal sealed class BaseImageNotPinnedRule() : ServiceRule(new RuleInfo(
    "BaseImageNotPinned",
    Warning,
    Warning,
    "a `FROM` in the Dockerfile without a tag, or with a floating tag",
    "Specify a version in the `FROM`; a digest (`@sha256:...`) pins it permanently."))
{
    /// <inheritdoc/>
    protected override IEnumerable<RuleMatch> Find(RuleContext context, ServiceDefinition service)
    {
        if (context.DockerfileOf(service) is not { } dockerfile)
        {
            yield break;
        }

        foreach (BaseImage stage in dockerfile.BaseImages)
        {
            if (ImageReference.Parse(stage.Image) is { } image && MovingTags.Fault(image) is { } fault)
            {
                bool inline = service.Build!.DockerfileInline is not null;
                yield return new RuleMatch(
                    $"services.{service.Name}.build",
                    inline ? context.AttributeOf(service, "build.dockerfile_inline") : new Origin(dockerfile.File, stage.Line, 1),
                    $"The build starts from {stage.Image}, which {fault}: building the same code later can produce a different image.",
                    $"FROM {image.Repository}:<version>",
                    service.Name);
            }
        }
    }
}
