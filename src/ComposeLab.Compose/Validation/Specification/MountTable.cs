using ComposeLab.Compose.Validation.Rules;
using static ComposeLab.Compose.Validation.Specification.Common;

namespace ComposeLab.Compose.Validation.Specification;

/// <summary>The attributes of a service's <c>volumes</c>.</summary>
internal static class MountTable
{
    private static readonly Rule Bind = new MappingRule(
        new("propagation", Text),
        new("create_host_path", Flag),
        new("recursive", OneOf("enabled", "disabled", "writable", "readonly")),
        new("selinux", OneOf("z", "Z")));

    private static readonly Rule Volume = new MappingRule(new("labels", ListOrMapping), new("nocopy", Flag), new("subpath", Text));

    private static readonly Rule Tmpfs = new MappingRule(new("size", Bounded(0)), new("mode", Number));

    /// <summary>The rule.</summary>
    public static Rule Rule { get; } = new ListRule(
        new ChoiceRule(
            Text,
            new MappingRule(
                new("type", OneOf("bind", "volume", "tmpfs", "cluster", "npipe", "image"), IsRequired: true),
                new("source", Text),
                new("target", Text),
                new("read_only", Flag),
                new("consistency", Text),
                new("bind", Bind),
                new("volume", Volume),
                new("tmpfs", Tmpfs),
                new("image", new MappingRule(new AttributeRule("subpath", Text))))),
        unique: true);
}
