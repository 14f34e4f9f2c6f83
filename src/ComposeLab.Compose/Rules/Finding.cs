namespace ComposeLab.Compose.Rules;

/// <summary>Something that a rule found in a project.</summary>
public sealed record Finding
{
    /// <summary>The rule's id.</summary>
    public required string Rule { get; init; }

    /// <summary>How much it matters under the chosen policy.</summary>
    public required FindingSeverity Severity { get; init; }

    /// <summary>The service it is about; null: the project.</summary>
    public string? Service { get; init; }

    /// <summary>The place in the model, such as <c>services.db.ports[0]</c>.</summary>
    public required string Path { get; init; }

    /// <summary>The file (absolute); null when no file is at fault.</summary>
    public string? File { get; init; }

    /// <summary>Line, from 1; 0 when unknown.</summary>
    public int Line { get; init; }

    /// <summary>Column, from 1; 0 when unknown.</summary>
    public int Column { get; init; }

    /// <summary>What is there and what follows from it. Never holds a secret.</summary>
    public required string Message { get; init; }

    /// <summary>What to write or type instead.</summary>
    public required string Recommendation { get; init; }
}

/// <summary>How much a finding matters.</summary>
public enum FindingSeverity
{
    /// <summary>Worth knowing; nothing is wrong yet.</summary>
    Information,

    /// <summary>It will hurt one day.</summary>
    Warning,

    /// <summary>It must not go into production.</summary>
    Error,
}
