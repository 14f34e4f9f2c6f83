using ComposeLab.Compose.Model;
using ComposeLab.Engine.Docker;

namespace ComposeLab.Engine.Planning;

/// <summary>Adds the steps that create a container: create, further networks, files.</summary>
/// <param name="scope">The shared state of the planning.</param>
/// <param name="prerequisites">The steps that create networks and volumes.</param>
internal sealed class ContainerCreation(StartScope scope, ResourceSteps prerequisites)
{
    private readonly ContainerSpecs _specs = new(scope.Project, scope.Observed.Images, scope.Engine);

    /// <summary>Adds the steps that create a container.</summary>
    /// <param name="service">The service in the project.</param>
    /// <param name="number">The container's number.</param>
    /// <param name="cause">Why.</param>
    /// <param name="old">The container that it replaces; null for a new container.</param>
    /// <param name="before">The steps before.</param>
    /// <param name="change">Changes the container of the service; null for none.</param>
    /// <returns>The container's final name, the step that creates it and the last step.</returns>
    public (string Name, string Created, string Last) Plan(
        ServiceDefinition service, int number, RecreateCause cause, ObservedContainer? old, IReadOnlyList<string> before, Func<ContainerSpec, ContainerSpec>? change = null)
    {
        ContainerSpec spec = Spec(service, number, old);
        spec = change is null ? spec : change(spec);
        string finalName = ServiceNames.Container(scope.Project, service, number);
        PlannedContainer[] awaited = [.. Referred(service).Where(container => container.MadeBy is not null)];
        string created = scope.Draft.Add(
            new CreateContainerOperation(AtCreation(service, spec))
            {
                Id = (old is null ? "create " : "recreate ") + finalName,
                Resource = ResourceId.Container(finalName),
                Service = service.Name,
                Cause = cause.Text,
                Replaces = old is not null,
                Changes = cause.Changes,
                Definition = service,
                Slots = awaited.Length == 0 ? null : Slots(service),
            },
            [.. prerequisites.Of(service), .. before, .. new BindSources(scope).Plan(service), .. awaited.Select(container => container.MadeBy!), .. Linked(service)]);
        return (finalName, created, Fill(service, spec.Name, finalName, Connect(service, spec, finalName, created)));
    }

    /// <summary>Adds the step that copies secrets and configs into a container that was not started yet.</summary>
    /// <param name="service">The service.</param>
    /// <param name="container">The name the container has.</param>
    /// <param name="finalName">The name it will have.</param>
    /// <param name="before">The step before.</param>
    /// <returns>The last step.</returns>
    public string Fill(ServiceDefinition service, string container, string finalName, string before)
    {
        IReadOnlyList<ContainerFile> files = InlineFiles.Of(scope.Project, service);
        return files.Count == 0
            ? before
            : scope.Draft.Add(
                new CopyFilesOperation(container, files)
                {
                    Id = "fill " + finalName,
                    Resource = ResourceId.Container(finalName),
                    Service = service.Name,
                    Cause = "secrets and configs",
                    IsDetail = true,
                },
                before.Length == 0 ? [] : [before]);
    }

    private ContainerSpec Spec(ServiceDefinition service, int number, ObservedContainer? old)
    {
        ContainerSpec spec = _specs.Make(service, number, IdOf, name => scope.Services.GetValueOrDefault(name)?.Containers.Select(container => container.Name) ?? []);
        return old is null
            ? spec
            : spec with
            {
                Name = $"{old.Id[..12]}_{spec.Name}",
                Mounts = [.. spec.Mounts.Where(mount => mount.Type != "volume" || mount.Source.Length > 0 || !Inherited(mount.Target)), .. Inheritable(service, old)],
                Labels = new Dictionary<string, string>(spec.Labels, StringComparer.Ordinal) { [StackLabels.Replace] = old.Id },
            };

        string IdOf(string name) => scope.Services.GetValueOrDefault(name)?.Containers is [{ } first, ..] ? first.Id ?? first.Name : name;

        bool Inherited(string target) => Inheritable(service, old).Any(mount => mount.Target == target);
    }

    private IReadOnlyList<MountSpec> Inheritable(ServiceDefinition service, ObservedContainer old) =>
        scope.Options.RenewAnonymousVolumes ? [] : AnonymousVolumes.Of(service, old);

    private ContainerSlots Slots(ServiceDefinition service)
    {
        (string Service, PlannedContainer Container)[] referred =
        [
            .. ServiceReferences.Of(service).Select(reference => reference.Service).Distinct(StringComparer.Ordinal)
                .Where(name => scope.Services.GetValueOrDefault(name)?.Containers.Count > 0)
                .Select(name => (name, scope.Services[name].Containers[0])),
        ];
        return new ContainerSlots(
            scope.Project,
            service,
            referred.Where(entry => entry.Container.Id is not null).ToDictionary(entry => entry.Service, entry => entry.Container.Id!, StringComparer.Ordinal),
            referred.Where(entry => entry.Container.Id is null).ToDictionary(entry => entry.Service, entry => ResourceId.Container(entry.Container.Name), StringComparer.Ordinal));
    }

    // Links refer to containers, which must exist by then.
    private IEnumerable<string> Linked(ServiceDefinition service) => service.Links
        .Select(link => scope.Services.GetValueOrDefault(link.Split(':', 2)[0]))
        .OfType<PlannedService>()
        .SelectMany(linked => linked.Named);

    private IEnumerable<PlannedContainer> Referred(ServiceDefinition service) => ServiceReferences.Of(service)
        .Select(reference => scope.Services.GetValueOrDefault(reference.Service)?.Containers.FirstOrDefault())
        .OfType<PlannedContainer>()
        .Distinct();

    // Older engines accept only one network when they create a container.
    private ContainerSpec AtCreation(ServiceDefinition service, ContainerSpec spec)
    {
        if (scope.Engine.TakesAllNetworksAtCreate || spec.Networks.Count <= 1)
        {
            return spec;
        }

        string primary = _specs.Primary(service);
        return spec with { Networks = spec.Networks.Where(pair => pair.Key == primary).ToDictionary(pair => pair.Key, pair => pair.Value) };
    }

    private string Connect(ServiceDefinition service, ContainerSpec spec, string finalName, string last)
    {
        ContainerSpec made = AtCreation(service, spec);
        foreach ((string network, EndpointSpec endpoint) in spec.Networks.Where(pair => !made.Networks.ContainsKey(pair.Key)))
        {
            last = scope.Draft.Add(
                new ConnectNetworkOperation(network, spec.Name, endpoint)
                {
                    Id = $"connect {finalName} {network}",
                    Resource = ResourceId.Container(finalName),
                    Service = service.Name,
                    Cause = "also in " + network,
                    IsDetail = true,
                },
                [last]);
        }

        return last;
    }
}
