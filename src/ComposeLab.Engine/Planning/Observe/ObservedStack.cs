using System.Globalization;
using ComposeLab.Compose.Model;
using ComposeLab.Engine.Docker;

namespace ComposeLab.Engine.Planning;

/// <summary>A stack as the engine shows it, without its files.</summary>
public sealed record ObservedStack
{
    /// <summary>The project's name.</summary>
    public required string Name { get; init; }

    /// <summary>Its containers.</summary>
    public required IReadOnlyList<ObservedContainer> Containers { get; init; }

    /// <summary>How many of them run.</summary>
    public int Running => Containers.Count(container => container.IsRunning);

    /// <summary>The names of its services.</summary>
    public IReadOnlyList<string> Services =>
        [.. Containers.Select(container => container.Service).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>The directory of the project; empty where no container says.</summary>
    public string WorkingDirectory =>
        Containers.Select(container => container.WorkingDirectory).FirstOrDefault(directory => directory.Length > 0) ?? "";

    /// <summary>The compose files it was made from.</summary>
    public IReadOnlyList<string> ConfigFiles =>
        Containers.Select(container => container.ConfigFiles).FirstOrDefault(files => files.Count > 0) ?? [];
}

/// <summary>A container that belongs to a stack, whichever tool made it.</summary>
/// <param name="Summary">The container as the engine lists it.</param>
public sealed record ObservedContainer(ContainerSummary Summary)
{
    /// <summary>Whether this module's own probe saw it healthy, and the engine has not said anything since.</summary>
    public bool SeenByProbe { get; init; }

    /// <summary>What its healthcheck says: the engine's verdict, or what this module's own probe saw before it.</summary>
    public HealthStatus Health => SeenByProbe ? HealthStatus.Healthy : Summary.Health;

    /// <summary>The id.</summary>
    public string Id => Summary.Id;

    /// <summary>The name.</summary>
    public string Name => Summary.Name;

    /// <summary>The project's name.</summary>
    public string Project => Label(StackLabels.Project);

    /// <summary>The service's name.</summary>
    public string Service => Label(StackLabels.Service);

    /// <summary>The number among the containers of its service; 0 where the label says none.</summary>
    public int Number => int.TryParse(Label(StackLabels.Number), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0;

    /// <summary>The config hash it was made with.</summary>
    public string ConfigHash => Label(StackLabels.ConfigHash);

    /// <summary>The id of the image it was made from, as its maker noted it; empty where it did not.</summary>
    public string ImageLabel => Label(StackLabels.Image);

    /// <summary>The directory of the project that made it.</summary>
    public string WorkingDirectory => Label(StackLabels.WorkingDirectory);

    /// <summary>The compose files it was made from.</summary>
    public IReadOnlyList<string> ConfigFiles =>
        Label(StackLabels.ConfigFiles).Split(',', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Whether it is a one-off command and no part of the running stack.</summary>
    public bool IsOneOff => string.Equals(Label(StackLabels.OneOff), "True", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether its process runs, paused or not.</summary>
    public bool IsRunning => Summary.State is ContainerState.Running or ContainerState.Paused or ContainerState.Restarting;

    /// <summary>What it waited for, by the note its maker left; used where no file is at hand.</summary>
    public IReadOnlyList<ObservedDependency> DependsOn =>
        [.. Label(StackLabels.DependsOn).Split(',', StringSplitOptions.RemoveEmptyEntries).Select(ObservedDependency.Parse)];

    /// <summary>Whether it was left by a replacement that was interrupted.</summary>
    public bool IsLeftover => Name.Length > 13 && Name[12] == '_' && Name.AsSpan(0, 12).IndexOfAnyExcept("0123456789abcdef") < 0;

    /// <summary>Reads a label.</summary>
    /// <param name="name">The label's name.</param>
    /// <returns>Its value, or nothing.</returns>
    public string Label(string name) => Summary.Labels.GetValueOrDefault(name, "");
}

/// <summary>Something a service waits for before it starts.</summary>
/// <param name="Service">The service waited for.</param>
/// <param name="Condition">What it must be.</param>
/// <param name="Restart">Whether the one who waits is restarted with it.</param>
/// <param name="Required">Whether it is an error when it does not come true.</param>
public sealed record ObservedDependency(string Service, DependencyCondition Condition, bool Restart, bool Required)
{
    /// <summary>Reads the note that a container's maker left.</summary>
    /// <param name="entry"><c>db:service_healthy:false</c>; older notes have the name alone.</param>
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
