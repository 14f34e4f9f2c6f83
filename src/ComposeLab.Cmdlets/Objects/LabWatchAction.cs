namespace ComposeLab;

/// <summary>An action that changed files caused.</summary>
public sealed class LabWatchAction
{
    /// <summary>The project.</summary>
    public required string ProjectName { get; init; }

    /// <summary>The service.</summary>
    public required string Service { get; init; }

    /// <summary>What was done.</summary>
    public required LabWatchKind Action { get; init; }

    /// <summary>Whether it succeeded.</summary>
    public required bool Succeeded { get; init; }

    /// <summary>When it ended.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>How long it took.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>The paths that were copied or deleted, or that caused the action.</summary>
    public required IReadOnlyList<string> Paths { get; init => field = Indexable.Of(value); }

    /// <summary>The output of the command of sync+exec; empty for other actions.</summary>
    public required string Output { get; init; }

    /// <summary>The action on one line.</summary>
    /// <returns>The action, the service and the number of paths.</returns>
    public override string ToString() => $"{Action} {Service} ({Paths.Count})";
}

/// <summary>What is done when files change.</summary>
public enum LabWatchKind
{
    /// <summary>Files were copied to the containers, or deleted there.</summary>
    Sync,

    /// <summary>The image was built, and the containers were recreated.</summary>
    Rebuild,

    /// <summary>The containers were restarted.</summary>
    Restart,

    /// <summary>A command was run in a container.</summary>
    Exec,
}
