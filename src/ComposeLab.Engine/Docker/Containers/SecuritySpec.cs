namespace ComposeLab.Engine.Docker;

/// <summary>What a container may do, and what it shares with the host or other containers.</summary>
public sealed record SecuritySpec
{
    /// <summary>Whether it may do nearly everything the host may.</summary>
    public bool Privileged { get; init; }

    /// <summary>Whether its root file system is read-only.</summary>
    public bool ReadOnlyRoot { get; init; }

    /// <summary>Capabilities added to the default set.</summary>
    public IReadOnlyList<string> CapAdd { get; init; } = [];

    /// <summary>Capabilities taken from the default set.</summary>
    public IReadOnlyList<string> CapDrop { get; init; } = [];

    /// <summary>Labels and profiles of the host's security modules, with file profiles already read in.</summary>
    public IReadOnlyList<string> Options { get; init; } = [];

    /// <summary>Groups the user is in besides its own.</summary>
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
