using ComposeLab.Compose.Model;
using ComposeLab.Compose.Specification;
using ComposeLab.Compose.Yaml;
using ComposeLab.Engine.Planning;

namespace ComposeLab.Engine.Images;

/// <summary>Finds what a build section says and the engine's build API cannot do, as the table of attributes says it.</summary>
internal static class UnsupportedBuild
{
    private const string UseCompose = "remove the attribute, or build this image with: docker compose build";

    /// <summary>Checks a build section.</summary>
    /// <param name="service">The service.</param>
    /// <param name="build">Its build section.</param>
    /// <returns>One finding for each attribute, in the order of the specification.</returns>
    public static IReadOnlyList<PreflightFinding> Find(ServiceDefinition service, BuildDefinition build) =>
    [
        .. SupportRules.OfBuild
            .Where(rule => rule.Find(build.Node).Any() && Holds(rule.Limit.Condition, service, build))
            .Select(rule => Finding(service, build, rule.Path, rule.Limit.Words, Sentence(rule.Alternative.Length == 0 ? UseCompose : rule.Alternative))),
    ];

    private static bool Holds(LimitCondition condition, ServiceDefinition service, BuildDefinition build) => condition switch
    {
        LimitCondition.RemoteContext => build.Context is { } context && IsRemote(context),
        LimitCondition.CacheIsNoImage => build.CacheFrom.Any(entry => CacheSource.Image(entry) is null),
        LimitCondition.CacheIsNotInline => build.CacheTo.Any(entry => !CacheSource.IsInline(entry)),
        LimitCondition.ContextIsNoImage => build.AdditionalContexts.Values.Any(context => ContextSource.Service(context) is null && ContextSource.Image(context) is null),
        LimitCondition.SeveralPlatforms => build.Platforms.Count > 1 && service.Platform is null,
        _ => true,
    };

    private static string Sentence(string words) => char.ToUpperInvariant(words[0]) + words[1..];

    private static bool IsRemote(string context) =>
        context.Contains("://", StringComparison.Ordinal) || context.StartsWith("git@", StringComparison.Ordinal) || context.StartsWith("github.com/", StringComparison.Ordinal);

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
