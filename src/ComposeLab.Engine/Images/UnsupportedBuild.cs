using ComposeLab.Compose.Model;
using ComposeLab.Compose.Specification;
using ComposeLab.Compose.Yaml;
using ComposeLab.Engine.Images.Buildx;
using ComposeLab.Engine.Planning;

namespace ComposeLab.Engine.Images;

/// <summary>What decides whether a build section can be built.</summary>
/// <param name="HasBuildx">Whether docker-buildx is installed.</param>
/// <param name="IsForStart">Whether the image is only built for the platform on which it is started.</param>
internal sealed record BuildMeans(bool HasBuildx, bool IsForStart);

/// <summary>Finds what a build section says and the engine's build API cannot do, as the table of attributes says it.</summary>
internal static class UnsupportedBuild
{
    private const string DefaultPlatform = "DOCKER_DEFAULT_PLATFORM";

    /// <summary>Checks a build section.</summary>
    /// <param name="project">The project.</param>
    /// <param name="service">The service, which has a build section.</param>
    /// <param name="means">What the section is built with.</param>
    /// <returns>One finding for each attribute, in the order of the specification.</returns>
    public static IReadOnlyList<PreflightFinding> Find(ComposeProject project, ServiceDefinition service, BuildMeans means) =>
    [
        .. Rules(project, service, means).Where(rule => !(rule.Limit.IsByBuildx && means.HasBuildx))
            .Select(rule => Finding(service, service.Build!, rule.Path, rule.Limit.Words, Advice(project, rule))),
    ];

    /// <summary>Whether the engine's build API cannot build a section.</summary>
    /// <param name="project">The project.</param>
    /// <param name="service">The service, which has a build section.</param>
    /// <param name="means">What the section is built with.</param>
    /// <returns>True if docker-buildx builds it.</returns>
    public static bool NeedsBuildx(ComposeProject project, ServiceDefinition service, BuildMeans means) => Rules(project, service, means).Any(rule => rule.Limit.IsByBuildx);

    /// <summary>The platform that a service without one gets.</summary>
    /// <param name="project">The project.</param>
    /// <returns>The platform; null if none is set.</returns>
    public static string? PlatformOf(ComposeProject project) => project.Environment.GetValueOrDefault(DefaultPlatform) is { Length: > 0 } given ? given : null;

    private static IEnumerable<SupportRule> Rules(ComposeProject project, ServiceDefinition service, BuildMeans means) =>
        service.Build is { } build ? SupportRules.OfBuild.Where(rule => rule.Find(build.Node).Any() && Holds(rule.Limit.Condition, project, service, build, means)) : [];

    private static bool Holds(LimitCondition condition, ComposeProject project, ServiceDefinition service, BuildDefinition build, BuildMeans means) => condition switch
    {
        LimitCondition.RemoteContext => build.Context is { } context && ContextSource.IsRemote(context),
        LimitCondition.CacheIsNoImage => build.CacheFrom.Any(entry => CacheSource.Image(entry) is null),
        LimitCondition.CacheIsNotInline => build.CacheTo.Any(entry => !CacheSource.IsInline(entry)),
        LimitCondition.ContextIsNoImage => build.AdditionalContexts.Values.Any(context => ContextSource.Service(context) is null && ContextSource.Image(context) is null),
        LimitCondition.SeveralPlatforms => build.Platforms.Count > 1 && service.Platform is null && !means.IsForStart && PlatformOf(project) is null,
        _ => true,
    };

    private static string Advice(ComposeProject project, SupportRule rule)
    {
        string other = rule.Alternative.Length == 0 ? "remove the attribute" : rule.Alternative;
        string words = rule.Limit.IsByBuildx ? $"{BuildxPlugin.Install(project.Environment)}, or {other}" : other;
        return char.ToUpperInvariant(words[0]) + words[1..];
    }

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
