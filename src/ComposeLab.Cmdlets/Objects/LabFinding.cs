namespace ComposeLab;

/// <summary>Something that a rule found in a project's files.</summary>
public sealed class LabFinding
{
    /// <summary>The project's name; piped into a cmdlet for stacks it says which one is meant.</summary>
    public required string ProjectName { get; init; }

    /// <summary>The rule's name; docs/rules.md describes it.</summary>
    public required string Rule { get; init; }

    /// <summary>How much it matters under the policy that was asked for.</summary>
    public required LabSeverity Severity { get; init; }

    /// <summary>The service it is about; null for the project as a whole.</summary>
    public string? Service { get; init; }

    /// <summary>The place in the merged config, such as services.db.ports[0].</summary>
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

    /// <summary>The finding in one line, as compilers print theirs.</summary>
    /// <returns><c>file:line:column: severity rule: message</c>.</returns>
    public override string ToString() =>
        $"{(File is null ? Path : $"{File}:{Line}:{Column}")}: {Severity.ToString().ToLowerInvariant()} {Rule}: {Message}";
}

/// <summary>A rule that Test-LabConfig puts to a project.</summary>
public sealed class LabConfigRule
{
    /// <summary>The rule's name, as -Rule, -ExcludeRule and the comment that silences it take it.</summary>
    public required string Rule { get; init; }

    /// <summary>How much its findings matter; null when it is asked in production only.</summary>
    public LabSeverity? Severity { get; init; }

    /// <summary>How much its findings matter in production.</summary>
    public required LabSeverity InProduction { get; init; }

    /// <summary>What it finds.</summary>
    public required string Finds { get; init; }

    /// <summary>What to do about it, in general.</summary>
    public required string Remedy { get; init; }

    /// <summary>Names the rule.</summary>
    /// <returns>The rule's name.</returns>
    public override string ToString() => Rule;
}

/// <summary>How much a finding matters.</summary>
public enum LabSeverity
{
    /// <summary>Worth knowing; nothing is wrong yet.</summary>
    Information,

    /// <summary>It will hurt one day.</summary>
    Warning,

    /// <summary>It must not go into production: a start for production is refused.</summary>
    Error,
}

/// <summary>What a project is meant for.</summary>
public enum LabPolicy
{
    /// <summary>The lab profile says it: Prod and Production mean production, everything else does not.</summary>
    ByProfile,

    /// <summary>Production, whatever the profile.</summary>
    Prod,

    /// <summary>Anything but production, whatever the profile.</summary>
    None,
}
