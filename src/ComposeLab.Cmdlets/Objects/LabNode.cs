namespace ComposeLab;

/// <summary>A node of a swarm.</summary>
public sealed class LabNode
{
    /// <summary>The name of its machine.</summary>
    public required string Name { get; init; }

    /// <summary>The state in the swarm's words, such as <c>ready</c> or <c>down</c>.</summary>
    public required string State { get; init; }

    /// <summary>Whether it gets tasks.</summary>
    public required LabNodeAvailability Availability { get; init; }

    /// <summary>Worker or manager.</summary>
    public required LabNodeRole Role { get; init; }

    /// <summary>Whether it leads the managers.</summary>
    public required bool IsLeader { get; init; }

    /// <summary>For a manager: whether the others reach it, in the swarm's words; empty for a worker.</summary>
    public required string Reachability { get; init; }

    /// <summary>The number of its running tasks.</summary>
    public required int Tasks { get; init; }

    /// <summary>Its processors.</summary>
    public required double Cpus { get; init; }

    /// <summary>Its memory, in bytes.</summary>
    public required long Memory { get; init; }

    /// <summary>The memory that running tasks have reserved, in bytes.</summary>
    public required long ReservedMemory { get; init; }

    /// <summary>The platform, such as <c>linux/x86_64</c>.</summary>
    public required string Platform { get; init; }

    /// <summary>The version of its engine.</summary>
    public required string Version { get; init; }

    /// <summary>Its address.</summary>
    public required string Address { get; init; }

    /// <summary>Its labels.</summary>
    public required IReadOnlyDictionary<string, string> Labels { get; init; }

    /// <summary>The node's id.</summary>
    public required string NodeId { get; init; }

    /// <summary>The engine that was asked: the docker context, or the address if there is none.</summary>
    public string Engine { get; init; } = "";

    /// <summary>The name of its machine.</summary>
    /// <returns>The name.</returns>
    public override string ToString() => Name;
}

/// <summary>Whether a node gets tasks.</summary>
public enum LabNodeAvailability
{
    /// <summary>It gets tasks.</summary>
    Active,

    /// <summary>It keeps its tasks and gets no new ones.</summary>
    Pause,

    /// <summary>Its tasks are moved to other nodes.</summary>
    Drain,
}

/// <summary>The role of a node.</summary>
public enum LabNodeRole
{
    /// <summary>It runs tasks.</summary>
    Worker,

    /// <summary>It controls the swarm, and runs tasks.</summary>
    Manager,
}
