using ComposeLab.Compose.Model;
using ComposeLab.Engine.Docker;

namespace ComposeLab.Engine.Planning;

/// <summary>The state of the engine that is relevant to a project, at one time.</summary>
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

    /// <summary>The project's one-off containers; they are removed with the stack.</summary>
    public IReadOnlyList<ObservedContainer> OneOffs { get; init; } = [];

    /// <summary>Init containers that remain from a start by this or another tool.</summary>
    public IReadOnlyList<ObservedContainer> InitContainers { get; init; } = [];

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

    /// <summary>The ids of images by the names services use; names that do not exist on the engine are missing.</summary>
    public IReadOnlyDictionary<string, string> Images { get; init; } = new Dictionary<string, string>();

    /// <summary>Details, by name, of the images whose platform or age decides whether they are pulled.</summary>
    public IReadOnlyDictionary<string, ImageDetails> ImageFacts { get; init; } = new Dictionary<string, ImageDetails>();

    /// <summary>The absolute paths that the project mounts and that do not exist on the host; empty if the engine is another machine.</summary>
    public IReadOnlySet<string> MissingPaths { get; init; } = new HashSet<string>();

    /// <summary>
    /// Folders and files that the stack was started from, each with its path after resolving symbolic links; an empty string if it no longer exists.
    /// Paths that could not be looked at are left out; empty if the engine is another machine.
    /// </summary>
    public IReadOnlyDictionary<string, string> RealPaths { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether the docker-buildx plugin, which builds what the engine's build API cannot, is installed here.</summary>
    public bool HasBuildx { get; init; }

    /// <summary>When it was observed.</summary>
    public DateTimeOffset Time { get; init; }

    /// <summary>Whether an image's platform or age decides about its pull.</summary>
    /// <param name="service">The service.</param>
    /// <param name="pull">The pull policy that overrides the service's; null for none.</param>
    /// <returns>True if <see cref="ImageFacts"/> must contain the image.</returns>
    public static bool NeedsImageFacts(ServiceDefinition service, string? pull) =>
        service.Build is null && (service.Platform is not null || PullInterval.Parse(pull ?? service.PullPolicy ?? "") is not null);

    /// <summary>Whether the engine has any resources of a project.</summary>
    /// <param name="projectName">The project's name.</param>
    /// <returns>True if it has a container, a network or a volume of it.</returns>
    public bool Has(string projectName) => Containers.Count > 0 || OneOffs.Count > 0 || InitContainers.Count > 0
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
