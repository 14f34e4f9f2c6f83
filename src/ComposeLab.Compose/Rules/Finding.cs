namespace ComposeLab.Compose.Rules;

/// <summary>A finding of a rule in a project.</summary>
public sealed record Finding
{
    /// <summary>The rule's id.</summary>
    public required string Rule { get; init; }

    /// <summary>The severity with the selected policy.</summary>
    public required FindingSeverity Severity { get; init; }

    /// <summary>The service; null: the project.</summary>
    public string? Service { get; init; }

    /// <summary>The place in the model, such as <c>services.db.ports[0]</c>.</summary>
    public required string Path { get; init; }

    /// <summary>The file (absolute); null if no file is at fault.</summary>
    public string? File { get; init; }

    /// <summary>Line, from 1; 0 if unknown.</summary>
    public int Line { get; init; }

    /// <summary>Column, from 1; 0 if unknown.</summary>
    public int Column { get; init; }

    /// <summary>The problem and its consequence. Must not contain secrets.</summary>
    public required string Message { get; init; }

    /// <summary>The fix.</summary>
    public required string Recommendation { get; init; }
}

/// <summary>The severity of a finding.</summary>
public enum FindingSeverity
{
    /// <summary>Worth knowing, but not a problem yet.</summary>
    Information,

    /// <summary>Likely to cause trouble.</summary>
    Warning,

    /// <summary>Not allowed in production.</summary>
    Error,
}
