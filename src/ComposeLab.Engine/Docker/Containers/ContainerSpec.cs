namespace ComposeLab.Engine.Docker;

/// <summary>The settings of a container. Null uses the value of the image or the engine.</summary>
public sealed record ContainerSpec
{
    /// <summary>The container's name.</summary>
    public required string Name { get; init; }

    /// <summary>The image, by name or id.</summary>
    public required string Image { get; init; }

    /// <summary>The platform as <c>os/arch[/variant]</c>.</summary>
    public string? Platform { get; init; }

    /// <summary>The command's arguments; an empty list is passed on.</summary>
    public IReadOnlyList<string>? Command { get; init; }

    /// <summary>The program that receives the command; an empty list is passed on.</summary>
    public IReadOnlyList<string>? Entrypoint { get; init; }

    /// <summary>The environment as <c>KEY=value</c>, or <c>KEY</c> to remove the image's. May contain secrets.</summary>
    public IReadOnlyList<string> Environment { get; init; } = [];

    /// <summary>The labels.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>The directory the process starts in.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>User and group of the process.</summary>
    public string? User { get; init; }

    /// <summary>The host name inside.</summary>
    public string? Hostname { get; init; }

    /// <summary>The NIS domain name inside.</summary>
    public string? DomainName { get; init; }

    /// <summary>Whether it has a terminal.</summary>
    public bool Tty { get; init; }

    /// <summary>Whether its standard input is kept open.</summary>
    public bool OpenStandardInput { get; init; }

    /// <summary>Whether standard input is closed when the first client that is attached to it closes it.</summary>
    public bool CloseStandardInput { get; init; }

    /// <summary>Whether the engine removes it, with its anonymous volumes, when it exits.</summary>
    public bool AutoRemove { get; init; }

    /// <summary>The healthcheck.</summary>
    public HealthcheckSpec? Healthcheck { get; init; }

    /// <summary>The stop signal.</summary>
    public string? StopSignal { get; init; }

    /// <summary>How long it may take to stop, in whole seconds.</summary>
    public TimeSpan? StopTimeout { get; init; }

    /// <summary>Ports that are exposed without being published, as <c>80/tcp</c>.</summary>
    public IReadOnlyList<string> ExposedPorts { get; init; } = [];

    /// <summary>The published host ports.</summary>
    public IReadOnlyList<PortBindingSpec> Ports { get; init; } = [];

    /// <summary>The network mode: a network's name, <c>host</c>, <c>none</c>, <c>container:ID</c>.</summary>
    public string? NetworkMode { get; init; }

    /// <summary>Its network endpoints, by network name, including that of the network mode.</summary>
    public IReadOnlyDictionary<string, EndpointSpec> Networks { get; init; } = new Dictionary<string, EndpointSpec>();

    /// <summary>Old-style links on the default bridge, as <c>container:alias</c>; in other networks the endpoints contain them.</summary>
    public IReadOnlyList<string> Links { get; init; } = [];

    /// <summary>Binds and volumes in the engine's short form <c>SOURCE:TARGET[:OPTIONS]</c>; the engine creates missing host directories.</summary>
    public IReadOnlyList<string> Binds { get; init; } = [];

    /// <summary>Mounts in the long form.</summary>
    public IReadOnlyList<MountSpec> Mounts { get; init; } = [];

    /// <summary>Temporary file systems: options by target.</summary>
    public IReadOnlyDictionary<string, string> Tmpfs { get; init; } = new Dictionary<string, string>();

    /// <summary>Containers with volumes that it also uses, as <c>ID[:ro|rw]</c>.</summary>
    public IReadOnlyList<string> VolumesFrom { get; init; } = [];

    /// <summary>When the engine starts it again.</summary>
    public RestartSpec Restart { get; init; } = RestartSpec.Never;

    /// <summary>Where its output goes.</summary>
    public LogSpec? Log { get; init; }

    /// <summary>Its resource limits.</summary>
    public ResourceSpec Resources { get; init; } = new();

    /// <summary>Its privileges.</summary>
    public SecuritySpec Security { get; init; } = new();

    /// <summary>Its DNS settings.</summary>
    public DnsSpec Dns { get; init; } = new();

    /// <summary>Annotations for the low-level runtime.</summary>
    public IReadOnlyDictionary<string, string> Annotations { get; init; } = new Dictionary<string, string>();

    /// <summary>The options of its storage driver.</summary>
    public IReadOnlyDictionary<string, string> StorageOptions { get; init; } = new Dictionary<string, string>();

    /// <summary>The low-level runtime, such as <c>runc</c>.</summary>
    public string? Runtime { get; init; }

    /// <summary>The isolation technology; Windows only.</summary>
    public string? Isolation { get; init; }
}

/// <summary>The healthcheck of a container. Null uses the values of the image, or the engine's defaults.</summary>
public sealed record HealthcheckSpec
{
    /// <summary>The command with its kind first: <c>CMD</c>, <c>CMD-SHELL</c> or <c>NONE</c>; empty for that of the image.</summary>
    public IReadOnlyList<string> Test { get; init; } = [];

    /// <summary>From the end of one run to the next.</summary>
    public TimeSpan? Interval { get; init; }

    /// <summary>How long one run may take.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>How many failures in a row make it unhealthy.</summary>
    public int? Retries { get; init; }

    /// <summary>How long failures do not count after the start.</summary>
    public TimeSpan? StartPeriod { get; init; }

    /// <summary>The interval during the start period; API 1.44 and later.</summary>
    public TimeSpan? StartInterval { get; init; }
}

/// <summary>Where a container's output goes.</summary>
/// <param name="Driver">The logging driver, such as <c>json-file</c>; empty is the engine's default.</param>
/// <param name="Options">The driver's options.</param>
public sealed record LogSpec(string Driver, IReadOnlyDictionary<string, string> Options);

/// <summary>A mount in the long form.</summary>
public sealed record MountSpec
{
    /// <summary><c>bind</c>, <c>volume</c>, <c>tmpfs</c>, <c>npipe</c>, <c>cluster</c> or <c>image</c>.</summary>
    public required string Type { get; init; }

    /// <summary>Host path, volume or image; empty for an anonymous volume and for tmpfs.</summary>
    public string Source { get; init; } = "";

    /// <summary>The path inside the container.</summary>
    public required string Target { get; init; }

    /// <summary>Whether the container may only read.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>The consistency mode; Docker Desktop only.</summary>
    public string? Consistency { get; init; }

    /// <summary>Bind: how mounts below are shared, such as <c>rslave</c>.</summary>
    public string? Propagation { get; init; }

    /// <summary>Bind: whether mounts below the source are excluded.</summary>
    public bool NonRecursive { get; init; }

    /// <summary>Bind: whether mounts below a read-only source are kept writable; API 1.44 and later.</summary>
    public bool ReadOnlyNonRecursive { get; init; }

    /// <summary>Bind: whether it is an error when mounts below a read-only source cannot be made read-only; API 1.44 and later.</summary>
    public bool ReadOnlyForceRecursive { get; init; }

    /// <summary>Bind: whether the engine creates a missing source as a directory.</summary>
    public bool CreateSource { get; init; }

    /// <summary>Volume: whether a new volume is kept empty even if the image has files there.</summary>
    public bool NoCopy { get; init; }

    /// <summary>Volume or image: the directory inside it that is mounted.</summary>
    public string? Subpath { get; init; }

    /// <summary>Volume: labels of one that is created by this mount.</summary>
    public IReadOnlyDictionary<string, string> VolumeLabels { get; init; } = new Dictionary<string, string>();

    /// <summary>Tmpfs: the maximum size, in bytes.</summary>
    public long? TmpfsBytes { get; init; }

    /// <summary>Tmpfs: the mode of its root, as permission bits.</summary>
    public uint? TmpfsMode { get; init; }
}

/// <summary>How a container resolves names.</summary>
public sealed record DnsSpec
{
    /// <summary>The DNS servers.</summary>
    public IReadOnlyList<string> Servers { get; init; } = [];

    /// <summary>Options of its resolver.</summary>
    public IReadOnlyList<string> Options { get; init; } = [];

    /// <summary>The search domains.</summary>
    public IReadOnlyList<string> Search { get; init; } = [];

    /// <summary>Extra lines of its hosts file, as <c>name:address</c>.</summary>
    public IReadOnlyList<string> ExtraHosts { get; init; } = [];
}

/// <summary>A published host port of a container.</summary>
/// <param name="ContainerPort">The port inside, 1 to 65535.</param>
/// <param name="Protocol"><c>tcp</c>, <c>udp</c> or <c>sctp</c>.</param>
/// <param name="HostIp">The host's address; empty for all addresses.</param>
/// <param name="HostPort">The host's port, a range <c>9000-9010</c> to choose from, or empty for any free one.</param>
public sealed record PortBindingSpec(int ContainerPort, string Protocol, string HostIp, string HostPort);

/// <summary>When the engine starts a container again.</summary>
/// <param name="Policy"><c>no</c>, <c>always</c>, <c>on-failure</c> or <c>unless-stopped</c>.</param>
/// <param name="MaximumRetries">For <c>on-failure</c>: how often; 0 for no limit.</param>
public sealed record RestartSpec(string Policy, int MaximumRetries)
{
    /// <summary>It is not restarted.</summary>
    public static RestartSpec Never { get; } = new("no", 0);
}

/// <summary>The privileges of a container, and what it shares with the host or other containers.</summary>
public sealed record SecuritySpec
{
    /// <summary>Whether it has nearly all privileges of the host.</summary>
    public bool Privileged { get; init; }

    /// <summary>Whether its root file system is read-only.</summary>
    public bool ReadOnlyRoot { get; init; }

    /// <summary>Capabilities added to the default set.</summary>
    public IReadOnlyList<string> CapAdd { get; init; } = [];

    /// <summary>Capabilities removed from the default set.</summary>
    public IReadOnlyList<string> CapDrop { get; init; } = [];

    /// <summary>Labels and profiles of the host's security modules, with file profiles already read in.</summary>
    public IReadOnlyList<string> Options { get; init; } = [];

    /// <summary>Additional groups of the user.</summary>
    public IReadOnlyList<string> GroupAdd { get; init; } = [];

    /// <summary>Kernel settings of its namespaces.</summary>
    public IReadOnlyDictionary<string, string> Sysctls { get; init; } = new Dictionary<string, string>();

    /// <summary>The IPC namespace: <c>host</c>, <c>shareable</c>, <c>container:ID</c>.</summary>
    public string? IpcMode { get; init; }

    /// <summary>The process namespace: <c>host</c>, <c>container:ID</c>.</summary>
    public string? PidMode { get; init; }

    /// <summary>The UTS namespace: <c>host</c>.</summary>
    public string? UtsMode { get; init; }

    /// <summary>The user namespace: <c>host</c>.</summary>
    public string? UserNamespaceMode { get; init; }

    /// <summary>The cgroup namespace: <c>host</c> or <c>private</c>.</summary>
    public string? CgroupNamespaceMode { get; init; }

    /// <summary>Whether a small init process reaps the others; null is the engine's default.</summary>
    public bool? Init { get; init; }

    /// <summary>Host paths masked by the engine; null keeps its list.</summary>
    public IReadOnlyList<string>? MaskedPaths { get; init; }

    /// <summary>Host paths made read-only by the engine; null keeps its list.</summary>
    public IReadOnlyList<string>? ReadOnlyPaths { get; init; }
}

/// <summary>The endpoint of a container in a network.</summary>
public sealed record EndpointSpec
{
    /// <summary>The aliases of the container.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>Old-style links, as <c>container:alias</c>.</summary>
    public IReadOnlyList<string> Links { get; init; } = [];

    /// <summary>A fixed IPv4 address, or null.</summary>
    public string? IPv4Address { get; init; }

    /// <summary>A fixed IPv6 address, or null.</summary>
    public string? IPv6Address { get; init; }

    /// <summary>Link-local addresses.</summary>
    public IReadOnlyList<string> LinkLocalAddresses { get; init; } = [];

    /// <summary>A fixed MAC address, or null.</summary>
    public string? MacAddress { get; init; }

    /// <summary>Options of the network's driver.</summary>
    public IReadOnlyDictionary<string, string> DriverOptions { get; init; } = new Dictionary<string, string>();

    /// <summary>The network with the highest value provides the default gateway; newer engines only.</summary>
    public int GatewayPriority { get; init; }
}

/// <summary>The engine's answer to a container's creation.</summary>
/// <param name="Id">The new container's id.</param>
/// <param name="Warnings">The engine's warnings about settings that it could not apply.</param>
public sealed record ContainerCreated(string Id, IReadOnlyList<string> Warnings);
