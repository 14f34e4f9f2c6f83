namespace ComposeLab;

/// <summary>A project as it exists on the engine, including those created by docker compose.</summary>
public sealed class LabStack
{
    /// <summary>The project's name.</summary>
    public required string ProjectName { get; init; }

    /// <summary>What runs it: this engine alone, or a swarm.</summary>
    public LabOrchestrator Orchestrator { get; init; }

    /// <summary>The number of running containers; on a swarm, of tasks.</summary>
    public required int Running { get; init; }

    /// <summary>The number of containers; on a swarm, of wanted tasks; of a removed stack, the number that was removed.</summary>
    public required int Total { get; init; }

    /// <summary>The services, in ordinal order.</summary>
    public required IReadOnlyList<string> Services { get; init => field = Indexable.Of(value); }

    /// <summary>The worst health among the containers.</summary>
    public required LabHealth Health { get; init; }

    /// <summary>The project directory it was created from; empty if unknown.</summary>
    public required string WorkingDirectory { get; init; }

    /// <summary>The same as <see cref="WorkingDirectory"/>, with the name of the parameter that reads it from the pipeline.</summary>
    public string ProjectDirectory => WorkingDirectory;

    /// <summary>The Compose files it was created from, absolute, in merge order; empty if unknown.</summary>
    public required IReadOnlyList<string> ConfigFiles { get; init => field = Indexable.Of(value); }

    /// <summary>The engine: the docker context, or the address if there is none.</summary>
    public string Engine { get; init; } = "";

    /// <summary>Whether these containers were removed.</summary>
    internal bool IsRemoved { get; init; }

    /// <summary>The overall state.</summary>
    public LabStackState State => IsRemoved ? LabStackState.Removed : Running == 0 ? LabStackState.Stopped : Running == Total ? LabStackState.Running : LabStackState.PartlyRunning;

    /// <summary>Names the stack, for messages.</summary>
    /// <returns>The project's name.</returns>
    public override string ToString() => ProjectName;
}

/// <summary>What runs a stack.</summary>
public enum LabOrchestrator
{
    /// <summary>One engine, as with docker compose.</summary>
    Compose,

    /// <summary>A swarm, as with docker stack deploy.</summary>
    Swarm,
}

/// <summary>The overall state of a stack.</summary>
public enum LabStackState
{
    /// <summary>No container is running.</summary>
    Stopped,

    /// <summary>Some containers are running.</summary>
    PartlyRunning,

    /// <summary>All containers are running.</summary>
    Running,

    /// <summary>The containers were removed.</summary>
    Removed,
}
