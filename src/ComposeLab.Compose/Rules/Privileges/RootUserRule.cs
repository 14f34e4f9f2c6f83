using ComposeLab.Compose.Model;
using ComposeLab.Compose.Rules.Images;
using ComposeLab.Compose.Yaml;
using static ComposeLab.Compose.Rules.FindingSeverity;

namespace ComposeLab.Compose.Rules.Privileges;

/// <summary>A service does not ask to be root.</summary>
internal sealed class RootUserRule() : ServiceRule(new RuleInfo(
    "RootUser",
    Information,
    Warning,
    "`user: root` or `user: 0`",
    "Name the user that the image made for the service, by number."))
{
    /// <inheritdoc/>
    protected override IEnumerable<RuleMatch> Find(RuleContext context, ServiceDefinition service)
    {
        if (IsRoot(service.User))
        {
            yield return context.At(service, "user", $"{service.Name} asks to run as root.", "Remove 'user', or name an ordinary one by number: user: \"1000:1000\".");
        }
    }

    /// <summary>Whether a user is root.</summary>
    /// <param name="user">As <c>user</c> or <c>USER</c> names it; may be null.</param>
    internal static bool IsRoot(string? user) => user?.Split(':')[0] is "root" or "0";
}

/// <summary>An image that is built here ends with an ordinary user.</summary>
internal sealed class ImageRunsAsRootRule() : ServiceRule(new RuleInfo(
    "ImageRunsAsRoot",
    null,
    Warning,
    "in production, a service built from a Dockerfile that never leaves root",
    "End the Dockerfile with `USER 1000`, or give the service a `user`."))
{
    // Bases that end with an ordinary user or hand over to one themselves.
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
                $"{service.Name} runs as root: its Dockerfile {(dockerfile.User is null ? "names no user" : $"ends with USER {dockerfile.User}")}.",
                "End the Dockerfile with USER 1000 (by number), after the last step that needs root.",
                service.Name);
        }
    }

    private static bool HandsOver(string? image) =>
        image is not null && (Careful.Any(word => image.Contains(word, StringComparison.OrdinalIgnoreCase)) || DatabaseImage.Of(ImageName.Parse(image)) is not null);
}
