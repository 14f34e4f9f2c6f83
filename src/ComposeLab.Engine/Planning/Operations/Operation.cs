namespace ComposeLab.Engine.Planning;

/// <summary>One step of a plan: one engine call, or one wait, with its cause.</summary>
public abstract record Operation
{
    /// <summary>The step's name inside its plan, such as <c>start lab-db-1</c>.</summary>
    public required string Id { get; init; }

    /// <summary>What it does.</summary>
    public abstract OperationKind Kind { get; }

    /// <summary>What it is about: <c>container lab-db-1</c>, <c>network lab_default</c>, <c>image lab-api</c>.</summary>
    public required string Resource { get; init; }

    /// <summary>The name in <see cref="Resource"/>, without what it is: <c>lab-db-1</c>.</summary>
    public string ResourceName => Resource[(Resource.IndexOf(' ', StringComparison.Ordinal) + 1)..];

    /// <summary>The service concerned, when there is one.</summary>
    public string? Service { get; init; }

    /// <summary>Why, in words: <c>no container yet</c>, <c>environment.LOG_LEVEL: info -> debug (compose.yaml:4)</c>. Secrets are masked.</summary>
    public required string Cause { get; init; }

    /// <summary>Whether what it creates takes the place of what was there.</summary>
    public bool Replaces { get; init; }

    /// <summary>The values that differ, where that is the cause; each with its place in the compose files.</summary>
    public IReadOnlyList<FieldChange> Changes { get; init; } = [];

    /// <summary>The ids of the steps that must have ended well before.</summary>
    public IReadOnlyList<string> DependsOn { get; init; } = [];

    /// <summary>Whether it only serves another step that carries the cause; left out where people read the plan.</summary>
    public bool IsDetail { get; init; }

    /// <summary>What it does, as the word that begins a line of a plan.</summary>
    public string Verb => Kind switch
    {
        OperationKind.BuildImage => "build",
        OperationKind.PullImage => "pull",
        OperationKind.CreateNetwork or OperationKind.CreateVolume or OperationKind.CreateContainer or OperationKind.CreateDirectory => Replaces ? "recreate" : "create",
        OperationKind.RemoveNetwork or OperationKind.RemoveVolume or OperationKind.RemoveContainer or OperationKind.RemoveImage => "remove",
        OperationKind.ConnectNetwork => "connect",
        OperationKind.CopyFiles => "fill",
        OperationKind.StartContainer => "start",
        OperationKind.UnpauseContainer => "unpause",
        OperationKind.WaitContainer => "wait",
        OperationKind.RunHook => "run",
        OperationKind.StopContainer => "stop",
        _ => "rename",
    };

    /// <summary>The step as a line of a plan.</summary>
    /// <returns><c>create container lab-db-1: no container yet</c>.</returns>
    public sealed override string ToString() => $"{Verb} {Resource}: {Cause}";
}
