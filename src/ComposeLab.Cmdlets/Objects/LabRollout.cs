namespace ComposeLab;

/// <summary>A service of a swarm stack, and how far it is on its way to its definition.</summary>
public sealed class LabRollout
{
    /// <summary>The stack.</summary>
    public required string ProjectName { get; init; }

    /// <summary>What runs it: a swarm.</summary>
    public LabOrchestrator Orchestrator => LabOrchestrator.Swarm;

    /// <summary>The service's key in the Compose files.</summary>
    public required string Service { get; init; }

    /// <summary>The state.</summary>
    public required LabRolloutState State { get; init; }

    /// <summary>The tasks with the current definition that run; of a job, those that have completed.</summary>
    public required long Done { get; init; }

    /// <summary>The number of tasks that are wanted.</summary>
    public required long Total { get; init; }

    /// <summary>How many tasks there are of how many, such as <c>2/3</c>.</summary>
    public string Replicas => $"{Done}/{Total}";

    /// <summary>How its tasks are counted.</summary>
    public required string Mode { get; init; }

    /// <summary>The image, without its digest.</summary>
    public required string Image { get; init; }

    /// <summary>The digest of the image; empty if it was not looked up.</summary>
    public required string Digest { get; init; }

    /// <summary>The published ports, such as <c>8080:80/tcp</c>.</summary>
    public required IReadOnlyList<string> Ports { get; init => field = Indexable.Of(value); }

    /// <summary>What the swarm says about the last update; empty if there is nothing to say.</summary>
    public required string Message { get; init; }

    /// <summary>The service's name in the swarm.</summary>
    public required string Name { get; init; }

    /// <summary>The service's id.</summary>
    public required string ServiceId { get; init; }

    /// <summary>When its definition was last changed.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Whether there is an earlier definition to return to.</summary>
    public required bool CanUndo { get; init; }

    /// <summary>The engine: the docker context, or the address if there is none.</summary>
    public string Engine { get; init; } = "";

    /// <summary>The service with the number of its tasks.</summary>
    /// <returns>For example <c>web 2/3</c>.</returns>
    public override string ToString() => $"{Service} {Replicas}";
}

/// <summary>The state of a service of a swarm.</summary>
public enum LabRolloutState
{
    /// <summary>Tasks are missing.</summary>
    Starting,

    /// <summary>Tasks are being replaced.</summary>
    Updating,

    /// <summary>All tasks run, and are watched for failures.</summary>
    Monitoring,

    /// <summary>Every task is as it should be.</summary>
    Converged,

    /// <summary>The swarm returns to the previous definition.</summary>
    RollingBack,

    /// <summary>The swarm returned to the previous definition.</summary>
    RolledBack,

    /// <summary>The swarm stopped the update, or the rollback, because of failures.</summary>
    Paused,

    /// <summary>Tasks failed and are not restarted.</summary>
    Failed,
}

/// <summary>When the digest of an image is looked up in a registry.</summary>
public enum LabResolveImage
{
    /// <summary>When the image in the file has changed.</summary>
    Changed,

    /// <summary>At every deployment.</summary>
    Always,

    /// <summary>Never.</summary>
    Never,
}
