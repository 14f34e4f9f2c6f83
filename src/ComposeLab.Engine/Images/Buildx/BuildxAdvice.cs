namespace ComposeLab.Engine.Images.Buildx;

/// <summary>What to do about the errors of docker-buildx and its builders.</summary>
internal static class BuildxAdvice
{
    private static readonly (string Words, string Advice)[] Known =
    [
        ("SSH_AUTH_SOCK", "Start an ssh agent and add the key to it, or name the key's file, as in 'default=/home/me/.ssh/id_ed25519'"),
        ("no builder", "Run docker buildx ls to list the builders, or create one with docker buildx create"),
        ("Multi-platform build is not supported", "Build one platform, or use a builder that supports several, created with docker buildx create"),
        ("no match for platform", "Build only platforms that the base images support, or use another base image"),
        ("entitlement", "Allow the entitlement in the configuration of the builder, or remove entitlements and privileged from the build section"),
        ("unsupported request frontend", "Update the engine to Docker 27 or later: the frontend in this one has no checks"),
        ("frontend capability", "Update the engine to Docker 23 or later, or start the Dockerfile with the line '# syntax=docker/dockerfile:1'"),
        ("unknown flag", "Update the docker-buildx plugin"),
        ("is not supported for the docker driver", "Use another builder, created with docker buildx create"),
    ];

    /// <summary>Finds the advice for an error.</summary>
    /// <param name="error">The builder's words.</param>
    /// <returns>The advice, without a period; null if there is none.</returns>
    public static string? Of(string error) => Known.Where(known => error.Contains(known.Words, StringComparison.OrdinalIgnoreCase)).Select(known => known.Advice).FirstOrDefault();
}
