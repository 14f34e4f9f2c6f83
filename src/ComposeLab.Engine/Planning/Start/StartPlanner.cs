using ComposeLab.Compose.Model;

namespace ComposeLab.Engine.Planning;

/// <summary>Plans one start: images first, then networks and volumes, then each service after those it depends on.</summary>
/// <param name="scope">The shared state of the planning.</param>
internal sealed class StartPlanner(StartScope scope)
{
    /// <summary>Creates the plan.</summary>
    /// <returns>The plan; if images must be built or pulled first, only their steps and a preview of the rest.</returns>
    public StackPlan Make()
    {
        IReadOnlyList<ImageOperation> images = new ImagePlanning(scope).Plan();
        foreach (ImageOperation image in images)
        {
            scope.Draft.Add(image, []);
        }

        AddServices();
        StackPlan whole = scope.Draft.Finish();
        return images.Count == 0
            ? whole
            : whole with
            {
                // A build or pull determines the image of the containers, so the rest is planned afterwards.
                Operations = images,
                ReadyContainers = [],
                Outlook = whole.Operations,
                Next = new StartRequest(scope.Project, scope.Options with { Build = false, Pull = ImagePlanning.AfterPull(scope.Options.Pull) }),
            };
    }

    private void AddServices()
    {
        new ProjectOwnership(scope.Project.Name, ProjectPlace.Of(scope.Project), scope.Observed).CheckStart(scope.Draft, scope.Options.TakeOver);
        new EngineSupport(scope).Check();
        var networks = new NetworkPlanning(scope);
        var prerequisites = new ResourceSteps(networks.Plan(), new VolumePlanning(scope).Plan());
        var convergence = new ServiceConvergence(scope, prerequisites, networks.Replaced);
        new UnselectedServices(scope).Add();
        foreach (ServiceDefinition service in scope.Selected)
        {
            if (service.Name == scope.Options.OneOff?.Service)
            {
                new OneOffContainer(scope, prerequisites).Plan(service, scope.Options.OneOff);
            }
            else
            {
                convergence.Plan(service);
            }
        }

        new OrphanPlanning(scope).Plan();
    }
}

/// <summary>The steps that make networks and volumes: a container comes after those of its own service.</summary>
/// <param name="Networks">The steps by the network's key.</param>
/// <param name="Volumes">The steps by the volume's key.</param>
internal sealed record ResourceSteps(IReadOnlyDictionary<string, string> Networks, IReadOnlyDictionary<string, string> Volumes)
{
    /// <summary>The steps before a container of a service is made.</summary>
    /// <param name="service">The service.</param>
    /// <returns>The steps' ids.</returns>
    public IEnumerable<string> Of(ServiceDefinition service) => service.Networks.Keys.Select(key => Networks.GetValueOrDefault(key))
        .Concat(service.Volumes.Where(mount => mount.Type == MountType.Volume).Select(mount => Volumes.GetValueOrDefault(mount.Source ?? "")))
        .OfType<string>();
}
