using ComposeLab.Compose.Model;
using ComposeLab.Engine.Docker;

namespace ComposeLab.Engine.Planning;

/// <summary>What the engine holds that matters to a project, at one moment.</summary>
public sealed record ObservedState
{
    // A plan looks things up for each of thousands of services.
    private readonly Lazy<ILookup<string, ObservedContainer>>? _byService;
    private readonly Lazy<Dictionary<string, NetworkSummary>>? _networks;
    private readonly Lazy<Dictionary<string, VolumeSummary>>? _volumes;

    /// <summary>The project's containers, orphans included, one-off commands not.</summary>
    public IReadOnlyList<ObservedContainer> Containers
    {
        get;
        init
        {
            field = value;
            _byService = new(() => value.OrderBy(container => container.Number).ToLookup(container => container.Service, StringComparer.Ordinal));
        }
    } = [];

    /// <summary>The project's one-off commands; they go when the stack is removed.</summary>
    public IReadOnlyList<ObservedContainer> OneOffs { get; init; } = [];

    /// <summary>Every network of the engine: external ones carry no label of the project.</summary>
    public IReadOnlyList<NetworkSummary> Networks
    {
        get;
        init
        {
            field = value;
            _networks = new(() => First(value.Select(network => (network.Name, network)).Concat(value.Select(network => (network.Id, network)))));
        }
    } = [];

    /// <summary>Every volume of the engine.</summary>
    public IReadOnlyList<VolumeSummary> Volumes
    {
        get;
        init
        {
            field = value;
            _volumes = new(() => First(value.Select(volume => (volume.Name, volume))));
        }
    } = [];

    /// <summary>The ids of images by the names services use; a name the engine does not know is missing.</summary>
    public IReadOnlyDictionary<string, string> Images { get; init; } = new Dictionary<string, string>();

    /// <summary>Everything about those of the images whose platform or age decides whether they are pulled, by name.</summary>
    public IReadOnlyDictionary<string, ImageDetails> ImageFacts { get; init; } = new Dictionary<string, ImageDetails>();

    /// <summary>The absolute paths that the project mounts and that do not exist on the host; empty where the engine is another machine.</summary>
    public IReadOnlySet<string> MissingPaths { get; init; } = new HashSet<string>();

    /// <summary>
    /// Folders and files that the stack was started from, each with the path it leads to after every symbolic link; an empty text for what does not exist anymore.
    /// Paths that could not be looked at are left out; empty where the engine is another machine.
    /// </summary>
    public IReadOnlyDictionary<string, string> RealPaths { get; init; } = new Dictionary<string, string>();

    /// <summary>When it was observed.</summary>
    public DateTimeOffset Time { get; init; }

    /// <summary>Whether an image's platform or age decides about its pull.</summary>
    /// <param name="service">The service.</param>
    /// <param name="pull">The pull policy that overrides the service's; null for none.</param>
    /// <returns>True when <see cref="ImageFacts"/> must hold the image.</returns>
    public static bool NeedsImageFacts(ServiceDefinition service, string? pull) =>
        service.Build is null && (service.Platform is not null || PullInterval.Parse(pull ?? service.PullPolicy ?? "") is not null);

    /// <summary>Whether the engine has anything of a project.</summary>
    /// <param name="projectName">The project's name.</param>
    /// <returns>True if it has a container, a network or a volume of it.</returns>
    public bool Has(string projectName) => Containers.Count > 0 || OneOffs.Count > 0
        || Networks.Any(network => network.Labels.GetValueOrDefault(StackLabels.Project) == projectName)
        || Volumes.Any(volume => volume.Labels.GetValueOrDefault(StackLabels.Project) == projectName);

    /// <summary>Finds a network.</summary>
    /// <param name="name">Its name, or its id.</param>
    /// <returns>The network; null where the engine has none.</returns>
    public NetworkSummary? Network(string name) => _networks?.Value.GetValueOrDefault(name);

    /// <summary>Finds a volume.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The volume; null where the engine has none.</returns>
    public VolumeSummary? Volume(string name) => _volumes?.Value.GetValueOrDefault(name);

    /// <summary>The containers of a service, by number.</summary>
    /// <param name="service">The service's name.</param>
    /// <returns>Its containers.</returns>
    public IReadOnlyList<ObservedContainer> Of(string service) => [.. _byService?.Value[service] ?? []];

    private static Dictionary<string, T> First<T>(IEnumerable<(string Name, T Value)> entries)
    {
        var first = new Dictionary<string, T>(StringComparer.Ordinal);
        foreach ((string name, T value) in entries)
        {
            first.TryAdd(name, value);
        }

        return first;
    }
}
