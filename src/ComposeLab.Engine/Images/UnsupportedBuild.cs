using ComposeLab.Compose.Model;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Engine.Images;

/// <summary>Finds attributes of a build section that the engine's API does not support, so that none of them is ignored silently.</summary>
internal static class UnsupportedBuild
{
    private const string NeedsSession = "it needs a client session, which the engine's build API does not offer";
    private const string UseCompose = "Take the attribute out, or build this image with: docker compose build";

    /// <summary>Checks a build section.</summary>
    /// <param name="service">The service.</param>
    /// <param name="build">Its build section.</param>
    /// <returns>One finding for each attribute, in the order of the specification.</returns>
    public static IReadOnlyList<PreflightFinding> Find(ServiceDefinition service, BuildDefinition build)
    {
        var findings = new List<PreflightFinding>();
        Refuse(
            build.Context is { } context && IsRemote(context), "context", "only a directory can be sent",
            "Fetch the context into a directory first, as with git clone, and name that");
        Refuse(build.Secrets.Count > 0, "secrets", NeedsSession);
        Refuse(build.Ssh.Count > 0, "ssh", NeedsSession);
        Refuse(build.AdditionalContexts.Count > 0, "additional_contexts", NeedsSession);
        Refuse(build.CacheFrom.Any(entry => CacheSource.Image(entry) is null), "cache_from", "only images can serve as cache (NAME, or type=registry,ref=NAME)");
        Refuse(build.CacheTo.Any(entry => !CacheSource.IsInline(entry)), "cache_to", "only type=inline is written by the engine itself");
        Refuse(build.Node.Contains("no_cache_filter"), "no_cache_filter", NeedsSession);
        Refuse(build.Entitlements.Count > 0, "entitlements", NeedsSession);
        Refuse(build.Isolation is not (null or "" or "default"), "isolation", "a Linux engine knows only 'default'");
        Refuse(build.Ulimits.Count > 0, "ulimits", "the engine's client cannot pass them on");
        Refuse(build.Privileged, "privileged", "the engine builds without privileges");
        Refuse(IsAsked(build.Provenance), "provenance", NeedsSession);
        Refuse(IsAsked(build.Sbom), "sbom", NeedsSession);
        Refuse(
            build.Platforms.Count > 1 && service.Platform is null, "platforms", "the engine builds one platform at a time",
            $"Name one platform, or choose one with services.{service.Name}.platform");
        Refuse(
            build.Platforms.Count > 0 && service.Platform is { } platform && !build.Platforms.Contains(platform), "platforms",
            $"it lacks the service's own platform '{service.Platform}'", $"Add {service.Platform} to build.platforms");
        return findings;

        void Refuse(bool asked, string attribute, string why, string recommendation = UseCompose)
        {
            if (asked)
            {
                findings.Add(Finding(service, build, attribute, why, recommendation));
            }
        }
    }

    private static bool IsRemote(string context) =>
        context.Contains("://", StringComparison.Ordinal) || context.StartsWith("git@", StringComparison.Ordinal) || context.StartsWith("github.com/", StringComparison.Ordinal);

    private static bool IsAsked(string? attestation) => attestation is not (null or "" or "false");

    private static PreflightFinding Finding(ServiceDefinition service, BuildDefinition build, string attribute, string why, string recommendation)
    {
        Origin origin = build.Node.TryGetEntry(attribute, out MappingEntry? entry) ? entry.KeyOrigin : build.Origin;
        return new PreflightFinding
        {
            Id = EngineErrorId.UnsupportedAttribute,
            Message = $"services.{service.Name}.build.{attribute} is not supported: {why}.",
            Recommendation = recommendation,
            Service = service.Name,
            File = origin.IsInFile ? origin.File : null,
            Line = origin.Line,
            Column = origin.Column,
        };
    }
}
