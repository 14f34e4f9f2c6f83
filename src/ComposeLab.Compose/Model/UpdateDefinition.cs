using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Model;

/// <summary>How containers are replaced (<c>update_config</c>, <c>rollback_config</c>).</summary>
/// <param name="node">Its subtree in the canonical model.</param>
public sealed class UpdateDefinition(MappingNode node) : Definition(node)
{
    /// <summary>How many containers at a time; 0: all.</summary>
    public long? Parallelism => Node.Integer("parallelism");

    /// <summary>The time between groups.</summary>
    public TimeSpan? Delay => Node.Duration("delay");

    /// <summary><c>continue</c>, <c>rollback</c> or <c>pause</c>.</summary>
    public string? FailureAction => Node.Text("failure_action");

    /// <summary>How long a new container is watched for failure.</summary>
    public TimeSpan? Monitor => Node.Duration("monitor");

    /// <summary>The share of failures that is tolerated, from 0 to 1.</summary>
    public double? MaxFailureRatio => Node.Float("max_failure_ratio");

    /// <summary><c>stop-first</c> or <c>start-first</c>.</summary>
    public string? Order => Node.Text("order");
}
