namespace ComposeLab;

/// <summary>A task: one instance of a service of a swarm.</summary>
public sealed class LabTask
{
    /// <summary>The stack; empty if the service belongs to none.</summary>
    public required string ProjectName { get; init; }

    /// <summary>The service's key in the Compose files.</summary>
    public required string Service { get; init; }

    /// <summary>The number among the tasks of the service; 0 if there is one on each node.</summary>
    public required int Slot { get; init; }

    /// <summary>The node; empty if none was found yet.</summary>
    public required string Node { get; init; }

    /// <summary>The state in the swarm's words, such as <c>running</c> or <c>pending</c>.</summary>
    public required string State { get; init; }

    /// <summary>The state it should reach.</summary>
    public required string DesiredState { get; init; }

    /// <summary>When the state was reached.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>The whole error; empty if there is none.</summary>
    public required string Error { get; init; }

    /// <summary>The exit code of its process; null if it has not ended.</summary>
    public int? ExitCode { get; init; }

    /// <summary>For a task without a node: why each node does not run it.</summary>
    public required IReadOnlyList<LabPendingReason> Pending { get; init => field = Indexable.Of(value); }

    /// <summary>The ports of the node that lead to this task alone, such as <c>49153:8000/tcp</c>.</summary>
    public required IReadOnlyList<string> Ports { get; init => field = Indexable.Of(value); }

    /// <summary>The image.</summary>
    public required string Image { get; init; }

    /// <summary>The task's id.</summary>
    public required string TaskId { get; init; }

    /// <summary>The id of its container; empty if it was not created.</summary>
    public required string ContainerId { get; init; }

    /// <summary>When it was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The engine: the docker context, or the address if there is none.</summary>
    public string Engine { get; init; } = "";

    /// <summary>The name of the task in its service, such as <c>web.2</c>.</summary>
    /// <returns>The name.</returns>
    public override string ToString() => Slot > 0 ? $"{Service}.{Slot}" : $"{Service}.{Node}";
}

/// <summary>Why a node does not run a task.</summary>
public sealed class LabPendingReason
{
    /// <summary>The node.</summary>
    public required string Node { get; init; }

    /// <summary>The kind: Down, Availability, Constraint, Platform, Resources, Port, Plugin or MaxReplicas.</summary>
    public required string Kind { get; init; }

    /// <summary>What is wanted and what the node has.</summary>
    public required string Detail { get; init; }

    /// <summary>The reason on one line.</summary>
    /// <returns>The node and the detail.</returns>
    public override string ToString() => $"{Node}: {Detail}";
}
