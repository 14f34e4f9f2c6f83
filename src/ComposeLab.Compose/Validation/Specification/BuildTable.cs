using ComposeLab.Compose.Validation.Rules;
using static ComposeLab.Compose.Validation.Rules.AttributeUse;
using static ComposeLab.Compose.Validation.Specification.Common;

namespace ComposeLab.Compose.Validation.Specification;

/// <summary>The attributes of <c>build</c>.</summary>
internal static class BuildTable
{
    /// <summary>The rule.</summary>
    public static Rule Rule { get; } = new ChoiceRule(
        Text,
        new MappingRule(
            new("context", Text, Build),
            new("dockerfile", Text, Build),
            new("dockerfile_inline", Text, Build),
            new("entitlements", Texts, None),
            new("args", ListOrMapping, Build),
            new("ssh", ListOrMapping, None),
            new("labels", ListOrMapping, Build),
            new("cache_from", Texts, Build),
            new("cache_to", Texts, None),
            new("no_cache", Flag, Build),
            new("additional_contexts", ListOrMapping, None),
            new("network", Text, Build),
            new("provenance", Flag, None),
            new("sbom", Flag, None),
            new("pull", Flag, Build),
            new("target", Text, Build),
            new("shm_size", Integer, Build),
            new("extra_hosts", ExtraHosts, Build),
            new("isolation", Text, None),
            new("privileged", Flag, None),
            new("secrets", FileReferences, None),
            new("tags", Texts, Build),
            new("ulimits", Ulimits, None),
            new("platforms", Texts, Build)));
}
