using ComposeLab.Compose.Canonical;
using ComposeLab.Compose.Yaml;
using static ComposeLab.Compose.Specification.AttributeUse;
using static ComposeLab.Compose.Specification.Types;

namespace ComposeLab.Compose.Specification;

/// <summary>The attributes of <c>deploy</c>, in the order they are printed.</summary>
internal static class DeployAttributes
{
    private const string SwarmOnly = "only a swarm supports it";

    /// <summary>A deployment.</summary>
    public static AttributeType Type { get; } = OrEmpty(Structure(
        new("mode", Text) { Engine = Runs.But(EngineLimit.Ignored(SwarmOnly) with { Values = ["global", "replicated-job", "global-job"] }), Swarm = Runs },
        new("replicas", Integer with { Print = PrintStyle.Given }) { IsHashed = false },
        new("labels", Labels) { Engine = Ignored(SwarmOnly), Swarm = Runs },
        new("update_config", Update) { Engine = Ignored(SwarmOnly), Swarm = Runs },
        new("rollback_config", Update) { Engine = Ignored(SwarmOnly), Swarm = Runs },
        new("resources", Structure(
            new("limits", Structure(
                new("cpus", Fraction with { Cast = null }),
                new("memory", Size with { Scalars = ScalarSorts.Text }),
                new("pids", Integer with { Cast = null }))),
            new("reservations", Structure(
                new("cpus", Fraction with { Cast = null }) { Engine = Ignored(SwarmOnly), Swarm = Runs },
                new("memory", Size with { Scalars = ScalarSorts.Text }),
                new("devices", ListOf(DeviceAttributes.Request(capabilitiesRequired: true))) { Swarm = Ignored("a swarm reserves generic resources instead").Or("use generic_resources") },
                new("generic_resources", GenericResources) { Engine = Ignored(SwarmOnly), Swarm = Runs }))) with
        { Print = PrintStyle.Embedded }),
        new("restart_policy", Structure(
            new("condition", Text),
            new("delay", Duration) { Engine = Ignored(SwarmOnly), Swarm = Runs },
            new("max_attempts", Natural with { Print = PrintStyle.Given }),
            new("window", Duration) { Engine = Ignored(SwarmOnly), Swarm = Runs })),
        new("placement", Structure(
            new("constraints", Texts),
            new("preferences", ListOf(Structure(new AttributeRow("spread", Text)))),
            new("max_replicas_per_node", Natural)) with
        { Print = PrintStyle.Embedded })
        { Engine = Ignored(SwarmOnly), Swarm = Runs },
        new("endpoint_mode", Text) { Engine = Ignored(SwarmOnly), Swarm = Runs }));

    private static AttributeType Update => Structure(
        new("parallelism", Natural with { Print = PrintStyle.Given }),
        new("delay", Text with { Canonical = ScalarValues.DurationOrNothing }),
        new("failure_action", Text),
        new("monitor", Text with { Canonical = ScalarValues.DurationOrNothing }),
        new("max_failure_ratio", Fraction),
        new("order", OneOf("start-first", "stop-first")));

    private static AttributeType GenericResources => ListOf(Structure(
        new AttributeRow("discrete_resource_spec", Structure(
            new("kind", Text with { Print = PrintStyle.Always(ScalarNode.String("", Origin.Default)) }),
            new("value", Amount with { Cast = null, Print = PrintStyle.Always(ScalarNode.Integer(0, Origin.Default)) })))));
}
