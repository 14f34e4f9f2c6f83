using ComposeLab.Compose.Model;
using ComposeLab.Engine.Images.Buildx;
using ComposeLab.Engine.Planning;

namespace ComposeLab.Engine.Images;

/// <summary>Creates the build request for a service from its build section.</summary>
public static class ServiceBuild
{
    private const string InlineCacheArgument = "BUILDKIT_INLINE_CACHE";

    /// <summary>Reads a service's build section.</summary>
    /// <param name="project">The project.</param>
    /// <param name="service">The service, which has a build section.</param>
    /// <param name="image">The name the image gets; the section's own tags come after it.</param>
    /// <param name="means">What the section is built with.</param>
    /// <returns>The build.</returns>
    /// <exception cref="EngineException">PreflightFailed with a finding UnsupportedAttribute for each attribute that is not supported, with its place.</exception>
    internal static BuildSpec Of(ComposeProject project, ServiceDefinition service, string image, BuildMeans means)
    {
        BuildSpec build = Read(project, service, image, means);
        Check(project, service, means);
        return build;
    }

    /// <summary>Reads a service's build section, supported or not.</summary>
    /// <param name="project">The project.</param>
    /// <param name="service">The service, which has a build section.</param>
    /// <param name="image">The name the image gets; the section's own tags come after it.</param>
    /// <param name="means">What the section is built with.</param>
    /// <returns>The build.</returns>
    /// <exception cref="EngineException">UnsupportedAttribute: the default platform is not one of the section's.</exception>
    internal static BuildSpec Read(ComposeProject project, ServiceDefinition service, string image, BuildMeans means)
    {
        BuildDefinition build = service.Build ?? throw new ArgumentException($"Service '{service.Name}' has no build section.", nameof(service));
        string? platform = Platform(project, service, build);
        return new BuildSpec
        {
            Service = service.Name,
            Context = build.Context ?? project.WorkingDirectory,
            Dockerfile = build.Dockerfile ?? "Dockerfile",
            DockerfileInline = build.DockerfileInline,
            Names = [.. build.Tags.Prepend(image).Distinct(StringComparer.Ordinal)],
            Arguments = Arguments(project, build),
            Labels = Labels(project, service, build),
            Target = build.Target,
            Platform = platform,
            CacheFrom = [.. build.CacheFrom.Select(CacheSource.Image).OfType<string>()],
            NoCache = build.NoCache,
            NoCacheStages = build.NoCacheFilter,
            ContextImages = ContextImages(project, build),
            Pull = build.Pull,
            Network = build.Network,
            ExtraHosts = [.. build.ExtraHosts.Select(HostLine)],
            ShmBytes = build.ShmSize,
            Buildx = Options(project, build, isOnePlatform: platform is not null || means.IsForStart),
            NeedsBuildx = UnsupportedBuild.NeedsBuildx(project, service, means),
        };
    }

    private static BuildxOptions Options(ComposeProject project, BuildDefinition build, bool isOnePlatform) => new()
    {
        Secrets = [.. build.Secrets.Select(reference => Secret(project, reference)).OfType<BuildxSecret>()],
        Ssh = [.. build.Ssh.Select(key => key.Split(": ", 2) is [var id, var path] ? $"{id}={path}" : key)],
        Contexts = build.AdditionalContexts.Where(context => ContextSource.Service(context.Value) is null && ContextSource.Image(context.Value) is null)
            .ToDictionary(context => context.Key, context => context.Value, StringComparer.Ordinal),
        CacheFrom = build.CacheFrom,
        CacheTo = build.CacheTo,
        Platforms = isOnePlatform || build.Platforms.Count < 2 ? [] : build.Platforms,
        Entitlements = [.. build.Entitlements.Concat(build.Privileged ? ["security.insecure"] : []).Distinct(StringComparer.Ordinal)],
        Ulimits = [.. build.Ulimits.Values.Select(limit => limit.Single is { } single ? $"{limit.Name}={single}" : $"{limit.Name}={limit.Soft}:{limit.Hard}")],
        Provenance = build.Provenance,
        Sbom = build.Sbom,
    };

    // Like docker compose, secrets that the engine would have to provide are left out.
    private static BuildxSecret? Secret(ComposeProject project, FileReferenceDefinition reference)
    {
        SecretDefinition? secret = reference.Source is { } source ? project.Secrets.GetValueOrDefault(source) : null;
        string id = reference.Target is { Length: > 0 } target ? target : reference.Source ?? "";
        return secret is null or { External: true } ? null
            : secret.Environment is { } variable ? new BuildxSecret(id, null, project.Environment.GetValueOrDefault(variable) ?? "")
            : secret.File is { } file ? new BuildxSecret(id, file, null)
            : null;
    }

    private static void Check(ComposeProject project, ServiceDefinition service, BuildMeans means)
    {
        // A position is shown with its line, which is read from the file. A name without a path would be resolved in the current folder.
        IReadOnlyList<PreflightFinding> findings =
        [
            .. UnsupportedBuild.Find(project, service, means).Select(finding => finding with { File = finding.File is { } file ? Whole(project, file) : null }),
        ];
        if (findings.Count > 0)
        {
            throw new EngineException(
                EngineErrorId.PreflightFailed,
                $"The build section of service '{service.Name}' is not supported. {string.Join(" ", findings.Select(finding => finding.Message))}",
                findings[0].Recommendation)
            {
                Service = service.Name,
                Findings = findings,
            };
        }
    }

    // Like docker compose, DOCKER_DEFAULT_PLATFORM applies to services without a platform.
    private static string? Platform(ComposeProject project, ServiceDefinition service, BuildDefinition build)
    {
        string? standard = UnsupportedBuild.PlatformOf(project);
        if (service.Platform is null && standard is not null && build.Platforms.Count > 0 && !build.Platforms.Contains(standard, StringComparer.Ordinal))
        {
            throw new EngineException(
                EngineErrorId.UnsupportedAttribute,
                $"services.{service.Name}.build.platforms does not include {standard}, the platform in DOCKER_DEFAULT_PLATFORM.",
                "Add it to build.platforms, or change or remove DOCKER_DEFAULT_PLATFORM.")
            {
                Service = service.Name,
            };
        }

        return service.Platform ?? standard ?? (build.Platforms is [var only] ? only : null);
    }

    private static string Whole(ComposeProject project, string file) => project.FileShownAs(file) ?? file;

    private static Dictionary<string, string> ContextImages(ComposeProject project, BuildDefinition build) => build.AdditionalContexts
        .Select(context => (context.Key, Image: ContextSource.Service(context.Value) is { } service ? ServiceNames.Image(project, ServiceBuilds.Find(project, service)) : ContextSource.Image(context.Value)))
        .Where(context => context.Image is not null)
        .ToDictionary(context => context.Key, context => context.Image!, StringComparer.Ordinal);

    // An argument without a value comes from the environment; otherwise, the Dockerfile's default applies.
    private static Dictionary<string, string?> Arguments(ComposeProject project, BuildDefinition build)
    {
        var arguments = build.Args.ToDictionary(
            argument => argument.Key, argument => argument.Value ?? project.Environment.GetValueOrDefault(argument.Key), StringComparer.Ordinal);
        if (build.CacheTo.Any(CacheSource.IsInline))
        {
            arguments.TryAdd(InlineCacheArgument, "1");
        }

        return arguments;
    }

    private static Dictionary<string, string> Labels(ComposeProject project, ServiceDefinition service, BuildDefinition build) =>
        new(build.Labels, StringComparer.Ordinal)
        {
            [StackLabels.Project] = project.Name,
            [StackLabels.Service] = service.Name,
            [StackLabels.Version] = StackLabels.DialectVersion,
        };

    private static string HostLine(string host)
    {
        int sign = host.IndexOf('=', StringComparison.Ordinal);
        return sign < 0 ? host : $"{host[..sign]}:{host[(sign + 1)..]}";
    }
}
