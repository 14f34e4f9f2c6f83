using ComposeLab.Compose.Model;

namespace ComposeLab.Reporting;

/// <summary>What a report tells; gathered before a word of it is written.</summary>
internal sealed record ReportFacts
{
    /// <summary>The project as its files define it.</summary>
    public required ComposeProject Project { get; init; }

    /// <summary>The lab profile; empty for the base file alone.</summary>
    public required string Profile { get; init; }

    /// <summary>When the facts were gathered.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The containers of the stack.</summary>
    public required IReadOnlyList<LabService> Containers { get; init; }

    /// <summary>The images of every lab profile.</summary>
    public required IReadOnlyList<LabImageSize> Images { get; init; }

    /// <summary>Why the engine could not be asked; null where it could.</summary>
    public required string? EngineFault { get; init; }

    /// <summary>What the rules found.</summary>
    public required IReadOnlyList<LabFinding> Findings { get; init; }

    /// <summary>What differs between the two profiles.</summary>
    public required IReadOnlyList<LabConfigDifference> Differences { get; init; }

    /// <summary>The two profiles that were compared, the reference first; empty where the project has no two.</summary>
    public required IReadOnlyList<string> Compared { get; init; }

    /// <summary>The containers of one service.</summary>
    /// <param name="service">The service's name.</param>
    public IEnumerable<LabService> Of(string service) => Containers.Where(container => container.Service == service);

    /// <summary>What is to be said of a service in one word, the worst of its containers first.</summary>
    /// <param name="service">The service's name.</param>
    public ServiceVerdict Verdict(string service)
    {
        var containers = Of(service).ToList();
        if (EngineFault is not null)
        {
            return ServiceVerdict.Unknown;
        }

        if (containers.Count == 0)
        {
            return ServiceVerdict.Absent;
        }

        return containers.Max(Verdict);
    }

    private static ServiceVerdict Verdict(LabService container) => container switch
    {
        { Health: LabHealth.Unhealthy } or { State: LabServiceState.Dead or LabServiceState.Restarting } => ServiceVerdict.Bad,
        { State: LabServiceState.Exited, ExitCode: 0 } => ServiceVerdict.Done,
        { State: LabServiceState.Exited } => ServiceVerdict.Bad,
        { Health: LabHealth.Starting } or { State: not LabServiceState.Running } => ServiceVerdict.Waiting,
        _ => ServiceVerdict.Good,
    };
}
