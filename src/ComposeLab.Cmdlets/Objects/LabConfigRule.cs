namespace ComposeLab;

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
