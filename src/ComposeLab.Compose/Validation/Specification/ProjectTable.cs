using ComposeLab.Compose.Validation.Rules;
using static ComposeLab.Compose.Validation.Rules.AttributeUse;
using static ComposeLab.Compose.Validation.Specification.Common;

namespace ComposeLab.Compose.Validation.Specification;

/// <summary>
/// The attributes of a Compose file: the one table of the specification. Validation walks it, and <c>docs/compose-support.md</c> is printed from it.
/// </summary>
internal static class ProjectTable
{
    private static readonly Rule Ipam = new MappingRule(
        new("driver", Text),
        new("config", new ListRule(new MappingRule(
            new("subnet", Text), new("ip_range", Text), new("gateway", Text), new("aux_addresses", new NamedRule(Text))))),
        new("options", new NamedRule(Text)));

    private static readonly Rule Network = OrNothing(new MappingRule(
        new("name", Text),
        new("driver", Text),
        new("driver_opts", Options),
        new("ipam", Ipam),
        new("external", External),
        new("internal", Flag),
        new("enable_ipv4", Flag),
        new("enable_ipv6", Flag),
        new("attachable", Flag),
        new("labels", ListOrMapping)));

    private static readonly Rule Volume = OrNothing(new MappingRule(
        new("name", Text), new("driver", Text), new("driver_opts", Options), new("external", External), new("labels", ListOrMapping)));

    private static readonly Rule Secret = new MappingRule(
        new("name", Text, None),
        new("environment", Text),
        new("file", Text),
        new("external", LooseExternal),
        new("labels", ListOrMapping, None),
        new("driver", Text, None),
        new("driver_opts", Options, None),
        new("template_driver", Text, None));

    private static readonly Rule Config = new MappingRule(
        new("name", Text, None),
        new("content", Text),
        new("environment", Text),
        new("file", Text),
        new("external", LooseExternal),
        new("labels", ListOrMapping, None),
        new("template_driver", Text, None));

    private static readonly Rule Model = new MappingRule(
        new("name", Text, None),
        new("model", Text, None, IsRequired: true),
        new("context_size", new ScalarRule(ScalarSorts.Integer), None),
        new("runtime_flags", Texts, None));

    private static readonly Rule Include = new ListRule(new ChoiceRule(
        Text,
        new MappingRule(new("path", TextOrList, Load), new("env_file", TextOrList, Load), new("project_directory", Text, Load))
        {
            AllowsExtensions = false,
        }));

    /// <summary>The rule of a whole file.</summary>
    public static MappingRule Rule { get; } = new(
        new("version", Text, None),
        new("name", Text),
        new("include", Include, Load),
        new("services", Named(ServiceTable.Rule)),
        new("models", Named(Model, allowsOthers: true), None),
        new("networks", Named(Network, allowsOthers: true)),
        new("volumes", Named(Volume)),
        new("secrets", Named(Secret)),
        new("configs", Named(Config)));
}
