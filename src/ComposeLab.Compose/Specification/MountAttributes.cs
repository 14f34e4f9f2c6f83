using ComposeLab.Compose.Canonical;
using ComposeLab.Compose.Merging;
using ComposeLab.Compose.Normalizing;
using ComposeLab.Compose.Yaml;
using static ComposeLab.Compose.Specification.AttributeUse;
using static ComposeLab.Compose.Specification.Types;

namespace ComposeLab.Compose.Specification;

/// <summary>The attributes of an item of a service's <c>volumes</c>, in the order they are printed.</summary>
internal static class MountAttributes
{
    /// <summary>The options of a bind mount.</summary>
    public static AttributeType Bind { get; } = Structure(
        new("selinux", OneOf("z", "Z")),
        new("propagation", Text),
        new("create_host_path", LateFlag with { Print = PrintStyle.OnlyFalse }),
        new("recursive", OneOf("enabled", "disabled", "writable", "readonly"))
        {
            Engine = Runs.But(EngineLimit.RefusedBefore("25", 44) with { Values = ["writable", "readonly"] }),
        }) with
    { Defaults = bind => bind.WithDefault("create_host_path", ScalarNode.Boolean(true, Origin.Default)) };

    /// <summary>The mounts of a service.</summary>
    public static AttributeType Type { get; } = ListOf(Structure(
        new("type", OneOf("bind", "volume", "tmpfs", "cluster", "npipe", "image"))
        {
            IsRequired = true,
            Engine = Runs.But(
                EngineLimit.RefusedBefore("28", 48) with { Values = ["image"] },
                EngineLimit.Refused("only engines with Windows containers support it") with
                {
                    Values = ["npipe"],
                    Condition = LimitCondition.LinuxContainers,
                    Alternative = "use an engine with Windows containers",
                }),
        },
        new("source", Text),
        new("target", Text),
        new("read_only", Flag),
        new("consistency", Text),
        new("bind", Bind),
        new("volume", Structure(
            new("labels", KeyValues),
            new("nocopy", Flag),
            new("subpath", Text) { Engine = Runs.But(EngineLimit.RefusedBefore("26", 45)) })),
        new("tmpfs", Structure(
            new("size", Size with { Scalars = ScalarSorts.Integer | ScalarSorts.Text, Minimum = 0 }),
            new("mode", Amount with { Cast = null, Canonical = ScalarValues.NaturalNumber }))),
        new("image", Structure(new AttributeRow("subpath", Text)))) with
    {
        Scalars = ScalarSorts.Text,
        ScalarsWhenExtended = ScalarSorts.Text,
        LongForm = MountSyntax.Expand,
        Path = PathRules.Mount,
    }) with
    { UniqueItems = true, Identity = ItemIdentities.Mount };
}
