namespace ComposeLab;

/// <summary>One check on the way from this machine to <c>SELECT 1</c>.</summary>
public sealed class LabDbCheck
{
    /// <summary>What was checked: engine, container, health, api, /db-check, dns, tcp, tls, authentication, database, SELECT 1, disk.</summary>
    public required string Name { get; init; }

    /// <summary>The result.</summary>
    public required LabDbOutcome Outcome { get; init; }

    /// <summary>How long it took; null if nothing was measured.</summary>
    public TimeSpan? Latency { get; init; }

    /// <summary>The observation, as text without secrets.</summary>
    public string Detail { get; init; } = "";

    /// <summary>Writes the check as a line.</summary>
    /// <returns>Name, outcome and detail.</returns>
    public override string ToString() => Detail.Length == 0 ? $"{Name}: {Outcome}" : $"{Name}: {Outcome}, {Detail}";
}
