using System.Globalization;
using ComposeLab.Compose.Model;
using ComposeLab.Engine.Docker;

namespace ComposeLab.Engine.Planning;

/// <summary>A stack on the engine, without its files.</summary>
public sealed record ObservedStack
{
    /// <summary>The project's name.</summary>
    public required string Name { get; init; }

    /// <summary>Its containers.</summary>
    public required IReadOnlyList<ObservedContainer> Containers { get; init; }

    /// <summary>The number of running ones.</summary>
    public int Running => Containers.Count(container => container.IsRunning);

    /// <summary>The names of its services.</summary>
    public IReadOnlyList<string> Services =>
        [.. Containers.Select(container => container.Service).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>The directory of the project; empty if unknown.</summary>
    public string WorkingDirectory =>
        Containers.Select(container => container.WorkingDirectory).FirstOrDefault(directory => directory.Length > 0) ?? "";

    /// <summary>The Compose files it was created from.</summary>
    public IReadOnlyList<string> ConfigFiles =>
        Containers.Select(container => container.ConfigFiles).FirstOrDefault(files => files.Count > 0) ?? [];
}

/// <summary>A container of a stack, including those created by other tools.</summary>
/// <param name="Summary">The container as the engine lists it.</param>
public sealed record ObservedContainer(ContainerSummary Summary)
{
    /// <summary>Whether this module's own probe found it healthy, and the engine has not reported anything since then.</summary>
    public bool SeenByProbe { get; init; }

    /// <summary>The id of its task in a swarm; empty for a container of a Compose stack.</summary>
    public string TaskId { get; init; } = "";

    /// <summary>The node of its task; null if it is not a task, or if an engine that is not a manager listed it.</summary>
    public SwarmNode? Node { get; init; }

    /// <summary>For a task: whether it has a terminal.</summary>
    public bool HasTerminal { get; init; }

    /// <summary>The state of its healthcheck: the engine's verdict, or an earlier result of this module's own probe.</summary>
    public HealthStatus Health => SeenByProbe ? HealthStatus.Healthy : Summary.Health;

    /// <summary>The id.</summary>
    public string Id => Summary.Id;

    /// <summary>The name.</summary>
    public string Name => Summary.Name;

    /// <summary>The project's name.</summary>
    public string Project => Label(StackLabels.Project);

    /// <summary>The service's name.</summary>
    public string Service => Label(StackLabels.Service);

    /// <summary>The number among the containers of its service; 0 if the label has none.</summary>
    public int Number => int.TryParse(Label(StackLabels.Number), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0;

    /// <summary>The config hash it was created with.</summary>
    public string ConfigHash => Label(StackLabels.ConfigHash);

    /// <summary>The id of the image it was created from, as recorded by the tool that created it; empty if unknown.</summary>
    public string ImageLabel => Label(StackLabels.Image);

    /// <summary>The directory of the project that created it.</summary>
    public string WorkingDirectory => Label(StackLabels.WorkingDirectory);

    /// <summary>The Compose files it was created from.</summary>
    public IReadOnlyList<string> ConfigFiles =>
        Label(StackLabels.ConfigFiles).Split(',', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Whether it is a one-off container and not part of the running stack.</summary>
    public bool IsOneOff => string.Equals(Label(StackLabels.OneOff), "True", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether its process is running or paused.</summary>
    public bool IsRunning => Summary.State is ContainerState.Running or ContainerState.Paused or ContainerState.Restarting;

    /// <summary>Its dependencies, as recorded in its labels; used if there are no files.</summary>
    public IReadOnlyList<ObservedDependency> DependsOn =>
        [.. Label(StackLabels.DependsOn).Split(',', StringSplitOptions.RemoveEmptyEntries).Select(ObservedDependency.Parse)];

    /// <summary>Whether it was left by an interrupted replacement.</summary>
    public bool IsLeftover => Name.Length > 13 && Name[12] == '_' && Name.AsSpan(0, 12).IndexOfAnyExcept("0123456789abcdef") < 0;

    /// <summary>Reads a label.</summary>
    /// <param name="name">The label's name.</param>
    /// <returns>Its value, or an empty string.</returns>
    public string Label(string name) => Summary.Labels.GetValueOrDefault(name, "");
}

/// <summary>A dependency of a service.</summary>
/// <param name="Service">The service to wait for.</param>
/// <param name="Condition">The required state.</param>
/// <param name="Restart">Whether the dependent service is restarted with it.</param>
/// <param name="Required">Whether it is an error if the condition is not met.</param>
public sealed record ObservedDependency(string Service, DependencyCondition Condition, bool Restart, bool Required)
{
    /// <summary>Reads a dependency from a container's label.</summary>
    /// <param name="entry"><c>db:service_healthy:false</c>; older labels contain only the name.</param>
    /// <returns>The dependency.</returns>
    public static ObservedDependency Parse(string entry)
    {
        string[] parts = (entry ?? "").Split(':');
        DependencyCondition condition = parts.ElementAtOrDefault(1) switch
        {
            "service_healthy" => DependencyCondition.ServiceHealthy,
            "service_completed_successfully" => DependencyCondition.ServiceCompletedSuccessfully,
            _ => DependencyCondition.ServiceStarted,
        };
        return new ObservedDependency(parts[0], condition, parts.ElementAtOrDefault(2) == "true", Required: true);
    }
}
