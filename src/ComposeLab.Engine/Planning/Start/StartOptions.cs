namespace ComposeLab.Engine.Planning;

/// <summary>How a stack is started.</summary>
public sealed record StartOptions
{
    /// <summary>The services to start, with what they depend on; empty is all.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];

    /// <summary>Whether images with a build section are built although they are there.</summary>
    public bool Build { get; init; }

    /// <summary>Overrides the services' pull policy: <c>always</c>, <c>missing</c> or <c>never</c>; null leaves it to them.</summary>
    public string? Pull { get; init; }

    /// <summary>Whether containers are made anew although nothing differs.</summary>
    public bool ForceRecreate { get; init; }

    /// <summary>Whether containers of services that the project no longer defines are removed.</summary>
    public bool RemoveOrphans { get; init; }

    /// <summary>Number of containers by service; others keep what the project says.</summary>
    public IReadOnlyDictionary<string, int> Scale { get; init; } = new Dictionary<string, int>();

    /// <summary>Whether to return as soon as everything is started, without waiting until it is ready.</summary>
    public bool NoWait { get; init; }

    /// <summary>Whether health is left to the engine's own probes alone.</summary>
    public bool NoProbe { get; init; }

    /// <summary>How long one service may take to become ready; null is five minutes.</summary>
    public TimeSpan? ReadyLimit { get; init; }

    /// <summary>How long a container that is replaced or removed may take to stop; null is the container's own setting.</summary>
    public TimeSpan? StopLimit { get; init; }
}
