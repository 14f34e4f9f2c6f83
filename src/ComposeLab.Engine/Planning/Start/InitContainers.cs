using System.Globalization;
using ComposeLab.Compose.Model;
using ComposeLab.Compose.Yaml;
using ComposeLab.Engine.Docker;

namespace ComposeLab.Engine.Planning;

/// <summary>
/// Plans the init containers of a service (<c>pre_start</c>): each runs to its end before the service's containers start, in the order they are written.
/// They share the volumes and the networks of the service's container.
/// </summary>
/// <param name="scope">The shared state of the planning.</param>
internal sealed class InitContainers(StartScope scope)
{
    private const string PreStart = "pre_start";

    private readonly EndpointSpecs _endpoints = new(scope.Project);

    /// <summary>Adds the steps that run the init containers of a service.</summary>
    /// <param name="service">The service.</param>
    /// <param name="starts">The containers that are started, lowest number first.</param>
    /// <param name="dependencies">The steps after which its dependencies are ready.</param>
    /// <param name="isRunning">Whether another container of the service keeps running. Then the steps that run once per service are already done.</param>
    /// <returns>The starts, each after its init containers.</returns>
    public IReadOnlyList<PlannedStart> Plan(ServiceDefinition service, IReadOnlyList<PlannedStart> starts, IReadOnlyList<string> dependencies, bool isRunning)
    {
        if (isRunning && !service.PreStart.Any(hook => hook.PerReplica))
        {
            return starts;
        }

        string[] first = [.. dependencies, .. scope.Observed.InitContainers.Where(container => container.Service == service.Name).Select(container => Remove(scope.Draft, container, "left behind by an earlier start", detail: true))];
        PlannedStart[] planned = [.. starts];
        for (int index = 0; index < service.PreStart.Count; index++)
        {
            HookDefinition hook = service.PreStart[index];
            if (hook.PerReplica)
            {
                for (int replica = 0; replica < planned.Length; replica++)
                {
                    planned[replica] = planned[replica] with { Before = [Run(service, index, [planned[replica]], first)] };
                }
            }
            else if (!isRunning)
            {
                string done = Run(service, index, planned, first);
                planned = [.. planned.Select(start => start with { Before = [done] })];
            }
        }

        return planned;
    }

    /// <summary>Adds the step that removes an init container.</summary>
    /// <param name="draft">The plan so far; added to.</param>
    /// <param name="container">The container.</param>
    /// <param name="cause">Why.</param>
    /// <param name="detail">Whether another step contains the cause.</param>
    /// <returns>The step.</returns>
    public static string Remove(PlanDraft draft, ObservedContainer container, string cause, bool detail = false) => draft.Add(
        new RemoveContainerOperation(container.Id, AnonymousVolumes: true)
        {
            Id = "remove " + container.Id,
            Resource = ResourceId.Container(container.Name),
            Service = container.Service,
            Cause = cause,
            IsDetail = detail,
        },
        []);

    private string Run(ServiceDefinition service, int index, IReadOnlyList<PlannedStart> gated, IReadOnlyList<string> first)
    {
        HookDefinition hook = service.PreStart[index];
        string container = gated[0].Container;
        string name = string.Create(CultureInfo.InvariantCulture, $"{container}.{PreStart}.{index + 1}");
        Dictionary<string, EndpointSpec> networks = _endpoints.Make(service, 0, []);
        string primary = _endpoints.Primary(service);
        bool takesAll = scope.Engine.TakesAllNetworksAtCreate;
        return scope.Draft.Add(
            new RunContainerOperation(
                Spec(service, hook, name, container, networks.Where(pair => takesAll || pair.Key == primary).ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal)),
                scope.Options.ReadyLimit ?? ReadyWait.DefaultLimit)
            {
                Id = $"{PreStart} {name}",
                Resource = ResourceId.Container(name),
                Service = service.Name,
                Cause = Cause(hook),
                Definition = hook,
                Path = string.Create(CultureInfo.InvariantCulture, $"{PreStart}[{index}]"),
                FurtherNetworks = networks.Where(pair => !takesAll && pair.Key != primary).ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal),
                Files = InlineFiles.Of(scope.Project, service),
                Gates = [.. gated.Select(start => ResourceId.Container(start.Container))],
                Required = !scope.IsOptional(service),
            },
            [.. first, .. gated.SelectMany(start => start.Before)]);
    }

    // The labels are those of the reference, so that its cleanup finds these containers.
    private ContainerSpec Spec(ServiceDefinition service, HookDefinition hook, string name, string container, IReadOnlyDictionary<string, EndpointSpec> networks)
    {
        var environment = new Dictionary<string, string?>(service.Environment, StringComparer.Ordinal);
        foreach ((string variable, string? value) in hook.Environment)
        {
            environment[variable] = value;
        }

        string primary = _endpoints.Primary(service);
        return new ContainerSpec
        {
            Name = name,
            Image = ServiceNames.InitImage(scope.Project, service, hook),
            Command = hook.Command,
            Environment = [.. environment.Select(pair => pair.Value is null ? pair.Key : $"{pair.Key}={pair.Value}")],
            Labels = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                [StackLabels.Project] = scope.Project.Name,
                [StackLabels.Service] = service.Name,
                [StackLabels.Version] = StackLabels.DialectVersion,
                [StackLabels.Hook] = PreStart,
            },
            WorkingDirectory = hook.WorkingDir,
            User = hook.User,
            NetworkMode = Mode(service) ?? (primary.Length == 0 ? "none" : primary),
            Networks = networks,
            VolumesFrom = [container],
            Security = new SecuritySpec { Privileged = hook.Privileged },
        };
    }

    private string? Mode(ServiceDefinition service) => ServiceReferences.Resolve(
        service, name => scope.Services.GetValueOrDefault(name)?.Containers is [{ } owner, ..] ? owner.Name : name).NetworkMode;

    private static string Cause(HookDefinition hook)
    {
        Origin origin = hook.Origin;
        return origin.IsInFile ? string.Create(CultureInfo.InvariantCulture, $"{PreStart} ({Path.GetFileName(origin.File)}:{origin.Line})") : PreStart;
    }
}

/// <summary>A container that the plan starts.</summary>
/// <param name="Container">Its final name.</param>
/// <param name="Before">The steps before, besides those of the services it depends on.</param>
/// <param name="Cause">Why.</param>
/// <param name="IsDetail">Whether another step contains the cause.</param>
internal sealed record PlannedStart(string Container, IReadOnlyList<string> Before, string Cause, bool IsDetail);
