namespace ComposeLab;

/// <summary>A finding of a rule in the files of a project, or of the builder in a Dockerfile.</summary>
public sealed class LabFinding
{
    /// <summary>The project name, which also selects the stack if the object is piped to another cmdlet.</summary>
    public required string ProjectName { get; init; }

    /// <summary>The rule's name; docs/rules.md describes it, and the recommendation names the page about a rule of the builder.</summary>
    public required string Rule { get; init; }

    /// <summary>The severity with the selected policy.</summary>
    public required LabSeverity Severity { get; init; }

    /// <summary>The service it is about; null for the project as a whole.</summary>
    public string? Service { get; init; }

    /// <summary>The place in the merged configuration, such as services.db.ports[0].</summary>
    public required string Path { get; init; }

    /// <summary>The file (absolute); null if no file is at fault.</summary>
    public string? File { get; init; }

    /// <summary>Line, from 1; 0 if unknown.</summary>
    public int Line { get; init; }

    /// <summary>Column, from 1; 0 if unknown.</summary>
    public int Column { get; init; }

    /// <summary>The problem and its consequence. Never contains a secret.</summary>
    public required string Message { get; init; }

    /// <summary>The fix.</summary>
    public required string Recommendation { get; init; }

    /// <summary>The finding on one line, like a compiler message.</summary>
    /// <returns><c>file:line:column: severity rule: message</c>.</returns>
    public override string ToString() =>
        $"{(File is null ? Path : $"{File}:{Line}:{Column}")}: {Severity.ToString().ToLowerInvariant()} {Rule}: {Message}";
}

/// <summary>A rule that Test-LabConfig checks.</summary>
public sealed class LabConfigRule
{
    /// <summary>The rule's name, for -Rule, -ExcludeRule and the comment that allows a finding.</summary>
    public required string Rule { get; init; }

    /// <summary>The severity of its findings; null if it applies only in production.</summary>
    public LabSeverity? Severity { get; init; }

    /// <summary>The severity of its findings in production.</summary>
    public required LabSeverity InProduction { get; init; }

    /// <summary>What it finds.</summary>
    public required string Finds { get; init; }

    /// <summary>The general fix.</summary>
    public required string Remedy { get; init; }

    /// <summary>Names the rule.</summary>
    /// <returns>The rule's name.</returns>
    public override string ToString() => Rule;
}

/// <summary>The severity of a finding.</summary>
public enum LabSeverity
{
    /// <summary>Worth knowing, but not a problem yet.</summary>
    Information,

    /// <summary>Likely to cause trouble.</summary>
    Warning,

    /// <summary>Not allowed in production: a production start is rejected.</summary>
    Error,
}

/// <summary>What a project is for.</summary>
public enum LabPolicy
{
    /// <summary>Production if the lab profile is Prod or Production; otherwise not.</summary>
    ByProfile,

    /// <summary>Always production.</summary>
    Prod,

    /// <summary>Never production.</summary>
    None,
}
