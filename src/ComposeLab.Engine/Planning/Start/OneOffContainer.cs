using ComposeLab.Compose.Model;
using ComposeLab.Engine.Docker;

namespace ComposeLab.Engine.Planning;

/// <summary>Plans a one-off container of a service: it is created when the dependencies are ready, and started by the caller.</summary>
/// <param name="scope">The shared state of the planning.</param>
/// <param name="prerequisites">The steps that create networks and volumes.</param>
internal sealed class OneOffContainer(StartScope scope, ResourceSteps prerequisites)
{
    private readonly ContainerCreation _creation = new(scope, prerequisites);
    private readonly ContainerStart _start = new(scope);

    /// <summary>Adds the steps that create the container.</summary>
    /// <param name="service">The service, with the settings of the one-off container.</param>
    /// <param name="options">How the container differs from one of the stack.</param>
    public void Plan(ServiceDefinition service, OneOffOptions options) =>
        _creation.Plan(service, number: 0, new RecreateCause("one-off container"), old: null, _start.Dependencies(service), spec => Changed(spec, options));

    private static ContainerSpec Changed(ContainerSpec spec, OneOffOptions options)
    {
        var labels = new Dictionary<string, string>(spec.Labels, StringComparer.Ordinal)
        {
            [StackLabels.OneOff] = "True",
            [StackLabels.Slug] = options.Slug,
        };
        labels.Remove(StackLabels.Number);
        return spec with
        {
            Labels = labels,
            Restart = RestartSpec.Never,
            AutoRemove = options.AutoRemove,
            CloseStandardInput = options.IsAttached && spec.OpenStandardInput,

            // Otherwise the other containers would reach it instead of the service.
            Networks = options.UseAliases
                ? spec.Networks
                : spec.Networks.ToDictionary(network => network.Key, network => network.Value with { Aliases = [spec.Name] }, StringComparer.Ordinal),
        };
    }
}

/// <summary>Adds the services that a start does not include but refers to: their existing containers are used.</summary>
/// <param name="scope">The shared state of the planning.</param>
internal sealed class UnselectedServices(StartScope scope)
{
    /// <summary>Adds them; a service without a container is a finding if another one shares its namespaces or volumes.</summary>
    public void Add()
    {
        if (!scope.Options.NoDependencies)
        {
            return;
        }

        HashSet<string> selected = [.. scope.Selected.Select(service => service.Name)];
        foreach (ServiceDefinition service in scope.Selected)
        {
            foreach (string name in service.Links.Select(link => link.Split(':', 2)[0]).Where(name => !selected.Contains(name)))
            {
                Use(name);
            }

            foreach ((string attribute, string name) in ServiceReferences.Of(service).Where(reference => !selected.Contains(reference.Service)))
            {
                if (Use(name).Containers.Count == 0)
                {
                    scope.Draft.AddFinding(
                        EngineErrorId.StackNotRunning,
                        $"Service '{service.Name}' shares {attribute} with '{name}', which has no container and is not started.",
                        "Start it first",
                        service.Name,
                        service.Node[attribute]?.Origin,
                        Remedy.StartStack());
                }
            }
        }
    }

    private PlannedService Use(string name)
    {
        if (!scope.Services.TryGetValue(name, out PlannedService? planned))
        {
            scope.Services[name] = planned = new PlannedService();
            planned.Containers.AddRange(scope.Observed.Of(name).Select(container => new PlannedContainer(container.Name, container.Id)));
        }

        return planned;
    }
}
