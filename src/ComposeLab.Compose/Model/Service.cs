using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Model;

/// <summary>A service of the project (<c>services</c>): the definition that containers are created from.</summary>
/// <param name="name">Its key in the project.</param>
/// <param name="node">Its part of the canonical model.</param>
public sealed class ServiceDefinition(string name, MappingNode node) : Definition(node)
{
    /// <summary>Its key in the project.</summary>
    public string Name { get; } = name;

    /// <summary>The Compose profiles that enable the service. If empty, it is always enabled.</summary>
    public IReadOnlyList<string> Profiles => field ??= Node.Texts("profiles") ?? [];

    /// <summary>Annotations of the containers.</summary>
    public IReadOnlyDictionary<string, string> Annotations => field ??= Node.TextMap("annotations");

    /// <summary>Whether to follow its logs. Null means yes.</summary>
    public bool? Attach => Node.Flag("attach");

    /// <summary>How to build its image. Null means that the image is pulled.</summary>
    public BuildDefinition? Build => field ??= Node.Child("build", node => new BuildDefinition(node));

    /// <summary>Development settings.</summary>
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

    /// <summary>The number of CPUs it can use, on Windows.</summary>
    public long? CpuCount => Node.Integer("cpu_count");

    /// <summary>The percentage of the CPUs it can use, on Windows.</summary>
    public double? CpuPercent => Node.Float("cpu_percent");

    /// <summary>The scheduler's period, in microseconds.</summary>
    public long? CpuPeriod => Node.Integer("cpu_period");

    /// <summary>The scheduler's quota, in microseconds.</summary>
    public long? CpuQuota => Node.Integer("cpu_quota");

    /// <summary>The real-time scheduler's period, in microseconds.</summary>
    public long? CpuRtPeriod => Node.Integer("cpu_rt_period");

    /// <summary>The real-time scheduler's runtime, in microseconds.</summary>
    public long? CpuRtRuntime => Node.Integer("cpu_rt_runtime");

    /// <summary>The number of CPUs it can use, possibly fractional.</summary>
    public double? Cpus => Node.Float("cpus");

    /// <summary>The CPUs it can use.</summary>
    public string? CpuSet => Node.Text("cpuset");

    /// <summary>Its CPU weight relative to other containers.</summary>
    public long? CpuShares => Node.Integer("cpu_shares");

    /// <summary>Replaces the image's command. Null means not given; empty means cleared.</summary>
    public IReadOnlyList<string>? Command => field ??= Node.Texts("command");

    /// <summary>Configs it can read.</summary>
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

    /// <summary>Replaces the image's entrypoint. Null means not given; empty means cleared.</summary>
    public IReadOnlyList<string>? Entrypoint => field ??= Node.Texts("entrypoint");

    /// <summary>A program that provides the service instead of containers.</summary>
    public ProviderDefinition? Provider => field ??= Node.Child("provider", node => new ProviderDefinition(node));

    /// <summary>Environment variables. A null value means that the variable is unset.</summary>
    public IReadOnlyDictionary<string, string?> Environment => field ??= Node.NullableTextMap("environment");

    /// <summary>Ports that other services can reach.</summary>
    public IReadOnlyList<string> Expose => field ??= Node.Texts("expose") ?? [];

    /// <summary>Containers outside the project to link to.</summary>
    public IReadOnlyList<string> ExternalLinks => field ??= Node.Texts("external_links") ?? [];

    /// <summary>Lines of the hosts file, as <c>host=ip</c>.</summary>
    public IReadOnlyList<string> ExtraHosts => field ??= Node.Texts("extra_hosts") ?? [];

    /// <summary>Additional groups of the user.</summary>
    public IReadOnlyList<string> GroupAdd => field ??= Node.Texts("group_add") ?? [];

    /// <summary>GPUs.</summary>
    public IReadOnlyList<DeviceRequestDefinition> Gpus => field ??= Node.Children("gpus", node => new DeviceRequestDefinition(node));

    /// <summary>The container's host name.</summary>
    public string? Hostname => Node.Text("hostname");

    /// <summary>The health check. Null means the image's own.</summary>
    public HealthcheckDefinition? Healthcheck => field ??= Node.Child("healthcheck", node => new HealthcheckDefinition(node));

    /// <summary>The image. Null means the image that is built.</summary>
    public string? Image => Node.Text("image");

    /// <summary>Whether an init process runs. Null means the engine's default.</summary>
    public bool? Init => Node.Flag("init");

    /// <summary>The IPC namespace.</summary>
    public string? Ipc => Node.Text("ipc");

    /// <summary>Isolation technology, on Windows.</summary>
    public string? Isolation => Node.Text("isolation");

    /// <summary>Labels of the containers.</summary>
    public IReadOnlyDictionary<string, string> Labels => field ??= Node.TextMap("labels");

    /// <summary>Services to reach by another name.</summary>
    public IReadOnlyList<string> Links => field ??= Node.Texts("links") ?? [];

    /// <summary>Logging settings.</summary>
    public LoggingDefinition? Logging => field ??= Node.Child("logging", node => new LoggingDefinition(node));

    /// <summary>Memory limit, in bytes.</summary>
    public long? MemLimit => Node.Bytes("mem_limit");

    /// <summary>Soft memory limit, in bytes.</summary>
    public long? MemReservation => Node.Bytes("mem_reservation");

    /// <summary>Limit of memory and swap together, in bytes. -1 means unlimited.</summary>
    public long? MemSwapLimit => Node.Bytes("memswap_limit");

    /// <summary>How aggressively memory is swapped, from 0 to 100.</summary>
    public long? MemSwappiness => Node.Bytes("mem_swappiness");

    /// <summary>A fixed MAC address.</summary>
    public string? MacAddress => Node.Text("mac_address");

    /// <summary>AI models it uses.</summary>
    public IReadOnlyDictionary<string, ServiceModelDefinition> Models => field ??= Node.Named("models", (name, node) => new ServiceModelDefinition(name, node));

    /// <summary><c>none</c>, <c>host</c>, <c>service:x</c> or <c>container:x</c>. Cannot be used with <see cref="Networks"/>.</summary>
    public string? NetworkMode => Node.Text("network_mode");

    /// <summary>The networks it is connected to, by key.</summary>
    public IReadOnlyDictionary<string, ServiceNetworkDefinition> Networks => field ??= Node.Named("networks", (name, node) => new ServiceNetworkDefinition(name, node));

    /// <summary>Whether the kernel is prevented from killing it when memory runs out.</summary>
    public bool OomKillDisable => Node.Flag("oom_kill_disable") ?? false;

    /// <summary>The kernel's out-of-memory score adjustment for it.</summary>
    public long? OomScoreAdj => Node.Integer("oom_score_adj");

    /// <summary>The PID namespace.</summary>
    public string? Pid => Node.Text("pid");

    /// <summary>The maximum number of processes. -1 means unlimited.</summary>
    public long? PidsLimit => Node.Integer("pids_limit");

    /// <summary>The platform to run on.</summary>
    public string? Platform => Node.Text("platform");

    /// <summary>Published ports.</summary>
    public IReadOnlyList<PortDefinition> Ports => field ??= Node.Children("ports", node => new PortDefinition(node));

    /// <summary>Whether it runs with extended privileges.</summary>
    public bool Privileged => Node.Flag("privileged") ?? false;

    /// <summary>When to pull its image. Null means when it is missing.</summary>
    public string? PullPolicy => Node.Text("pull_policy");

    /// <summary>Whether its root file system is read-only.</summary>
    public bool ReadOnly => Node.Flag("read_only") ?? false;

    /// <summary><c>no</c>, <c>always</c>, <c>on-failure[:n]</c> or <c>unless-stopped</c>.</summary>
    public string? Restart => Node.Text("restart");

    /// <summary>The OCI runtime.</summary>
    public string? Runtime => Node.Text("runtime");

    /// <summary>The number of containers.</summary>
    public long? Scale => Node.Integer("scale");

    /// <summary>Secrets it can read.</summary>
    public IReadOnlyList<FileReferenceDefinition> Secrets => field ??= Node.Children("secrets", node => new FileReferenceDefinition(node));

    /// <summary>Security options.</summary>
    public IReadOnlyList<string> SecurityOpt => field ??= Node.Texts("security_opt") ?? [];

    /// <summary>Size of <c>/dev/shm</c>, in bytes.</summary>
    public long? ShmSize => Node.Bytes("shm_size");

    /// <summary>Whether standard input is kept open.</summary>
    public bool StdinOpen => Node.Flag("stdin_open") ?? false;

    /// <summary>How long a stop waits before it kills the process. Null means 10 seconds.</summary>
    public TimeSpan? StopGracePeriod => Node.Duration("stop_grace_period");

    /// <summary>The signal that stops it. Null means the image's own.</summary>
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

    /// <summary>Whether the engine's API socket is available in the container.</summary>
    public bool UseApiSocket => Node.Flag("use_api_socket") ?? false;

    /// <summary>The user that runs it.</summary>
    public string? User => Node.Text("user");

    /// <summary>The user namespace.</summary>
    public string? UserNsMode => Node.Text("userns_mode");

    /// <summary>The UTS namespace.</summary>
    public string? Uts => Node.Text("uts");

    /// <summary>Mounts.</summary>
    public IReadOnlyList<MountDefinition> Volumes => field ??= Node.Children("volumes", node => new MountDefinition(node));

    /// <summary>Services or containers to share mounts with.</summary>
    public IReadOnlyList<string> VolumesFrom => field ??= Node.Texts("volumes_from") ?? [];

    /// <summary>The working directory.</summary>
    public string? WorkingDir => Node.Text("working_dir");

    /// <summary>Init containers: run one after the other before the service starts; each must end with exit code 0.</summary>
    public IReadOnlyList<HookDefinition> PreStart => field ??= Node.Children("pre_start", node => new HookDefinition(node));

    /// <summary>Hooks that run after its start.</summary>
    public IReadOnlyList<HookDefinition> PostStart => field ??= Node.Children("post_start", node => new HookDefinition(node));

    /// <summary>Hooks that run before its stop.</summary>
    public IReadOnlyList<HookDefinition> PreStop => field ??= Node.Children("pre_stop", node => new HookDefinition(node));

    /// <summary>The number of containers: <c>scale</c>, otherwise <c>deploy.replicas</c>, otherwise 1.</summary>
    public int Replicas => (int)(Scale ?? Deploy?.Replicas ?? 1);
}
