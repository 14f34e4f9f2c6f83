using ComposeLab.Compose.Model;
using ComposeLab.Engine.Docker;

namespace ComposeLab.Engine.Planning;

/// <summary>The shared state for planning a start.</summary>
/// <param name="Project">The project.</param>
/// <param name="Observed">The state of the engine.</param>
/// <param name="Options">The options of the start.</param>
/// <param name="Engine">The engine's capabilities.</param>
/// <param name="Draft">The plan so far.</param>
internal sealed record StartScope(
    ComposeProject Project, ObservedState Observed, StartOptions Options, EngineInfo Engine, PlanDraft Draft)
{
    /// <summary>The planned services by name, each added when its containers are planned.</summary>
    public Dictionary<string, PlannedService> Services { get; } = new(StringComparer.Ordinal);

    /// <summary>The containers that the plan stops before it processes them, by id.</summary>
    public Dictionary<string, EarlyStop> Stopped { get; } = new(StringComparer.Ordinal);

    /// <summary>The containers that the plan removes before their services are planned, by id.</summary>
    public HashSet<string> Removed { get; } = new(StringComparer.Ordinal);

    /// <summary>The services that are started, each after those it depends on.</summary>
    public required IReadOnlyList<ServiceDefinition> Selected { get; init; }

    /// <summary>Whether a service is started only as an optional dependency (<c>required: false</c>): they are started even if it fails.</summary>
    /// <param name="service">The service.</param>
    /// <returns>True if no service needs it and the user did not name it.</returns>
    public bool IsOptional(ServiceDefinition service) => Optional.Contains(service.Name);

    /// <summary>The requested number of containers of a service.</summary>
    /// <param name="service">The service.</param>
    /// <returns>The number.</returns>
    public int Replicas(ServiceDefinition service) => Options.Scale.TryGetValue(service.Name, out int scale) ? scale : service.Replicas;

    /// <summary>The services that restart with another one, by its name.</summary>
    public ILookup<string, ServiceDefinition> RestartedWith => field ??= Selected
        .SelectMany(service => service.DependsOn.Where(entry => entry.Value.Restart).Select(entry => (entry.Key, service)))
        .ToLookup(entry => entry.Key, entry => entry.service, StringComparer.Ordinal);

    /// <summary>The services, of those the project defines, whose end others wait for.</summary>
    public IReadOnlySet<string> AwaitedToEnd => field ??= Project.Services.Values.Concat(Project.DisabledServices.Values)
        .SelectMany(service => service.DependsOn)
        .Where(entry => entry.Value.Condition == DependencyCondition.ServiceCompletedSuccessfully)
        .Select(entry => entry.Key).ToHashSet(StringComparer.Ordinal);

    private HashSet<string> Optional
    {
        get
        {
            if (field is null)
            {
                ILookup<bool, string> uses = Selected.SelectMany(service => service.DependsOn).ToLookup(entry => entry.Value.Required, entry => entry.Key);
                field = uses[false].ToHashSet(StringComparer.Ordinal);
                field.ExceptWith(uses[true]);
                field.ExceptWith(Options.Services);
            }

            return field;
        }
    }

    /// <summary>Adds the steps that end containers.</summary>
    public ContainerTeardown Teardown { get; } = new(Draft, Project, Options.StopLimit);
}

/// <summary>A container that a service will have.</summary>
/// <param name="Name">Its final name.</param>
/// <param name="Id">Its id; null if the plan creates it.</param>
/// <param name="MadeBy">The step that creates it; null if it exists.</param>
internal sealed record PlannedContainer(string Name, string? Id, string? MadeBy = null);

/// <summary>A service with planned containers, for the services that depend on it.</summary>
internal sealed class PlannedService
{
    /// <summary>Its containers, by number.</summary>
    public List<PlannedContainer> Containers { get; } = [];

    /// <summary>The steps after which every container of it exists under its final name; empty for containers that exist already.</summary>
    public List<string> Named { get; } = [];

    /// <summary>The steps after which every container of it has been started; empty if all run already.</summary>
    public List<string> Started { get; } = [];
}

/// <summary>A container that is stopped before its service is planned.</summary>
/// <param name="Step">The step that stops it.</param>
/// <param name="Cause">Why.</param>
internal sealed record EarlyStop(string Step, string Cause);
