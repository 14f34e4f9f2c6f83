namespace ComposeLab.Engine.Docker;

/// <summary>A container as an inspection shows it.</summary>
public sealed record ContainerDetails
{
    /// <summary>The id.</summary>
    public required string Id { get; init; }

    /// <summary>The name, without the leading slash.</summary>
    public required string Name { get; init; }

    /// <summary>The image name at creation.</summary>
    public required string Image { get; init; }

    /// <summary>The image's id.</summary>
    public required string ImageId { get; init; }

    /// <summary>Its state.</summary>
    public required ContainerState State { get; init; }

    /// <summary>The state of its healthcheck.</summary>
    public required HealthStatus Health { get; init; }

    /// <summary>The last runs of its healthcheck, oldest first; at most five.</summary>
    public required IReadOnlyList<HealthProbe> Probes { get; init; }

    /// <summary>The exit code of the last run; 0 while it runs.</summary>
    public required int ExitCode { get; init; }

    /// <summary>Whether the kernel killed it because it ran out of memory.</summary>
    public required bool OutOfMemory { get; init; }

    /// <summary>Why the engine could not start it; empty otherwise.</summary>
    public required string Error { get; init; }

    /// <summary>When it was last started; null if never.</summary>
    public required DateTimeOffset? Started { get; init; }

    /// <summary>When it last exited; null if never.</summary>
    public required DateTimeOffset? Ended { get; init; }

    /// <summary>How often its restart policy has started it again.</summary>
    public required long RestartCount { get; init; }

    /// <summary>Whether it has a terminal; its log is then one stream.</summary>
    public required bool Tty { get; init; }

    /// <summary>The logging driver, such as <c>json-file</c>; <c>none</c> stores no log. Empty if unknown.</summary>
    public string LogDriver { get; init; } = "";

    /// <summary>The user of its process as configured; empty is the image's.</summary>
    public required string User { get; init; }

    /// <summary>The environment as <c>KEY=value</c>, including that of the image. May contain secrets: never print it.</summary>
    public required IReadOnlyList<string> Environment { get; init; }

    /// <summary>The effective healthcheck, possibly from the image; null if there is none.</summary>
    public required HealthcheckSpec? Healthcheck { get; init; }

    /// <summary>The labels.</summary>
    public required IReadOnlyDictionary<string, string> Labels { get; init; }

    /// <summary>The networks by name.</summary>
    public required IReadOnlyDictionary<string, ContainerNetwork> Networks { get; init; }

    /// <summary>The mounts.</summary>
    public required IReadOnlyList<ContainerMount> Mounts { get; init; }
}

/// <summary>One run of a healthcheck.</summary>
/// <param name="Started">When it began.</param>
/// <param name="Ended">When it ended.</param>
/// <param name="ExitCode">0 is healthy; -1 means a timeout.</param>
/// <param name="Output">What it printed, cut by the engine at 4 KB.</param>
public sealed record HealthProbe(DateTimeOffset Started, DateTimeOffset Ended, int ExitCode, string Output);

/// <summary>Whether a container runs, and since when.</summary>
/// <param name="State">The state.</param>
/// <param name="Started">When it was started; null if it never was.</param>
/// <param name="RestartCount">How often the engine has restarted it.</param>
public sealed record ContainerRunState(ContainerState State, DateTimeOffset? Started, long RestartCount);
