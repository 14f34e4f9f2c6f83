using ComposeLab.Compose.Model;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Execution;

namespace ComposeLab.Engine.Planning;

/// <summary>Reads the state of the engine; five parallel calls for a whole stack.</summary>
/// <param name="engine">The engine.</param>
/// <param name="probed">What this module's own probes saw; null for that of the current user.</param>
public sealed class StackObserver(IEngine engine, ProbedHealth? probed = null)
{
    private readonly ProbedHealth _probed = probed ?? new ProbedHealth();

    /// <summary>Lists the containers of one stack or of all, including those created by other tools.</summary>
    /// <param name="projectName">The project's name; null for all projects.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>The containers by project, service and number.</returns>
    public async Task<IReadOnlyList<ObservedContainer>> ContainersAsync(string? projectName, CancellationToken token)
    {
        IReadOnlyList<ObservedContainer> all = await AllContainersAsync(projectName, token).ConfigureAwait(false);
        return [.. all.Where(container => !container.IsOneOff)];
    }

    /// <summary>Lists the containers of a stack, or of every stack, including one-off containers.</summary>
    /// <param name="projectName">The project's name; null for all stacks.</param>
    /// <param name="token">Cancels the call.</param>
    /// <returns>The containers by project, service and number.</returns>
    public Task<IReadOnlyList<ObservedContainer>> ContainersAndOneOffsAsync(string? projectName, CancellationToken token) => AllContainersAsync(projectName, token);

    /// <summary>Lists the containers of the tasks of a swarm stack: on every node if the engine is a manager, else those of this engine.</summary>
    /// <param name="stack">The stack.</param>
    /// <param name="token">Cancels the call.</param>
    /// <returns>The containers by service and slot; empty if there is no such stack.</returns>
    public async Task<IReadOnlyList<ObservedContainer>> TaskContainersAsync(string stack, CancellationToken token)
    {
        string[] labels = [SwarmLabels.Of(stack)];
        IReadOnlyList<SwarmService> services;
        try
        {
            services = await engine.ListServicesAsync(labels, token).ConfigureAwait(false);
        }
        catch (EngineException fault) when (fault.Id == EngineErrorId.SwarmManagerRequired || fault.StatusCode is not null)
        {
            return [.. (await engine.ListContainersAsync(labels, token).ConfigureAwait(false)).Select(container => TaskContainers.Of(stack, container))];
        }

        if (services.Count == 0)
        {
            return [];
        }

        Task<IReadOnlyList<SwarmNode>> nodes = engine.ListNodesAsync(token);
        Task<IReadOnlyList<ContainerSummary>> here = engine.ListContainersAsync(labels, token);
        IReadOnlyList<SwarmTask> tasks = await engine.ListTasksAsync(labels, upToDate: false, token).ConfigureAwait(false);
        return TaskContainers.Of(stack, services, tasks, await nodes.ConfigureAwait(false), await here.ConfigureAwait(false));
    }

    private async Task<IReadOnlyList<ObservedContainer>> AllContainersAsync(string? projectName, CancellationToken token)
    {
        string label = projectName is null ? StackLabels.Project : $"{StackLabels.Project}={projectName}";
        IReadOnlyList<ContainerSummary> found = await engine.ListContainersAsync(
            [label, StackLabels.ConfigHash], token).ConfigureAwait(false);
        ObservedContainer[] containers = await Task.WhenAll(found.Select(summary => ObservedAsync(summary, token))).ConfigureAwait(false);
        return
        [
            .. containers
                .OrderBy(container => container.Project, StringComparer.Ordinal)
                .ThenBy(container => container.Service, StringComparer.Ordinal)
                .ThenBy(container => container.Number),
        ];
    }

    // A list does not tell when a container was started, and a probe before its last start says nothing.
    private async Task<ObservedContainer> ObservedAsync(ContainerSummary summary, CancellationToken token) => new(summary)
    {
        SeenByProbe = _probed.MayCover(summary)
            && await engine.InspectContainerAsync(summary.Id, token).ConfigureAwait(false) is { } details
            && _probed.Covers(details),
    };

    /// <summary>Reads everything a plan for a project needs.</summary>
    /// <param name="projectName">The project's name.</param>
    /// <param name="project">The project; null if only its name is known.</param>
    /// <param name="pull">The pull policy that overrides the services'; null for none.</param>
    /// <param name="place">Where the selected project is; null if only the name of the stack was specified.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>The observed state.</returns>
    public async Task<ObservedState> ObserveAsync(string projectName, ComposeProject? project, string? pull, ProjectPlace? place, CancellationToken token)
    {
        Task<IReadOnlyList<ObservedContainer>> containers = AllContainersAsync(projectName, token);
        Task<IReadOnlyList<ContainerSummary>> initContainers = engine.ListContainersAsync([$"{StackLabels.Project}={projectName}", StackLabels.Hook], token);
        Task<IReadOnlyList<NetworkSummary>> networks = engine.ListNetworksAsync([], token);
        Task<IReadOnlyList<VolumeSummary>> volumes = engine.ListVolumesAsync([], token);
        Task<Dictionary<string, string>> images = ImagesAsync(project, token);
        Task<Dictionary<string, ImageDetails>> facts = ImageFactsAsync(project, pull, token);
        HashSet<string> missing = MissingPaths(project);
        await Task.WhenAll(containers, initContainers, networks, volumes, images, facts).ConfigureAwait(false);
        IReadOnlyList<ObservedContainer> all = await containers.ConfigureAwait(false);
        return new ObservedState
        {
            Containers = [.. all.Where(container => !container.IsOneOff)],
            OneOffs = [.. all.Where(container => container.IsOneOff)],
            InitContainers = [.. (await initContainers.ConfigureAwait(false)).Select(summary => new ObservedContainer(summary))],
            RealPaths = PathsOf(all, place),
            Networks = await networks.ConfigureAwait(false),
            Volumes = await volumes.ConfigureAwait(false),
            Images = await images.ConfigureAwait(false),
            ImageFacts = await facts.ConfigureAwait(false),
            MissingPaths = missing,
            Time = DateTimeOffset.UtcNow,
        };
    }

    /// <summary>Resolves the paths that show whether a stack belongs to a project.</summary>
    /// <param name="containers">The stack's containers.</param>
    /// <param name="place">Where the selected project is; null if only the name of the stack was specified.</param>
    /// <returns>See <see cref="ObservedState.RealPaths"/>.</returns>
    public IReadOnlyDictionary<string, string> PathsOf(IReadOnlyList<ObservedContainer> containers, ProjectPlace? place)
    {
        if (place is null || !engine.Info.Endpoint.IsLocal)
        {
            return new Dictionary<string, string>();
        }

        IEnumerable<string> own = place.ComposeFile is { } file ? [place.WorkingDirectory, file] : [place.WorkingDirectory];
        return RealPaths.Of(own.Concat(containers.SelectMany(container => container.ConfigFiles.Prepend(container.WorkingDirectory))));
    }

    private async Task<Dictionary<string, ImageDetails>> ImageFactsAsync(ComposeProject? project, string? pull, CancellationToken token)
    {
        var facts = new Dictionary<string, ImageDetails>(StringComparer.Ordinal);
        foreach (string image in (project?.Services.Values ?? [])
            .Where(service => ObservedState.NeedsImageFacts(service, pull))
            .Select(service => ServiceNames.Image(project!, service)).Distinct(StringComparer.Ordinal))
        {
            if (await engine.InspectImageAsync(image, token).ConfigureAwait(false) is { } details)
            {
                facts[image] = details;
            }
        }

        return facts;
    }

    // Host paths can be checked only if the engine is on this machine.
    private HashSet<string> MissingPaths(ComposeProject? project) => project is null || !engine.Info.Endpoint.IsLocal
        ? []
        : project.Services.Values.SelectMany(service => BindSources.PathsOf(project, service))
            .Where(path => !Path.Exists(path)).ToHashSet(StringComparer.Ordinal);

    private async Task<Dictionary<string, string>> ImagesAsync(ComposeProject? project, CancellationToken token)
    {
        var ids = new Dictionary<string, string>(StringComparer.Ordinal);
        if (project is null)
        {
            return ids;
        }

        IReadOnlyList<ImageSummary> listed = await engine.ListImagesAsync([], token).ConfigureAwait(false);
        Dictionary<string, string> byName = listed
            .SelectMany(image => image.Names.Select(name => (name, image.Id)))
            .DistinctBy(pair => pair.name)
            .ToDictionary(pair => pair.name, pair => pair.Id, StringComparer.Ordinal);
        foreach (string image in project.Services.Values.SelectMany(service => ServiceNames.Images(project, service)).Distinct(StringComparer.Ordinal))
        {
            // A list contains only names with tags. Ids, digests and names with a registry must be resolved by the engine.
            string? id = byName.GetValueOrDefault(image)
                ?? byName.GetValueOrDefault(image + ":latest")
                ?? (await engine.InspectImageAsync(image, token).ConfigureAwait(false))?.Id;
            if (id is not null)
            {
                ids[image] = id;
            }
        }

        return ids;
    }
}
