using ComposeLab.Compose.Validation.Rules;
using static ComposeLab.Compose.Validation.Rules.AttributeUse;
using static ComposeLab.Compose.Validation.Specification.Common;

namespace ComposeLab.Compose.Validation.Specification;

/// <summary>The attributes of <c>deploy</c>, and those of device requests, which <c>gpus</c> shares.</summary>
internal static class DeployTable
{
    private static readonly Rule GenericResources = new ListRule(new MappingRule(
        new AttributeRule("discrete_resource_spec", new MappingRule(new("kind", Text, None), new("value", Number, None)), None)));

    private static readonly Rule Placement = new MappingRule(
        new("constraints", Texts, None),
        new("preferences", new ListRule(new MappingRule(new AttributeRule("spread", Text, None))), None),
        new("max_replicas_per_node", Integer, None));

    private static readonly Rule RestartPolicy = new MappingRule(
        new("condition", Text), new("delay", Text, None), new("max_attempts", Integer), new("window", Text, None));

    private static readonly Rule Limits = new MappingRule(new("cpus", Number), new("memory", Text), new("pids", Integer));

    private static readonly Rule Reservations = new MappingRule(
        new("cpus", Number, None),
        new("memory", Text),
        new("generic_resources", GenericResources, None),
        new("devices", new ListRule(new MappingRule(Device(capabilitiesRequired: true)))));

    /// <summary>The rule of <c>deploy</c>.</summary>
    public static Rule Rule { get; } = OrNothing(new MappingRule(
        new("mode", Text, None),
        new("endpoint_mode", Text, None),
        new("replicas", Integer),
        new("labels", ListOrMapping, None),
        new("rollback_config", Update(), None),
        new("update_config", Update(), None),
        new("resources", new MappingRule(new("limits", Limits), new("reservations", Reservations))),
        new("restart_policy", RestartPolicy),
        new("placement", Placement, None)));

    /// <summary>The rule of <c>gpus</c>.</summary>
    public static Rule Gpus { get; } = new ChoiceRule(
        OneOf("all"), new ListRule(new MappingRule(Device(capabilitiesRequired: false)) { AllowsOthers = true }));

    private static AttributeRule[] Device(bool capabilitiesRequired) =>
    [
        new("capabilities", UniqueTexts, IsRequired: capabilitiesRequired),
        new("count", Integer),
        new("device_ids", UniqueTexts),
        new("driver", Text),
        new("options", ListOrMapping),
    ];

    private static MappingRule Update() => new(
        new("parallelism", Integer, None),
        new("delay", Text, None),
        new("failure_action", Text, None),
        new("monitor", Text, None),
        new("max_failure_ratio", Number, None),
        new("order", OneOf("start-first", "stop-first"), None));
}
