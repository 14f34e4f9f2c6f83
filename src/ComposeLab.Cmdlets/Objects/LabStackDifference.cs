namespace ComposeLab;

/// <summary>A difference between a running stack and its files, or the same stack on another engine.</summary>
public sealed class LabStackDifference
{
    /// <summary>The project.</summary>
    public required string ProjectName { get; init; }

    /// <summary>The service; null if there is none.</summary>
    public string? Service { get; init; }

    /// <summary>The resource, such as <c>container lab-db-1</c>.</summary>
    public required string Resource { get; init; }

    /// <summary>The kind of difference.</summary>
    public required LabDriftKind Kind { get; init; }

    /// <summary>The place inside the service, such as environment.LOG_LEVEL; empty if the whole resource differs.</summary>
    public required string Field { get; init; }

    /// <summary>The value of the files or of the reference engine; null if there is none. Secrets are masked.</summary>
    public string? ReferenceValue { get; init; }

    /// <summary>The value of the running stack; null if there is none. Secrets are masked.</summary>
    public string? Value { get; init; }

    /// <summary>The difference in words.</summary>
    public required string Reason { get; init; }

    /// <summary>Where the reference value is from; null if it is in no file.</summary>
    public LabSourceLocation? Origin { get; init; }

    /// <summary>The difference on one line.</summary>
    /// <returns>The resource and the reason.</returns>
    public override string ToString() => $"{Resource}: {Reason}";
}

/// <summary>How a running stack differs.</summary>
public enum LabDriftKind
{
    /// <summary>Both have it, with different values.</summary>
    Changed,

    /// <summary>The stack does not have it.</summary>
    Missing,

    /// <summary>Only the stack has it.</summary>
    Extra,

    /// <summary>The stack has it, but it does not run.</summary>
    Stopped,
}
