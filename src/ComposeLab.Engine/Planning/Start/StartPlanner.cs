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

        IReadOnlyList<ProviderOperation> providers = new ProviderPlanning(scope).Plan();
        AddServices();
        StackPlan whole = scope.Draft.Finish();
        return images.Count == 0 && providers.Count == 0
            ? whole
            : whole with
            {
                // Builds and pulls determine the images of the containers, and providers their variables, so the rest is planned afterwards.
                Operations = [.. images, .. providers],
                ReadyContainers = [],
                Outlook = whole.Operations,
                Next = new StartRequest(scope.Project, scope.Options with { Build = false, Pull = ImagePlanning.AfterPull(scope.Options.Pull), ProvidersDone = true }),
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
            if (service.Provider is not null)
            {
                scope.Services[service.Name] = new PlannedService();
            }
            else if (service.Name == scope.Options.OneOff?.Service)
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

/// <summary>Plans the programs of provider services, each after those of the providers that it depends on.</summary>
/// <param name="scope">The shared state of the planning.</param>
internal sealed class ProviderPlanning(StartScope scope)
{
    /// <summary>Adds the programs.</summary>
    /// <returns>The steps; empty if they have run, or if nothing is started.</returns>
    public IReadOnlyList<ProviderOperation> Plan()
    {
        List<ProviderOperation> steps = [];
        foreach (ServiceDefinition service in scope.Options.ProvidersDone || scope.Options.NoStart ? [] : scope.Selected.Where(service => service.Provider is not null))
        {
            string[] before = [.. service.DependsOn.Keys.Select(IdOf).Where(scope.Draft.Has)];
            var step = new ProviderOperation(scope.Project, service, ProviderCommand.Up)
            {
                Id = IdOf(service.Name),
                Resource = ResourceId.Service(service.Name),
                Service = service.Name,
                Cause = $"provided by {service.Provider!.Type}",
                DependsOn = before,
            };
            scope.Draft.Add(step, before);
            steps.Add(step);
        }

        return steps;
    }

    private static string IdOf(string service) => "provider " + service;
}

/// <summary>Plans the end of provider services, after all containers.</summary>
internal static class ProviderTeardown
{
    /// <summary>Adds the programs, those of dependents first.</summary>
    /// <param name="draft">The plan so far.</param>
    /// <param name="project">The project; null if only the stack is known, so that its providers are unknown.</param>
    /// <param name="services">The services; empty for all.</param>
    /// <param name="command">What the programs do.</param>
    /// <param name="before">The last steps of the containers.</param>
    public static void Plan(PlanDraft draft, ComposeProject? project, IReadOnlyList<string> services, ProviderCommand command, IReadOnlyList<string> before)
    {
        IReadOnlyList<ServiceDefinition> order = project?.Services.Values.Any(service => service.Provider is not null) == true ? ServiceOrder.Of(project, []) : [];
        foreach (ServiceDefinition service in order.Reverse().Where(service => service.Provider is not null && (services.Count == 0 || services.Contains(service.Name, StringComparer.Ordinal))))
        {
            string id = draft.Add(
                new ProviderOperation(project!, service, command)
                {
                    Id = "provider " + service.Name,
                    Resource = ResourceId.Service(service.Name),
                    Service = service.Name,
                    Cause = $"{(command == ProviderCommand.Stop ? "stopped" : "removed")} by {service.Provider!.Type}",
                },
                before);
            before = [id];
        }
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
