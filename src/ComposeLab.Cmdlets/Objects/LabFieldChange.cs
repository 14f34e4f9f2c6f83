namespace ComposeLab;

/// <summary>A value of a service that differs from the one its container was made with.</summary>
public sealed class LabFieldChange
{
    /// <summary>The place inside the service, such as environment.LOG_LEVEL.</summary>
    public required string Field { get; init; }

    /// <summary>The value then; null where there was none. Secrets are masked.</summary>
    public string? Before { get; init; }

    /// <summary>The value now; null where there is none. Secrets are masked.</summary>
    public string? After { get; init; }

    /// <summary>Where the files give the value now; null where none does.</summary>
    public LabPlace? Origin { get; init; }

    /// <summary>The change on one line.</summary>
    /// <returns>The field and both values.</returns>
    public override string ToString() => $"{Field}: {Before ?? "(none)"} -> {After ?? "(none)"}";
}
