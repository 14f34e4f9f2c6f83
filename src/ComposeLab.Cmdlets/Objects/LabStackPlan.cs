namespace ComposeLab;

/// <summary>A plan for a stack: what would be done and why. It can be saved, reviewed by somebody else and then applied exactly as it is.</summary>
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

    /// <summary>Warnings to read before the plan is applied.</summary>
    public IReadOnlyList<string> Warnings { get; init => field = Indexable.Of(value); } = [];

    /// <summary>What prevents the plan from being applied, each with its error id.</summary>
    public IReadOnlyList<string> Findings { get; init => field = Indexable.Of(value); } = [];

    /// <summary>When the plan was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The module version that created it.</summary>
    public required string ModuleVersion { get; init; }

    /// <summary>The whole plan as JSON text: its purpose, every operation, and the configured values. Secrets are masked.</summary>
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

    /// <summary>Pauses it, as Suspend-LabStack does.</summary>
    Suspend,

    /// <summary>Resumes it, as Resume-LabStack does.</summary>
    Resume,

    /// <summary>Deploys it to a swarm, as Deploy-LabStack does.</summary>
    Deploy,

    /// <summary>Returns it to the state before the last deployment, as Undo-LabDeployment does.</summary>
    Undo,
}

/// <summary>One step of a plan, as <c>-WhatIf</c> shows it.</summary>
public sealed class LabOperation
{
    /// <summary>The position in the plan, from 1; steps that do not depend on each other run in parallel.</summary>
    public required int Order { get; init; }

    /// <summary>The project.</summary>
    public required string ProjectName { get; init; }

    /// <summary>The action: create, recreate, start, stop, remove, ...</summary>
    public required string Action { get; init; }

    /// <summary>The resource, such as <c>container lab-db-1</c>.</summary>
    public required string Resource { get; init; }

    /// <summary>The kind of resource: Container, Network, Volume, Image or Directory.</summary>
    public string ResourceKind { get; init; } = "";

    /// <summary>Its name on the engine.</summary>
    public string ResourceName { get; init; } = "";

    /// <summary>The service; null if there is none.</summary>
    public string? Service { get; init; }

    /// <summary>The reason, as text; secrets are masked.</summary>
    public required string Cause { get; init; }

    /// <summary>The changed values, if they are the reason; otherwise empty.</summary>
    public IReadOnlyList<LabFieldChange> Changes { get; init => field = Indexable.Of(value); } = [];

    /// <summary>Writes the step as a line of a plan.</summary>
    /// <returns>Action, resource and cause.</returns>
    public override string ToString() => $"{Action} {Resource}: {Cause}";
}

/// <summary>A value of a service that differs from the one its container was created with.</summary>
public sealed class LabFieldChange
{
    /// <summary>The place inside the service, such as environment.LOG_LEVEL.</summary>
    public required string Field { get; init; }

    /// <summary>The old value; null if there was none. Secrets are masked.</summary>
    public string? Before { get; init; }

    /// <summary>The new value; null if there is none. Secrets are masked.</summary>
    public string? After { get; init; }

    /// <summary>The source of the new value; null if it is in no file.</summary>
    public LabSourceLocation? Origin { get; init; }

    /// <summary>The change on one line.</summary>
    /// <returns>The field and both values.</returns>
    public override string ToString() => $"{Field}: {Before ?? "(none)"} -> {After ?? "(none)"}";
}
