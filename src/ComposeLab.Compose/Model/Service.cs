using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Model;

/// <summary>A service of the project (<c>services</c>): the definition that containers are created from.</summary>
/// <param name="name">Its key in the project.</param>
/// <param name="node">Its subtree in the canonical model.</param>
public sealed class ServiceDefinition(string name, MappingNode node) : Definition(node)
{
    /// <summary>Its key in the project.</summary>
    public string Name { get; } = name;

    /// <summary>The Compose profiles that switch it on; empty: always on.</summary>
    public IReadOnlyList<string> Profiles => field ??= Node.Texts("profiles") ?? [];

    /// <summary>Annotations of the containers.</summary>
    public IReadOnlyDictionary<string, string> Annotations => field ??= Node.TextMap("annotations");

    /// <summary>Whether its logs are followed; null: yes.</summary>
    public bool? Attach => Node.Flag("attach");

    /// <summary>How its image is built; null: it is pulled.</summary>
    public BuildDefinition? Build => field ??= Node.Child("build", node => new BuildDefinition(node));

    /// <summary>What happens while developing.</summary>
    public DevelopDefinition? Develop => field ??= Node.Child("develop", node => new DevelopDefinition(node));

    /// <summary>Limits of block device access.</summary>
    public BlkioDefinition? Blkio => field ??= Node.Child("blkio_config", node => new BlkioDefinition(node));

    /// <summary>Capabilities to add.</summary>
    public IReadOnlyList<string> CapAdd => field ??= Node.Texts("cap_add") ?? [];

    /// <summary>Capabilities to drop.</summary>
    public IReadOnlyList<string> CapDrop => field ??= Node.Texts("cap_drop") ?? [];

    /// <summary>The parent control group.</summary>
    public string? CgroupParent => Node.Text("cgroup_parent");

    /// <summary>The control group namespace: <c>host</c> or <c>private</c>.</summary>
    public string? Cgroup => Node.Text("cgroup");

    /// <summary>Usable processors, on Windows.</summary>
    public long? CpuCount => Node.Integer("cpu_count");

    /// <summary>Usable share of the processors, on Windows.</summary>
    public double? CpuPercent => Node.Float("cpu_percent");

    /// <summary>The scheduler's period, in microseconds.</summary>
    public long? CpuPeriod => Node.Integer("cpu_period");

    /// <summary>The scheduler's quota, in microseconds.</summary>
    public long? CpuQuota => Node.Integer("cpu_quota");

    /// <summary>The real-time scheduler's period, in microseconds.</summary>
    public long? CpuRtPeriod => Node.Integer("cpu_rt_period");

    /// <summary>The real-time scheduler's runtime, in microseconds.</summary>
    public long? CpuRtRuntime => Node.Integer("cpu_rt_runtime");

    /// <summary>Usable processors, in parts of one.</summary>
    public double? Cpus => Node.Float("cpus");

    /// <summary>Which processors may be used.</summary>
    public string? CpuSet => Node.Text("cpuset");

    /// <summary>Weight against other containers.</summary>
    public long? CpuShares => Node.Integer("cpu_shares");

    /// <summary>Replaces the image's command; null: not given; empty: cleared.</summary>
    public IReadOnlyList<string>? Command => field ??= Node.Texts("command");

    /// <summary>Configs it may read.</summary>
    public IReadOnlyList<FileReferenceDefinition> Configs => field ??= Node.Children("configs", node => new FileReferenceDefinition(node));

    /// <summary>A fixed container name.</summary>
    public string? ContainerName => Node.Text("container_name");

    /// <summary>A Windows service account.</summary>
    public CredentialSpecDefinition? CredentialSpec => field ??= Node.Child("credential_spec", node => new CredentialSpecDefinition(node));

    /// <summary>The services it waits for, by name.</summary>
    public IReadOnlyDictionary<string, DependencyDefinition> DependsOn => field ??= Node.Named("depends_on", (name, node) => new DependencyDefinition(name, node));

    /// <summary>Replicas and resources.</summary>
    public DeployDefinition? Deploy => field ??= Node.Child("deploy", node => new DeployDefinition(node));

    /// <summary>Rules of the device control group.</summary>
    public IReadOnlyList<string> DeviceCgroupRules => field ??= Node.Texts("device_cgroup_rules") ?? [];

    /// <summary>Devices of the host.</summary>
    public IReadOnlyList<DeviceDefinition> Devices => field ??= Node.Children("devices", node => new DeviceDefinition(node));

    /// <summary>DNS servers.</summary>
    public IReadOnlyList<string> Dns => field ??= Node.Texts("dns") ?? [];

    /// <summary>DNS options.</summary>
    public IReadOnlyList<string> DnsOpt => field ??= Node.Texts("dns_opt") ?? [];

    /// <summary>DNS search domains.</summary>
    public IReadOnlyList<string> DnsSearch => field ??= Node.Texts("dns_search") ?? [];

    /// <summary>The container's domain name.</summary>
    public string? DomainName => Node.Text("domainname");

    /// <summary>Replaces the image's entrypoint; null: not given; empty: cleared.</summary>
    public IReadOnlyList<string>? Entrypoint => field ??= Node.Texts("entrypoint");

    /// <summary>A program that provides the service instead of containers.</summary>
    public ProviderDefinition? Provider => field ??= Node.Child("provider", node => new ProviderDefinition(node));

    /// <summary>Variables; null: unset.</summary>
    public IReadOnlyDictionary<string, string?> Environment => field ??= Node.NullableTextMap("environment");

    /// <summary>Ports other services may reach.</summary>
    public IReadOnlyList<string> Expose => field ??= Node.Texts("expose") ?? [];

    /// <summary>Containers outside the project to link to.</summary>
    public IReadOnlyList<string> ExternalLinks => field ??= Node.Texts("external_links") ?? [];

    /// <summary>Lines of the hosts file, as <c>host=ip</c>.</summary>
    public IReadOnlyList<string> ExtraHosts => field ??= Node.Texts("extra_hosts") ?? [];

    /// <summary>Further groups of the user.</summary>
    public IReadOnlyList<string> GroupAdd => field ??= Node.Texts("group_add") ?? [];

    /// <summary>GPUs.</summary>
    public IReadOnlyList<DeviceRequestDefinition> Gpus => field ??= Node.Children("gpus", node => new DeviceRequestDefinition(node));

    /// <summary>The container's host name.</summary>
    public string? Hostname => Node.Text("hostname");

    /// <summary>How its health is probed; null: the image's own.</summary>
    public HealthcheckDefinition? Healthcheck => field ??= Node.Child("healthcheck", node => new HealthcheckDefinition(node));

    /// <summary>The image; null: the one that is built.</summary>
    public string? Image => Node.Text("image");

    /// <summary>Whether an init process runs; null: the engine's default.</summary>
    public bool? Init => Node.Flag("init");

    /// <summary>The IPC namespace.</summary>
    public string? Ipc => Node.Text("ipc");

    /// <summary>Isolation technology, on Windows.</summary>
    public string? Isolation => Node.Text("isolation");

    /// <summary>Labels of the containers.</summary>
    public IReadOnlyDictionary<string, string> Labels => field ??= Node.TextMap("labels");

    /// <summary>Services to reach by another name.</summary>
    public IReadOnlyList<string> Links => field ??= Node.Texts("links") ?? [];

    /// <summary>Where logs go.</summary>
    public LoggingDefinition? Logging => field ??= Node.Child("logging", node => new LoggingDefinition(node));

    /// <summary>Memory limit, in bytes.</summary>
    public long? MemLimit => Node.Bytes("mem_limit");

    /// <summary>Soft memory limit, in bytes.</summary>
    public long? MemReservation => Node.Bytes("mem_reservation");

    /// <summary>Memory and swap limit, in bytes; -1: unlimited.</summary>
    public long? MemSwapLimit => Node.Bytes("memswap_limit");

    /// <summary>How readily memory is swapped, from 0 to 100.</summary>
    public long? MemSwappiness => Node.Bytes("mem_swappiness");

    /// <summary>A fixed MAC address.</summary>
    public string? MacAddress => Node.Text("mac_address");

    /// <summary>AI models it uses.</summary>
    public IReadOnlyDictionary<string, ServiceModelDefinition> Models => field ??= Node.Named("models", (name, node) => new ServiceModelDefinition(name, node));

    /// <summary><c>none</c>, <c>host</c>, <c>service:x</c> or <c>container:x</c>; excludes <see cref="Networks"/>.</summary>
    public string? NetworkMode => Node.Text("network_mode");

    /// <summary>The networks it takes part in, by key.</summary>
    public IReadOnlyDictionary<string, ServiceNetworkDefinition> Networks => field ??= Node.Named("networks", (name, node) => new ServiceNetworkDefinition(name, node));

    /// <summary>Whether the kernel may not kill it when memory runs out.</summary>
    public bool OomKillDisable => Node.Flag("oom_kill_disable") ?? false;

    /// <summary>How readily the kernel kills it.</summary>
    public long? OomScoreAdj => Node.Integer("oom_score_adj");

    /// <summary>The PID namespace.</summary>
    public string? Pid => Node.Text("pid");

    /// <summary>How many processes; -1: unlimited.</summary>
    public long? PidsLimit => Node.Integer("pids_limit");

    /// <summary>The platform to run on.</summary>
    public string? Platform => Node.Text("platform");

    /// <summary>Published ports.</summary>
    public IReadOnlyList<PortDefinition> Ports => field ??= Node.Children("ports", node => new PortDefinition(node));

    /// <summary>Whether it runs with extended privileges.</summary>
    public bool Privileged => Node.Flag("privileged") ?? false;

    /// <summary>When its image is pulled; null: when missing.</summary>
    public string? PullPolicy => Node.Text("pull_policy");

    /// <summary>Whether its root file system cannot be written to.</summary>
    public bool ReadOnly => Node.Flag("read_only") ?? false;

    /// <summary><c>no</c>, <c>always</c>, <c>on-failure[:n]</c> or <c>unless-stopped</c>.</summary>
    public string? Restart => Node.Text("restart");

    /// <summary>The OCI runtime.</summary>
    public string? Runtime => Node.Text("runtime");

    /// <summary>How many containers run.</summary>
    public long? Scale => Node.Integer("scale");

    /// <summary>Secrets it may read.</summary>
    public IReadOnlyList<FileReferenceDefinition> Secrets => field ??= Node.Children("secrets", node => new FileReferenceDefinition(node));

    /// <summary>Security options.</summary>
    public IReadOnlyList<string> SecurityOpt => field ??= Node.Texts("security_opt") ?? [];

    /// <summary>Size of <c>/dev/shm</c>, in bytes.</summary>
    public long? ShmSize => Node.Bytes("shm_size");

    /// <summary>Whether standard input stays open.</summary>
    public bool StdinOpen => Node.Flag("stdin_open") ?? false;

    /// <summary>How long a stop waits before it kills; null: 10 seconds.</summary>
    public TimeSpan? StopGracePeriod => Node.Duration("stop_grace_period");

    /// <summary>The signal that stops it; null: the image's own.</summary>
    public string? StopSignal => Node.Text("stop_signal");

    /// <summary>Options of the storage driver.</summary>
    public IReadOnlyDictionary<string, string> StorageOpt => field ??= Node.TextMap("storage_opt");

    /// <summary>Kernel parameters.</summary>
    public IReadOnlyDictionary<string, string> Sysctls => field ??= Node.TextMap("sysctls");

    /// <summary>Temporary file systems, as <c>path[:options]</c>.</summary>
    public IReadOnlyList<string> Tmpfs => field ??= Node.Texts("tmpfs") ?? [];

    /// <summary>Whether it gets a terminal.</summary>
    public bool Tty => Node.Flag("tty") ?? false;

    /// <summary>Process limits by name.</summary>
    public IReadOnlyDictionary<string, UlimitDefinition> Ulimits => field ??= Node.Named("ulimits", (name, node) => new UlimitDefinition(name, node));

    /// <summary>Whether it gets the engine's API socket.</summary>
    public bool UseApiSocket => Node.Flag("use_api_socket") ?? false;

    /// <summary>Who runs it.</summary>
    public string? User => Node.Text("user");

    /// <summary>The user namespace.</summary>
    public string? UserNsMode => Node.Text("userns_mode");

    /// <summary>The UTS namespace.</summary>
    public string? Uts => Node.Text("uts");

    /// <summary>Mounts.</summary>
    public IReadOnlyList<MountDefinition> Volumes => field ??= Node.Children("volumes", node => new MountDefinition(node));

    /// <summary>Services or containers whose mounts it shares.</summary>
    public IReadOnlyList<string> VolumesFrom => field ??= Node.Texts("volumes_from") ?? [];

    /// <summary>Where it runs.</summary>
    public string? WorkingDir => Node.Text("working_dir");

    /// <summary>Init containers: run one after the other before the service starts; each must end with exit code 0.</summary>
    public IReadOnlyList<HookDefinition> PreStart => field ??= Node.Children("pre_start", node => new HookDefinition(node));

    /// <summary>Run after its start.</summary>
    public IReadOnlyList<HookDefinition> PostStart => field ??= Node.Children("post_start", node => new HookDefinition(node));

    /// <summary>Run before its stop.</summary>
    public IReadOnlyList<HookDefinition> PreStop => field ??= Node.Children("pre_stop", node => new HookDefinition(node));

    /// <summary>How many containers run: <c>scale</c>, else <c>deploy.replicas</c>, else 1.</summary>
    public int Replicas => (int)(Scale ?? Deploy?.Replicas ?? 1);
}
