using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Model;

/// <summary>How many containers of a service run, where, and with what resources (<c>deploy</c>).</summary>
/// <param name="node">Its subtree in the canonical model.</param>
public sealed class DeployDefinition(MappingNode node) : Definition(node)
{
    /// <summary><c>replicated</c>, <c>global</c>, or a job mode.</summary>
    public string? Mode => Node.Text("mode");

    /// <summary>How many containers run.</summary>
    public long? Replicas => Node.Integer("replicas");

    /// <summary>Labels of the service, not of its containers.</summary>
    public IReadOnlyDictionary<string, string> Labels => field ??= Node.TextMap("labels");

    /// <summary>How an update proceeds.</summary>
    public UpdateDefinition? UpdateConfig => field ??= Node.Child("update_config", node => new UpdateDefinition(node));

    /// <summary>How a rollback proceeds.</summary>
    public UpdateDefinition? RollbackConfig => field ??= Node.Child("rollback_config", node => new UpdateDefinition(node));

    /// <summary>Limits and reservations.</summary>
    public ResourcesDefinition? Resources => field ??= Node.Child("resources", node => new ResourcesDefinition(node));

    /// <summary>When a container is started again.</summary>
    public RestartPolicyDefinition? RestartPolicy => field ??= Node.Child("restart_policy", node => new RestartPolicyDefinition(node));

    /// <summary>Which nodes may run it.</summary>
    public PlacementDefinition? Placement => field ??= Node.Child("placement", node => new PlacementDefinition(node));

    /// <summary><c>vip</c> or <c>dnsrr</c>.</summary>
    public string? EndpointMode => Node.Text("endpoint_mode");
}
