using System.Globalization;
using ComposeLab.Engine.Docker;

namespace ComposeLab.Engine.Planning;

/// <summary>A container that belongs to a stack, whichever tool made it.</summary>
/// <param name="Summary">The container as the engine lists it.</param>
public sealed record ObservedContainer(ContainerSummary Summary)
{
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

    /// <summary>Whether it was left behind by a replacement that did not finish.</summary>
    public bool IsLeftover => Name.Length > 13 && Name[12] == '_' && Name.AsSpan(0, 12).IndexOfAnyExcept("0123456789abcdef") < 0;

    /// <summary>Reads a label.</summary>
    /// <param name="name">The label's name.</param>
    /// <returns>Its value, or nothing.</returns>
    public string Label(string name) => Summary.Labels.GetValueOrDefault(name, "");
}
