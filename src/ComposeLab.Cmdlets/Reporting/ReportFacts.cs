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

    /// <summary>The version of this module; empty if unknown.</summary>
    public string ModuleVersion { get; init; } = "";

    /// <summary>The address of the engine and its version, such as <c>unix:///var/run/docker.sock, Docker 20.10.24</c>; empty if it could not be queried.</summary>
    public string Engine { get; init; } = "";

    /// <summary>The last output of the unhealthy and failed containers.</summary>
    public IReadOnlyList<ContainerTrouble> Troubles { get; init; } = [];

    /// <summary>The result of the database test; null if the project has no database or is not running.</summary>
    public LabDbTestResult? Database { get; init; }

    /// <summary>The bytes of the images of <see cref="Profile"/> that exist, each layer counted once.</summary>
    public long? ImageBytes { get; init; }

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

    /// <summary>The unhealthy and failed containers.</summary>
    public IEnumerable<LabService> Failing => Containers.Where(container => Verdict(container) == ServiceVerdict.Bad);

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

/// <summary>The last output of an unhealthy or failed container.</summary>
/// <param name="Container">The container's name.</param>
/// <param name="Probe">The output of its last health probe; null if there is none.</param>
/// <param name="Log">The last lines of its log.</param>
internal sealed record ContainerTrouble(string Container, string? Probe, IReadOnlyList<string> Log);
