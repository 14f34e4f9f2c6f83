using ComposeLab.Compose.Model;
using ComposeLab.Engine.Docker;

namespace ComposeLab.Engine.Planning;

/// <summary>Plans the containers of a service: to keep, recreate, add or remove.</summary>
/// <param name="scope">The shared state of the planning.</param>
/// <param name="prerequisites">The steps that create networks and volumes.</param>
/// <param name="replacedNetworks">The names of networks that the plan recreates.</param>
internal sealed class ServiceConvergence(StartScope scope, ResourceSteps prerequisites, IReadOnlySet<string> replacedNetworks)
{
    // More than any engine can run: the plan would only use memory.
    private const int MostReplicas = 10_000;

    private readonly ContainerCreation _creation = new(scope, prerequisites);
    private readonly ContainerStart _start = new(scope);
    private readonly InitContainers _initContainers = new(scope);
    private readonly List<PlannedStart> _starts = [];
    private readonly List<ObservedContainer> _kept = [];
    private readonly NetworkConnections _connections = new(scope);
    private readonly RecreateDecision _decision = new(scope, replacedNetworks, name => scope.Services.GetValueOrDefault(name)?.Containers ?? []);

    /// <summary>Plans a service, after those it depends on.</summary>
    /// <param name="service">The service.</param>
    public void Plan(ServiceDefinition service)
    {
        int wanted = Wanted(service);
        PlannedService planned = scope.Services[service.Name] = new PlannedService();
        IReadOnlyList<SettledContainer> existing = new InterruptedReplacements(scope).Settle(service);
        foreach (SettledContainer surplus in existing.Skip(wanted))
        {
            scope.Teardown.Remove(surplus.Container, $"scaling to {wanted}", surplus.Before, stopped: StepOf(surplus.Container));
        }

        foreach (SettledContainer settled in existing.Take(wanted))
        {
            if (_decision.Of(service, settled.Container) is { } cause)
            {
                Recreate(service, planned, settled, cause);
            }
            else
            {
                planned.Containers.Add(new PlannedContainer(settled.Container.Name, settled.Container.Id));
                _kept.Add(settled.Container);
                Keep(service, settled);
            }
        }

        int number = existing.Count == 0 ? 0 : existing.Max(settled => settled.Container.Number);
        for (int count = Math.Min(existing.Count, wanted); count < wanted; count++)
        {
            var cause = new RecreateCause(existing.Count == 0 ? "container does not exist" : $"scaling to {wanted}");
            (string name, string created, string last) = _creation.Plan(service, ++number, cause, old: null, before: []);
            planned.Containers.Add(new PlannedContainer(name, null, created));
            planned.Named.Add(created);
            Start(service, name, [last], "just created", detail: true);
        }

        StartAfterInitContainers(service);
    }

    // Steps before the start of a service need all its containers, so the starts are planned last.
    private void Start(ServiceDefinition service, string container, IReadOnlyList<string> before, string cause, bool detail, bool paused = false)
    {
        if (scope.Options.NoStart)
        {
            return;
        }

        if (service.PreStart.Count == 0 || paused)
        {
            _start.Plan(service, container, before, cause, detail, paused);
        }
        else
        {
            _starts.Add(new PlannedStart(container, before, cause, detail));
        }
    }

    private void StartAfterInitContainers(ServiceDefinition service)
    {
        bool isRunning = _kept.Exists(container => container.IsRunning && _starts.TrueForAll(start => start.Container != container.Name));
        foreach (PlannedStart start in _starts.Count == 0 ? [] : _initContainers.Plan(service, _starts, _start.Dependencies(service), isRunning))
        {
            _start.Plan(service, start.Container, start.Before, start.Cause, start.IsDetail);
        }

        _starts.Clear();
        _kept.Clear();
    }

    private int Wanted(ServiceDefinition service)
    {
        int wanted = scope.Replicas(service);
        if (wanted > MostReplicas)
        {
            scope.Draft.AddFinding(
                EngineErrorId.UnsupportedByEngine,
                $"Service '{service.Name}' has {wanted} containers; the limit is {MostReplicas}.",
                "Reduce scale or deploy.replicas.",
                service.Name,
                service.Node["scale"]?.Origin ?? service.Node["deploy"]?.Origin);
            return 0;
        }

        if (wanted > 1 && !string.IsNullOrEmpty(service.ContainerName))
        {
            scope.Draft.AddFinding(
                EngineErrorId.UnsupportedByEngine,
                $"Service '{service.Name}' has the container name '{service.ContainerName}', which allows only one container, but {wanted} are requested.",
                "Remove container_name, or run only one container.",
                service.Name,
                service.Node["container_name"]?.Origin);
        }

        return wanted;
    }

    private void Recreate(ServiceDefinition service, PlannedService planned, SettledContainer settled, RecreateCause cause)
    {
        ObservedContainer old = settled.Container;
        (string name, string created, string last) = _creation.Plan(service, Math.Max(1, old.Number), cause, old, settled.Before);
        planned.Containers.Add(new PlannedContainer(name, null, created));
        string removed = scope.Teardown.Remove(
            old, "replaced", [last, .. StopDependents(service)], detail: true, stopped: StepOf(old)).Last;
        string renamed = scope.Draft.Add(
            new RenameContainerOperation($"{old.Id[..12]}_{name}", name)
            {
                Id = "rename " + name,
                Resource = ResourceId.Container(name),
                Service = service.Name,
                Cause = "replaces the old one",
                IsDetail = true,
            },
            [removed]);
        planned.Named.Add(renamed);
        Start(service, name, [renamed], "just created", detail: true);
    }

    // Dependents with 'restart: true' are stopped while it is replaced.
    private List<string> StopDependents(ServiceDefinition service)
    {
        List<string> stopped = [];
        foreach (ServiceDefinition dependent in scope.RestartedWith[service.Name])
        {
            foreach (ObservedContainer container in scope.Observed.Of(dependent.Name).Where(container => container.IsRunning))
            {
                if (!scope.Stopped.TryGetValue(container.Id, out EarlyStop? stop))
                {
                    string cause = $"restart: {service.Name}, which it depends on, is recreated";
                    stop = scope.Stopped[container.Id] = new EarlyStop(scope.Teardown.Stop(container, cause, [], detail: true), cause);
                }

                stopped.Add(stop.Step);
            }
        }

        return stopped;
    }

    private void Keep(ServiceDefinition service, SettledContainer settled)
    {
        ObservedContainer container = settled.Container;
        IReadOnlyList<string> before = [.. settled.Before, .. _connections.Complete(service, container, prerequisites.Networks, replacedNetworks, settled.Before)];
        ContainerSummary summary = container.Summary;
        if (scope.Stopped.TryGetValue(container.Id, out EarlyStop? stop))
        {
            Start(service, container.Name, [.. before, stop.Step], stop.Cause, detail: false);
        }
        else if (summary.State == ContainerState.Running && StartedOwner(service) is { } owner)
        {
            string cause = $"restart: {owner}, whose network it shares, is started";
            string stopped = scope.Teardown.Stop(container, cause, before, detail: true);
            Start(service, container.Name, [stopped], cause, detail: false);
        }
        else if (summary.State is ContainerState.Running or ContainerState.Restarting)
        {
            bool waits = summary.State == ContainerState.Restarting || summary.Health is HealthStatus.Starting or HealthStatus.Unhealthy;
            if (waits && !scope.Options.NoWait && !scope.Options.NoStart)
            {
                string state = summary.State == ContainerState.Restarting ? "it is restarting" : "its health is " + summary.Health.ToString().ToLowerInvariant();
                _start.Wait(service, container.Name, before, state, detail: true);
            }
            else
            {
                scope.Draft.IsReady(container.Name);
            }
        }
        else if (summary is { State: ContainerState.Exited, ExitCode: 0 } && IsOneShot(service))
        {
            scope.Draft.IsReady(container.Name);
        }
        else
        {
            // A container that was never started may be incomplete because its start was interrupted.
            string last = summary.State == ContainerState.Created
                ? _creation.Fill(service, container.Name, container.Name, before.Count == 0 ? "" : before[^1])
                : "";
            string cause = summary.State == ContainerState.Exited ? $"exited{Code(summary)}" : "it is " + summary.State.ToString().ToLowerInvariant();
            Start(service, container.Name, last.Length == 0 ? before : [last], cause, detail: false, summary.State == ContainerState.Paused);
        }
    }

    // A container that is started gets a new network namespace: containers that share it still have the old one.
    private string? StartedOwner(ServiceDefinition service) => ServiceReferences.Of(service)
        .Where(reference => reference.Attribute == "network_mode" && scope.Services.GetValueOrDefault(reference.Service) is { Started.Count: > 0 })
        .Select(reference => reference.Service)
        .FirstOrDefault();

    private static string Code(ContainerSummary summary) => summary.ExitCode is { } code ? $" with code {code}" : "";

    // A finished one-shot is only known as such by those that waited for its end.
    private bool IsOneShot(ServiceDefinition service) => service.Restart is null or "no" && scope.AwaitedToEnd.Contains(service.Name);

    private string? StepOf(ObservedContainer container) => scope.Stopped.GetValueOrDefault(container.Id)?.Step;
}
