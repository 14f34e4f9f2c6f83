using ComposeLab.Compose.Yaml;
using static ComposeLab.Compose.Writing.Field;

namespace ComposeLab.Compose.Writing;

/// <summary>
/// The printing order of every structure of a Compose project, as the reference implementation prints it. It also decides the config
/// hash, which is taken of this very form.
/// </summary>
internal static class ComposeShapes
{
    private static readonly Shape Ulimit = Shape.Of("single", YamlNumber("soft"), YamlNumber("hard"));

    private static readonly Shape FileReference = Shape.Of("source", "target", "uid", "gid", Optional("mode"));

    private static readonly Field DevicePath = Always("path", "Path", ScalarNode.String("", Origin.Default));

    private static readonly Shape Rate = Shape.Of(DevicePath, Always("rate", "Rate", ScalarNode.String("0", Origin.Default)));

    private static readonly Shape DeviceRequest = Shape.Closed("capabilities", "driver", "count", "device_ids", "options");

    private static readonly Shape Hook = Shape.Of(Command("command"), "user", "privileged", "working_dir", "environment");

    private static readonly Shape Build = Shape.Of(
        "context", "dockerfile", "dockerfile_inline", "entitlements", "args", "provenance", "sbom", "ssh", "labels", "cache_from", "cache_to", "no_cache",
        "additional_contexts", "pull", "extra_hosts", "isolation", "network", "target", Many("secrets", FileReference), "shm_size", "tags",
        Many("ulimits", Shape.MapOf(Ulimit)), "platforms", "privileged");

    private static readonly Shape BlockIo = Shape.Of(
        "weight", Many("weight_device", Shape.Of(DevicePath, Always("weight", "Weight", ScalarNode.Integer(0, Origin.Default)))), Many("device_read_bps", Rate), Many("device_read_iops", Rate),
        Many("device_write_bps", Rate), Many("device_write_iops", Rate));

    private static readonly Shape Update = Shape.Of(Optional("parallelism"), "delay", "failure_action", "monitor", "max_failure_ratio", "order");

    private static readonly Shape DiscreteResource = Shape.Of(
        Always("kind", ScalarNode.String("", Origin.Default)), Always("value", ScalarNode.Integer(0, Origin.Default)));

    private static readonly Shape Resource = Shape.Of(
        "cpus", "memory", "pids", Many("devices", DeviceRequest),
        Many("generic_resources", Shape.Of(Structure("discrete_resource_spec", DiscreteResource))));

    private static readonly Shape Deploy = Shape.Of(
        "mode", Optional("replicas"), "labels", Structure("update_config", Update), Structure("rollback_config", Update),
        Embedded("resources", Shape.Of(Structure("limits", Resource), Structure("reservations", Resource))),
        Structure("restart_policy", Shape.Of("condition", Optional("delay"), Optional("max_attempts"), Optional("window"))),
        Embedded("placement", Shape.Of("constraints", Many("preferences", Shape.Of("spread")), "max_replicas_per_node")),
        "endpoint_mode");

    private static readonly Shape Watch = Shape.Of(
        "path", "action", "target", Embedded("exec", Hook), "include", "ignore", "initial_sync");

    private static readonly Shape Healthcheck = Shape.Of(
        "test", Optional("timeout"), Optional("interval"), Optional("retries"), Optional("start_period"), Optional("start_interval"), "disable");

    private static readonly Shape Attachment = Shape.Of(
        "aliases", "driver_opts", "gw_priority", "interface_name", "ipv4_address", "ipv6_address", "link_local_ips", "mac_address", "priority");

    private static readonly Shape Port = Shape.Of("name", "mode", "host_ip", "target", "published", "protocol", "app_protocol");

    private static readonly Shape Mount = Shape.Of(
        "type", "source", "target", "read_only", "consistency",
        Structure("bind", Shape.Of("selinux", "propagation", "create_host_path", "recursive")),
        Structure("volume", Shape.Of("labels", "nocopy", "subpath")),
        Structure("tmpfs", Shape.Of("size", "mode")),
        Structure("image", Shape.Of("subpath")));

    private static readonly Shape Dependency = Shape.Of("condition", "restart", Optional("required"));

    private static readonly Shape ServiceModel = Shape.Of("endpoint_var", "model_var");

    /// <summary>One service.</summary>
    public static Shape Service { get; } = Shape.Of(
        "profiles", "annotations", Optional("attach"), Structure("build", Build), Structure("develop", Shape.Of(Many("watch", Watch))),
        Structure("blkio_config", BlockIo), "cap_add", "cap_drop", "cgroup_parent", "cgroup", "cpu_count", "cpu_percent", "cpu_period", "cpu_quota",
        "cpu_rt_period", "cpu_rt_runtime", "cpus", "cpuset", "cpu_shares", Command("command"), Many("configs", FileReference), "container_name",
        Structure("credential_spec", Shape.Of("config", "file", "registry")), Many("depends_on", Shape.MapOf(Dependency)), Structure("deploy", Deploy),
        "device_cgroup_rules", Many("devices", Shape.Of("source", "target", "permissions")), "dns", "dns_opt", "dns_search", "dockerfile", "domainname",
        Command("entrypoint"), Structure("provider", Shape.Of("type", "options")), "environment", "env_file", "expose", "extends", "external_links",
        "extra_hosts", "group_add", Many("gpus", DeviceRequest), "hostname", Structure("healthcheck", Healthcheck), "image", Optional("init"), "ipc",
        "isolation", "labels", "label_file", "links", Structure("logging", Shape.Of("driver", "options")), "log_driver", "log_opt", "mem_limit",
        "mem_reservation", "memswap_limit", "mem_swappiness", "mac_address", Many("models", Shape.MapOf(ServiceModel)), "net", "network_mode",
        Many("networks", Shape.MapOf(Attachment)), "oom_kill_disable", "oom_score_adj", "pid", "pids_limit", "platform", Many("ports", Port),
        "privileged", "pull_policy", "read_only", "restart", "runtime", Optional("scale"), Many("secrets", FileReference), "security_opt", "shm_size",
        "stdin_open", Optional("stop_grace_period"), "stop_signal", "storage_opt", "sysctls", "tmpfs", "tty", Many("ulimits", Shape.MapOf(Ulimit)),
        "use_api_socket", "user", "userns_mode", "uts", "volume_driver", Many("volumes", Mount), "volumes_from", "working_dir",
        Many("post_start", Hook), Many("pre_stop", Hook));

    /// <summary>One network of the project.</summary>
    public static Shape Network { get; } = Shape.Of(
        "name", "driver", "driver_opts",
        Embedded("ipam", Shape.Of("driver", Many("config", Shape.Of("subnet", "gateway", "ip_range", "aux_addresses")), "options")),
        "external", "internal", "attachable", "labels", Optional("enable_ipv4"), Optional("enable_ipv6"));

    /// <summary>One volume of the project.</summary>
    public static Shape Volume { get; } = Shape.Of("name", "driver", "driver_opts", "external", "labels");

    /// <summary>One secret or config of the project.</summary>
    public static Shape FileObject { get; } = Shape.Of(
        "name", "file", "environment", "content", "external", "labels", "driver", "driver_opts", "template_driver");

    /// <summary>The whole project.</summary>
    public static Shape Project { get; } = Shape.Of(
        "name",
        new Field("services") { Shape = Shape.MapOf(Service), KeepsZero = true },
        Many("networks", Shape.MapOf(Network)),
        Many("volumes", Shape.MapOf(Volume)),
        Many("secrets", Shape.MapOf(FileObject)),
        Many("configs", Shape.MapOf(FileObject)),
        Many("models", Shape.MapOf(Shape.Of("name", "model", "context_size", "runtime_flags"))));
}
