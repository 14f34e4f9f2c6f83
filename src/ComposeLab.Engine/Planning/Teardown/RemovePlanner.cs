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

    // Those that are removed, each with the step after which it is gone.
    private readonly List<(ObservedContainer Container, string Step)> _gone = [];

    /// <summary>Makes the plan.</summary>
    /// <returns>The plan; empty when nothing is left.</returns>
    public StackPlan Make()
    {
        var order = new StackOrder(projectName, project, [.. observed.Containers, .. observed.OneOffs], _removesOrphans);
        var ends = new ContainerTeardown(_draft, project ?? options.HooksOf, options.StopLimit, options.DespiteHooks);
        StackPlanner.CheckOwner(_draft, projectName, options.Place, observed);
        IReadOnlyList<string> services = order.Choose(options.Services);
        HashSet<string> removed = [.. services];
        _kept.AddRange(observed.Containers.Where(container => !removed.Contains(container.Service)));
        new StopPlanner(order).Plan(
            services,
            (container, before) =>
            {
                if (options.StoppedOnly && (container.IsRunning || container.IsOneOff))
                {
                    return null;
                }

                TeardownSteps steps = ends.Remove(container, Asked, before, options.Volumes);
                _gone.Add((container, steps.Last));
                return steps;
            });
        if (options.StoppedOnly)
        {
            return _draft.Finish();
        }

        ProviderTeardown.Plan(_draft, project ?? options.HooksOf, options.Services, ProviderCommand.Down, [.. _gone.Select(entry => entry.Step)]);
        RemoveInitContainers(order);
        if (options.Services.Count == 0)
        {
            AddNetworks();
            AddImages();
            AddVolumes();
        }

        return _draft.Finish();
    }

    // An init container remains if a start is killed, or if it failed under docker compose, which keeps it.
    private void RemoveInitContainers(StackOrder order)
    {
        foreach (ObservedContainer container in observed.InitContainers.Where(container => options.Services.Count == 0
            ? _removesOrphans || order.IsKnown(container.Service)
            : options.Services.Contains(container.Service, StringComparer.Ordinal)))
        {
            _gone.Add((container, InitContainers.Remove(_draft, container, Asked)));
        }
    }

    private void AddNetworks()
    {
        HashSet<string> networks = project is null
            ? []
            : [.. project.Networks.Keys.Concat(Definitions().SelectMany(service => service.Networks.Keys)).Append("default").Select(key => ServiceNames.Network(project, key))];
        HashSet<string> used = [.. _kept.SelectMany(container => container.Summary.Networks.Keys)];
        ILookup<string, string> members = observed.Containers.Concat(observed.OneOffs)
            .SelectMany(container => container.Summary.Networks.Keys.Select(network => (network, container.Name)))
            .ToLookup(member => member.network, member => member.Name, StringComparer.Ordinal);
        ILookup<string, string> gone = Gone(container => container.Summary.Networks.Keys);
        foreach (NetworkSummary network in observed.Networks.Where(network => IsOurs(network.Labels) && IsDefined(network.Name, networks) && !used.Contains(network.Name)))
        {
            _draft.Add(
                new RemoveNetworkOperation(network.Id)
                {
                    Id = "remove network " + network.Id,
                    Resource = ResourceId.Network(network.Name),
                    Cause = Asked,
                    Removed = [.. members[network.Name]],
                },
                gone[network.Name]);
        }
    }

    private void AddVolumes()
    {
        HashSet<string> volumes = project is null
            ? []
            :
            [
                .. project.Volumes.Keys.Concat(Definitions().SelectMany(service => service.Volumes).Where(mount => mount.Type == MountType.Volume).Select(mount => mount.Source ?? ""))
                    .Select(key => ServiceNames.Volume(project, key)),
            ];
        HashSet<string> used = [.. _kept.SelectMany(container => container.Summary.Mounts).Select(mount => mount.Name)];
        ILookup<string, string> gone = Gone(container => container.Summary.Mounts.Select(mount => mount.Name));
        foreach (VolumeSummary volume in observed.Volumes.Where(volume =>
            options.Volumes && IsOurs(volume.Labels) && IsDefined(volume.Name, volumes) && !used.Contains(volume.Name)))
        {
            _draft.Add(
                new RemoveVolumeOperation(volume.Name)
                {
                    Id = "remove volume " + volume.Name,
                    Resource = ResourceId.Volume(volume.Name),
                    Cause = "requested, with all data",
                },
                gone[volume.Name]);
        }
    }

    private void AddImages()
    {
        ILookup<string, string> gone = Gone(container => [container.Summary.Image]);
        foreach (string image in Images().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            _draft.Add(new RemoveImageOperation(image) { Id = "remove image " + image, Resource = ResourceId.Image(image), Cause = Asked }, gone[image]);
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
            .Where(container => container.Summary.Image == $"{projectName}-{container.Service}" || container.Summary.Image == $"{projectName}_{container.Service}").Select(container => container.Summary.Image),
        _ => [],
    };

    // The steps after which the containers that use a resource are gone, by the resource's name.
    private ILookup<string, string> Gone(Func<ObservedContainer, IEnumerable<string>> resources) => _gone
        .SelectMany(entry => resources(entry.Container).Select(resource => (resource, entry.Step)))
        .ToLookup(entry => entry.resource, entry => entry.Step, StringComparer.Ordinal);

    private IEnumerable<ServiceDefinition> Definitions() => project!.Services.Values.Concat(project.DisabledServices.Values);

    // What the given files do not define belongs to somebody else's files, unless orphans are removed too.
    private bool IsDefined(string name, HashSet<string> defined) => project is null || _removesOrphans || defined.Contains(name);

    private bool IsOurs(IReadOnlyDictionary<string, string> labels) => labels.GetValueOrDefault(StackLabels.Project) == projectName;
}
