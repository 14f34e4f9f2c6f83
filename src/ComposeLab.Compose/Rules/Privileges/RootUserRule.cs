using ComposeLab.Compose.Model;
using ComposeLab.Compose.Rules.Images;
using ComposeLab.Compose.Yaml;
using static ComposeLab.Compose.Rules.FindingSeverity;

namespace ComposeLab.Compose.Rules.Privileges;

/// <summary>A service must not run as root explicitly.</summary>
internal sealed class RootUserRule() : ServiceRule(new RuleInfo(
    "RootUser",
    Information,
    Warning,
    "`user: root` or `user: 0`",
    "Use the number of the user that the image provides for the service."))
{
    /// <inheritdoc/>
    protected override IEnumerable<RuleMatch> Find(RuleContext context, ServiceDefinition service)
    {
        if (IsRoot(service.User))
        {
            yield return context.At(service, "user", $"{service.Name} is configured to run as root.", "Remove 'user', or use the number of a regular user: user: \"1000:1000\".");
        }
    }

    /// <summary>Whether a user is root.</summary>
    /// <param name="user">As <c>user</c> or <c>USER</c> names it; may be null.</param>
    internal static bool IsRoot(string? user) => user?.Split(':')[0] is "root" or "0";
}

/// <summary>An image that is built here must end with a regular user.</summary>
internal sealed class ImageRunsAsRootRule() : ServiceRule(new RuleInfo(
    "ImageRunsAsRoot",
    null,
    Warning,
    "in production, a service built from a Dockerfile that keeps the root user",
    "End the Dockerfile with `USER 1000`, or set `user` in the service."))
{
    // Base images that end with a regular user or switch to one.
    private static readonly string[] Careful = ["rootless", "nonroot", "unprivileged", "chiseled", "distroless"];

    /// <inheritdoc/>
    protected override IEnumerable<RuleMatch> Find(RuleContext context, ServiceDefinition service)
    {
        if (service.User is not null || context.DockerfileOf(service) is not { } dockerfile || HandsOver(dockerfile.FinalImage))
        {
            yield break;
        }

        if (dockerfile.User is null || RootUserRule.IsRoot(dockerfile.User))
        {
            bool inline = service.Build!.DockerfileInline is not null;
            yield return new RuleMatch(
                $"services.{service.Name}.build",
                inline ? context.AttributeOf(service, "build.dockerfile_inline") : new Origin(dockerfile.File, dockerfile.FinalLine, 1),
                $"{service.Name} runs as root: its Dockerfile {(dockerfile.User is null ? "has no USER" : $"ends with USER {dockerfile.User}")}.",
                "End the Dockerfile with USER 1000 (by number), after the last step that needs root.",
                service.Name);
        }
    }

    private static bool HandsOver(string? image) =>
        image is not null && (Careful.Any(word => image.Contains(word, StringComparison.OrdinalIgnoreCase)) || DatabaseImage.Of(ImageReference.Parse(image)) is not null);
}
