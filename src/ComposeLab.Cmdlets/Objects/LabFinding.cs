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
