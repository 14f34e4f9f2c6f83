using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Model;

/// <summary>How the engine finds out whether a container is healthy (<c>healthcheck</c>).</summary>
/// <param name="node">Its subtree in the canonical model.</param>
public sealed class HealthcheckDefinition(MappingNode node) : Definition(node)
{
    /// <summary>The probe: <c>CMD</c>, <c>CMD-SHELL</c> or <c>NONE</c> and its arguments; null: the image's own.</summary>
    public IReadOnlyList<string>? Test => field ??= Node.Texts("test");

    /// <summary>How long one probe may take.</summary>
    public TimeSpan? Timeout => Node.Duration("timeout");

    /// <summary>The time between probes.</summary>
    public TimeSpan? Interval => Node.Duration("interval");

    /// <summary>How many failures in a row make it unhealthy.</summary>
    public long? Retries => Node.Integer("retries");

    /// <summary>How long failures do not count after the start.</summary>
    public TimeSpan? StartPeriod => Node.Duration("start_period");

    /// <summary>The time between probes during the start period.</summary>
    public TimeSpan? StartInterval => Node.Duration("start_interval");

    /// <summary>Whether the image's own healthcheck is switched off.</summary>
    public bool Disable => Node.Flag("disable") ?? false;
}
