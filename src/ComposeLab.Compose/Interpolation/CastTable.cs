using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Interpolation;

/// <summary>The attributes whose values become typed when they are interpolated, by path pattern.</summary>
internal static class CastTable
{
    private const string Service = "services.*.";

    /// <summary>The table.</summary>
    public static PathTable<ValueCast> Rules { get; } = new(
    [
        .. Each(
            ValueCast.Integer,
            "cpu_count", "cpu_period", "cpu_quota", "cpu_rt_period", "cpu_rt_runtime", "cpu_shares", "oom_score_adj", "pids_limit", "scale",
            "deploy.replicas", "deploy.update_config.parallelism", "deploy.rollback_config.parallelism", "deploy.restart_policy.max_attempts",
            "deploy.placement.max_replicas_per_node", "healthcheck.retries", "ports.[].target", "ulimits.*", "ulimits.*.hard", "ulimits.*.soft"),
        .. Each(
            ValueCast.Number, "cpu_percent", "deploy.update_config.max_failure_ratio", "deploy.rollback_config.max_failure_ratio"),
        .. Each(ValueCast.SingleNumber, "cpus"),
        .. Each(
            ValueCast.Boolean,
            "init", "healthcheck.disable", "oom_kill_disable", "privileged", "read_only", "stdin_open", "tty", "volumes.[].read_only",
            "volumes.[].volume.nocopy"),
        ("networks.*.external", ValueCast.Boolean),
        ("networks.*.internal", ValueCast.Boolean),
        ("networks.*.attachable", ValueCast.Boolean),
        ("networks.*.enable_ipv4", ValueCast.Boolean),
        ("networks.*.enable_ipv6", ValueCast.Boolean),
        ("volumes.*.external", ValueCast.Boolean),
        ("secrets.*.external", ValueCast.Boolean),
        ("configs.*.external", ValueCast.Boolean),
    ]);

    private static IEnumerable<(string Pattern, ValueCast Rule)> Each(ValueCast cast, params string[] attributes) =>
        attributes.Select(attribute => (Service + attribute, cast));
}
