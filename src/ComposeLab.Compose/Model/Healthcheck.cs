using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Model;

/// <summary>The health check of a container (<c>healthcheck</c>).</summary>
/// <param name="node">Its part of the canonical model.</param>
public sealed class HealthcheckDefinition(MappingNode node) : Definition(node)
{
    /// <summary>The command: <c>CMD</c>, <c>CMD-SHELL</c> or <c>NONE</c> and its arguments. Null means the image's own.</summary>
    public IReadOnlyList<string>? Test => field ??= Node.Texts("test");

    /// <summary>The timeout of one check.</summary>
    public TimeSpan? Timeout => Node.Duration("timeout");

    /// <summary>The interval between checks.</summary>
    public TimeSpan? Interval => Node.Duration("interval");

    /// <summary>The number of consecutive failures until the container is unhealthy.</summary>
    public long? Retries => Node.Integer("retries");

    /// <summary>The period after the start in which failures do not count.</summary>
    public TimeSpan? StartPeriod => Node.Duration("start_period");

    /// <summary>The interval between checks in the start period.</summary>
    public TimeSpan? StartInterval => Node.Duration("start_interval");

    /// <summary>Whether the image's own health check is disabled.</summary>
    public bool Disable => Node.Flag("disable") ?? false;
}
