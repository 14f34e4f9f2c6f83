using ComposeLab.Compose.Diagnostics;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Normalizing;

/// <summary>Names the attributes that the specification has and the reference implementation drops without a word.</summary>
internal static class IgnoredAttributes
{
    private const string RefreshAfter = "pull_refresh_after";

    /// <summary>A warning for each of them.</summary>
    /// <param name="model">The normalised model.</param>
    public static IEnumerable<ComposeWarning> Warnings(MappingNode model) =>
        from service in (model["services"] as MappingNode)?.Entries ?? []
        let attribute = (service.Value as MappingNode)?.Entries.FirstOrDefault(entry => entry.Key == RefreshAfter)
        where attribute is not null
        select new ComposeWarning(
            ComposeWarningId.AttributeIgnored,
            $"services.{service.Key}.{RefreshAfter} is ignored, here as by docker compose: pull policies that name a time do that. Write pull_policy: daily.",
            attribute.KeyOrigin);
}
