using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Model;

/// <summary>When a container is started again (<c>deploy.restart_policy</c>).</summary>
/// <param name="node">Its subtree in the canonical model.</param>
public sealed class RestartPolicyDefinition(MappingNode node) : Definition(node)
{
    /// <summary><c>none</c>, <c>on-failure</c> or <c>any</c>.</summary>
    public string? Condition => Node.Text("condition");

    /// <summary>The time before a restart.</summary>
    public TimeSpan? Delay => Node.Duration("delay");

    /// <summary>How often at most.</summary>
    public long? MaxAttempts => Node.Integer("max_attempts");

    /// <summary>How long a start is watched before it counts as a success.</summary>
    public TimeSpan? Window => Node.Duration("window");
}
