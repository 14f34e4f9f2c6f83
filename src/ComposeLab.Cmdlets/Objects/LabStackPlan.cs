namespace ComposeLab;

/// <summary>A plan for a stack: what would be done to it and why. It can be saved, reviewed by somebody else and then applied exactly as it is.</summary>
public sealed class LabStackPlan
{
    /// <summary>The project.</summary>
    public required string ProjectName { get; init; }

    /// <summary>What the plan does to the stack.</summary>
    public required LabPlanAction For { get; init; }

    /// <summary>The lab profile; null for the base file alone.</summary>
    public string? Profile { get; init; }

    /// <summary>The project folder (absolute); null if only the stack on the engine is known.</summary>
    public string? Folder { get; init; }

    /// <summary>The address of the engine.</summary>
    public required string Engine { get; init; }

    /// <summary>The operations in order; those that do not depend on each other run in parallel.</summary>
    public required IReadOnlyList<LabOperation> Operations { get; init => field = Indexable.Of(value); }

    /// <summary>What you should know before the plan is applied.</summary>
    public IReadOnlyList<string> Warnings { get; init => field = Indexable.Of(value); } = [];

    /// <summary>What prevents the plan from being applied, each with its error id.</summary>
    public IReadOnlyList<string> Findings { get; init => field = Indexable.Of(value); } = [];

    /// <summary>When the plan was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The version of the module that made it.</summary>
    public required string ModuleVersion { get; init; }

    /// <summary>The whole plan as JSON text: what it was made for, every operation, and the configured values. Secrets are masked.</summary>
    public required string Document { get; init; }

    /// <summary>The plan on one line.</summary>
    /// <returns>What it does to which stack, and the number of operations.</returns>
    public override string ToString() => $"{For} {ProjectName}: {Operations.Count} {(Operations.Count == 1 ? "operation" : "operations")}";
}

/// <summary>What a plan does to a stack.</summary>
public enum LabPlanAction
{
    /// <summary>Starts it, as Start-LabStack does.</summary>
    Start,

    /// <summary>Stops it, as Stop-LabStack does.</summary>
    Stop,

    /// <summary>Restarts it, as Restart-LabStack does.</summary>
    Restart,

    /// <summary>Removes it, as Remove-LabStack does.</summary>
    Remove,
}
