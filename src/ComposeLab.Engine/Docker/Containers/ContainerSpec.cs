namespace ComposeLab.Engine.Docker;

/// <summary>Everything a container is made of. Null leaves a value to the image or the engine.</summary>
public sealed record ContainerSpec
{
    /// <summary>The container's name.</summary>
    public required string Name { get; init; }

    /// <summary>The image, by name or id.</summary>
    public required string Image { get; init; }

    /// <summary>The platform as <c>os/arch[/variant]</c>.</summary>
    public string? Platform { get; init; }

    /// <summary>The command's arguments; empty is passed on as such.</summary>
    public IReadOnlyList<string>? Command { get; init; }

    /// <summary>The program that gets the command; empty is passed on as such.</summary>
    public IReadOnlyList<string>? Entrypoint { get; init; }

    /// <summary>The environment as <c>KEY=value</c>, or <c>KEY</c> to remove the image's. May hold secrets.</summary>
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

    /// <summary>Whether it gets a terminal.</summary>
    public bool Tty { get; init; }

    /// <summary>Whether its standard input stays open.</summary>
    public bool OpenStandardInput { get; init; }

    /// <summary>The healthcheck.</summary>
    public HealthcheckSpec? Healthcheck { get; init; }

    /// <summary>The signal that asks it to stop.</summary>
    public string? StopSignal { get; init; }

    /// <summary>How long it may take to stop; whole seconds count.</summary>
    public TimeSpan? StopTimeout { get; init; }

    /// <summary>Ports that are told to others without being published, as <c>80/tcp</c>.</summary>
    public IReadOnlyList<string> ExposedPorts { get; init; } = [];

    /// <summary>Ports of the host that lead into it.</summary>
    public IReadOnlyList<PortBindingSpec> Ports { get; init; } = [];

    /// <summary>The network mode: a network's name, <c>host</c>, <c>none</c>, <c>container:ID</c>.</summary>
    public string? NetworkMode { get; init; }

    /// <summary>Its places in networks, by network name; the one of the network mode included.</summary>
    public IReadOnlyDictionary<string, EndpointSpec> Networks { get; init; } = new Dictionary<string, EndpointSpec>();

    /// <summary>Old-style links on the default bridge, as <c>container:alias</c>; in other networks the places hold them.</summary>
    public IReadOnlyList<string> Links { get; init; } = [];

    /// <summary>Binds and volumes in the engine's short form <c>SOURCE:TARGET[:OPTIONS]</c>; it makes missing host directories.</summary>
    public IReadOnlyList<string> Binds { get; init; } = [];

    /// <summary>Mounts in the long form.</summary>
    public IReadOnlyList<MountSpec> Mounts { get; init; } = [];

    /// <summary>Temporary file systems: options by target.</summary>
    public IReadOnlyDictionary<string, string> Tmpfs { get; init; } = new Dictionary<string, string>();

    /// <summary>Containers whose volumes it gets too, as <c>ID[:ro|rw]</c>.</summary>
    public IReadOnlyList<string> VolumesFrom { get; init; } = [];

    /// <summary>When the engine starts it again.</summary>
    public RestartSpec Restart { get; init; } = RestartSpec.Never;

    /// <summary>Where its output goes.</summary>
    public LogSpec? Log { get; init; }

    /// <summary>What it may use.</summary>
    public ResourceSpec Resources { get; init; } = new();

    /// <summary>What it may do.</summary>
    public SecuritySpec Security { get; init; } = new();

    /// <summary>How it finds names.</summary>
    public NameSpec Names { get; init; } = new();

    /// <summary>Free notes for the low-level runtime.</summary>
    public IReadOnlyDictionary<string, string> Annotations { get; init; } = new Dictionary<string, string>();

    /// <summary>The driver of its root file system: options.</summary>
    public IReadOnlyDictionary<string, string> StorageOptions { get; init; } = new Dictionary<string, string>();

    /// <summary>The low-level runtime, such as <c>runc</c>.</summary>
    public string? Runtime { get; init; }

    /// <summary>The isolation technology; Windows only.</summary>
    public string? Isolation { get; init; }
}
