using ComposeLab.Compose.Model;
using ComposeLab.Engine.Docker;

namespace ComposeLab.Engine.Planning;

/// <summary>Plans the removal of a stack: containers, then networks, then images and volumes if requested.</summary>
/// <param name="projectName">The project's name.</param>
/// <param name="project">The project; null if only the stack is known.</param>
/// <param name="observed">The state of the engine.</param>
/// <param name="options">The options of the removal.</param>
internal sealed class RemovePlanner(string projectName, ComposeProject? project, ObservedState observed, RemoveOptions options)
{
    private const string Asked = "requested";

    private readonly PlanDraft _draft = new(projectName);
    private readonly bool _removesOrphans = ComposeSettings.RemovesOrphans(project, options.RemoveOrphans);

    // Containers of services that the given files do not define.
    private readonly List<ObservedContainer> _kept = [];

    /// <summary>Creates the plan.</summary>
    /// <returns>The plan; empty if nothing is left.</returns>
    public StackPlan Make()
    {
        var order = new StackOrder(projectName, project, [.. observed.Containers, .. observed.OneOffs], _removesOrphans);
        var ends = new ContainerTeardown(_draft, project ?? options.HooksOf, options.StopLimit, options.DespiteHooks);
        StackPlanner.CheckOwner(_draft, projectName, options.Place, observed);
        IReadOnlyList<string> services = order.Choose(options.Services);
        _kept.AddRange(observed.Containers.Where(container => !services.Contains(container.Service, StringComparer.Ordinal)));
        IReadOnlyList<string> gone = new StopPlanner(order).Plan(
            services,
            (container, before) => ends.Remove(container, Asked, before, options.Volumes));
        gone = [.. gone, .. RemoveInitContainers(order)];
        if (options.Services.Count == 0)
        {
            AddNetworks(gone);
            AddImages(gone);
            AddVolumes(gone);
        }

        return _draft.Finish();
    }

    // An init container remains if a start is killed, or if it failed under docker compose, which keeps it.
    private IEnumerable<string> RemoveInitContainers(StackOrder order) => observed.InitContainers
        .Where(container => options.Services.Count == 0
            ? _removesOrphans || order.IsKnown(container.Service)
            : options.Services.Contains(container.Service, StringComparer.Ordinal))
        .Select(container => InitContainers.Remove(_draft, container, Asked))
        .ToArray();

    private void AddNetworks(IReadOnlyList<string> gone)
    {
        string[] networks = project is null
            ? []
            : [.. project.Networks.Keys.Concat(Definitions().SelectMany(service => service.Networks.Keys)).Append("default").Select(key => ServiceNames.Network(project, key))];
        foreach (NetworkSummary network in observed.Networks.Where(network =>
            IsOurs(network.Labels) && IsDefined(network.Name, networks) && !_kept.Any(container => container.Summary.Networks.ContainsKey(network.Name))))
        {
            _draft.Add(
                new RemoveNetworkOperation(network.Id)
                {
                    Id = "remove network " + network.Id,
                    Resource = ResourceId.Network(network.Name),
                    Cause = Asked,
                    Removed = [.. observed.Containers.Concat(observed.OneOffs).Where(container => container.Summary.Networks.ContainsKey(network.Name)).Select(container => container.Name)],
                },
                gone);
        }
    }

    private void AddVolumes(IReadOnlyList<string> gone)
    {
        string[] volumes = project is null
            ? []
            :
            [
                .. project.Volumes.Keys.Concat(Definitions().SelectMany(service => service.Volumes).Where(mount => mount.Type == MountType.Volume).Select(mount => mount.Source ?? ""))
                    .Select(key => ServiceNames.Volume(project, key)),
            ];
        foreach (VolumeSummary volume in observed.Volumes.Where(volume =>
            options.Volumes && IsOurs(volume.Labels) && IsDefined(volume.Name, volumes) && !_kept.Any(container => container.Summary.Mounts.Any(mount => mount.Name == volume.Name))))
        {
            _draft.Add(
                new RemoveVolumeOperation(volume.Name)
                {
                    Id = "remove volume " + volume.Name,
                    Resource = ResourceId.Volume(volume.Name),
                    Cause = "requested, with all data",
                },
                gone);
        }
    }

    private void AddImages(IReadOnlyList<string> gone)
    {
        foreach (string image in Images().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            _draft.Add(new RemoveImageOperation(image) { Id = "remove image " + image, Resource = ResourceId.Image(image), Cause = Asked }, gone);
        }
    }

    // Local images are those built for the stack without a custom name.
    private IEnumerable<string> Images() => options.Images switch
    {
        RemovedImages.All when project is not null =>
            project.Services.Values.Select(service => ServiceNames.Image(project, service)).Where(observed.Images.ContainsKey),
        RemovedImages.All => observed.Containers.Select(container => container.Summary.Image),
        RemovedImages.Local when project is not null =>
            project.Services.Values.Where(service => string.IsNullOrEmpty(service.Image))
                .Select(service => ServiceNames.Image(project, service)).Where(observed.Images.ContainsKey),
        RemovedImages.Local => observed.Containers
            .Where(container => container.Summary.Image == $"{projectName}-{container.Service}").Select(container => container.Summary.Image),
        _ => [],
    };

    private IEnumerable<ServiceDefinition> Definitions() => project!.Services.Values.Concat(project.DisabledServices.Values);

    // Resources that the specified files do not define belong to other files, unless orphans are also removed.
    private bool IsDefined(string name, string[] defined) => project is null || _removesOrphans || defined.Contains(name, StringComparer.Ordinal);

    private bool IsOurs(IReadOnlyDictionary<string, string> labels) => labels.GetValueOrDefault(StackLabels.Project) == projectName;
}
