using ComposeLab.Compose.Yaml;

namespace ComposeLab.Engine.Planning;

/// <summary>A plan under construction: steps are added after those they depend on.</summary>
/// <param name="projectName">The project's name.</param>
internal sealed class PlanDraft(string projectName)
{
    private readonly List<Operation> _operations = [];
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);
    private readonly List<PlanWarning> _warnings = [];
    private readonly List<PreflightFinding> _findings = [];
    private readonly List<string> _ready = [];

    /// <summary>The steps so far.</summary>
    public IReadOnlyList<Operation> Operations => _operations;

    /// <summary>Adds a step.</summary>
    /// <param name="operation">The step.</param>
    /// <param name="before">The ids of the steps that must have succeeded before.</param>
    /// <returns>The step's id.</returns>
    public string Add(Operation operation, IEnumerable<string> before)
    {
        _operations.Add(operation with { DependsOn = [.. before.Distinct(StringComparer.Ordinal)] });
        _ids.Add(operation.Id);
        return operation.Id;
    }

    /// <summary>Whether a step was added.</summary>
    /// <param name="id">Its id.</param>
    /// <returns>True if it was.</returns>
    public bool Has(string id) => _ids.Contains(id);

    /// <summary>Adds a warning.</summary>
    /// <param name="warning">The warning.</param>
    public void Warn(PlanWarning warning) => _warnings.Add(warning);

    /// <summary>Adds a problem that prevents the plan.</summary>
    /// <param name="id">The stable id of the error.</param>
    /// <param name="message">What was expected and what was found.</param>
    /// <param name="recommendation">The next step.</param>
    /// <param name="service">The affected service; null if there is none.</param>
    /// <param name="origin">The place in the Compose files.</param>
    /// <param name="remedies">The possible actions, as data.</param>
    public void AddFinding(
        EngineErrorId id, string message, string recommendation, string? service, Origin? origin, params IReadOnlyList<Remedy> remedies) => _findings.Add(new PreflightFinding
        {
            Id = id,
            Message = message,
            Recommendation = recommendation,
            Remedies = remedies,
            Service = service,
            File = origin is { IsInFile: true } ? origin.File : null,
            Line = origin?.Line ?? 0,
            Column = origin?.Column ?? 0,
        });

    /// <summary>Adds a finding.</summary>
    /// <param name="finding">The finding.</param>
    public void AddFinding(PreflightFinding finding) => _findings.Add(finding);

    /// <summary>Records that a container is already ready.</summary>
    /// <param name="container">Its name.</param>
    public void IsReady(string container) => _ready.Add(container);

    /// <summary>Finishes the plan.</summary>
    /// <returns>The plan.</returns>
    public StackPlan Finish() => new()
    {
        ProjectName = projectName,
        Operations = _operations,
        Warnings = _warnings,
        Findings = _findings,
        ReadyContainers = _ready,
    };
}
