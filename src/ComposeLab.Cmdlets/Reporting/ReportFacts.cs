using ComposeLab.Compose.Model;

namespace ComposeLab.Reporting;

/// <summary>The facts of a report; collected before anything is written.</summary>
internal sealed record ReportFacts
{
    /// <summary>The project as its files define it.</summary>
    public required ComposeProject Project { get; init; }

    /// <summary>The lab profile; empty for the base file alone.</summary>
    public required string Profile { get; init; }

    /// <summary>When the facts were collected.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The containers of the stack.</summary>
    public required IReadOnlyList<LabService> Containers { get; init; }

    /// <summary>The images of every lab profile.</summary>
    public required IReadOnlyList<LabImageSize> Images { get; init; }

    /// <summary>Why the engine could not be queried; null if it could.</summary>
    public required string? EngineFault { get; init; }

    /// <summary>The findings of the rules.</summary>
    public required IReadOnlyList<LabFinding> Findings { get; init; }

    /// <summary>The differences between the two profiles.</summary>
    public required IReadOnlyList<LabConfigDifference> Differences { get; init; }

    /// <summary>The two compared profiles, the reference first; empty if the project does not have two.</summary>
    public required IReadOnlyList<string> Compared { get; init; }

    /// <summary>The containers of one service.</summary>
    /// <param name="service">The service's name.</param>
    public IEnumerable<LabService> Of(string service) => Containers.Where(container => container.Service == service);

    /// <summary>The state of a service in one word, that of its worst container.</summary>
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
