using ComposeLab.Engine.Docker;

namespace ComposeLab.Engine.Planning;

/// <summary>What the engine holds that matters to a project, at one moment.</summary>
public sealed record ObservedState
{
    /// <summary>The project's containers, orphans included, one-off commands not.</summary>
    public IReadOnlyList<ObservedContainer> Containers { get; init; } = [];

    /// <summary>Every network of the engine: external ones carry no label of the project.</summary>
    public IReadOnlyList<NetworkSummary> Networks { get; init; } = [];

    /// <summary>Every volume of the engine.</summary>
    public IReadOnlyList<VolumeSummary> Volumes { get; init; } = [];

    /// <summary>The ids of images by the names services use; a name the engine does not know is missing.</summary>
    public IReadOnlyDictionary<string, string> Images { get; init; } = new Dictionary<string, string>();

    /// <summary>The containers of a service, by number.</summary>
    /// <param name="service">The service's name.</param>
    /// <returns>Its containers.</returns>
    public IReadOnlyList<ObservedContainer> Of(string service) =>
        [.. Containers.Where(container => container.Service == service).OrderBy(container => container.Number)];
}
