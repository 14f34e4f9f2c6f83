using ComposeLab.Engine;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Execution;
using ComposeLab.Engine.Planning;

namespace ComposeLab.Stacks;

/// <summary>Creates the module's objects from the engine's data about containers.</summary>
internal static class ServiceObjects
{
    private const string ByEngine = "engine";
    private const string ByProbe = "probe";

    private const int CallsAtOnce = 8;

    /// <summary>Creates the objects for containers of a list, and reads what the list does not tell: when they were started, and how often restarted.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="containers">The containers.</param>
    /// <param name="token">Cancels the reading.</param>
    /// <returns>The objects in the same order, without containers that were removed meanwhile.</returns>
    /// <exception cref="EngineException">EngineUnreachable, EngineRefused.</exception>
    public static async Task<IReadOnlyList<LabService>> OfAsync(IEngine engine, IEnumerable<ObservedContainer> containers, CancellationToken token)
    {
        using var places = new SemaphoreSlim(CallsAtOnce);
        LabService?[] services = await Task.WhenAll(containers.Select(ReadAsync)).ConfigureAwait(false);
        return [.. services.OfType<LabService>()];

        async Task<LabService?> ReadAsync(ObservedContainer container)
        {
            await places.WaitAsync(token).ConfigureAwait(false);
            try
            {
                ContainerRunState? start = await engine.ReadRunStateAsync(container.Id, token).ConfigureAwait(false);
                return start is null ? null : Make(engine, container.Summary, start, Health(container.Health), container.SeenByProbe);
            }
            finally
            {
                places.Release();
            }
        }
    }

    /// <summary>Creates the object for a container that became ready.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="ready">The event; its <see cref="EngineEvent.Ready"/> is set.</param>
    /// <param name="token">Cancels the reading.</param>
    /// <returns>The object. A container that passed the module's own probe counts as healthy, even if the engine does not know it yet.</returns>
    /// <exception cref="EngineException">EngineUnreachable, EngineRefused.</exception>
    public static async Task<LabService> OfAsync(IEngine engine, EngineEvent ready, CancellationToken token)
    {
        ContainerDetails? details = await engine.InspectContainerAsync(ready.Ready!.Id, token).ConfigureAwait(false);
        bool seenByProbe = ready.SeenByProbe || (details is not null && new ProbedHealth().Covers(details));
        ContainerRunState? start = details is null ? null : new ContainerRunState(details.State, details.Started, details.RestartCount);
        return Make(engine, ready.Ready!, start, seenByProbe ? LabHealth.Healthy : Health(ready.Ready!.Health), seenByProbe);
    }

    /// <summary>Translates the result of a healthcheck.</summary>
    /// <param name="health">The engine's value.</param>
    /// <returns>The module's value.</returns>
    public static LabHealth Health(HealthStatus health) => health switch
    {
        HealthStatus.Starting => LabHealth.Starting,
        HealthStatus.Healthy => LabHealth.Healthy,
        HealthStatus.Unhealthy => LabHealth.Unhealthy,
        _ => LabHealth.None,
    };

    private static LabService Make(IEngine engine, ContainerSummary container, ContainerRunState? start, LabHealth health, bool seenByProbe)
    {
        var observed = new ObservedContainer(container);
        return new LabService
        {
            ProjectName = observed.Project,
            Service = observed.Service,
            Number = observed.Number,
            Container = container.Name,
            IsOneOff = observed.IsOneOff,
            ContainerId = container.Id,
            Image = container.Image,
            ImageTag = Tag(container.Image),
            ImageId = container.ImageId,
            State = State(container.State),
            Health = health,
            HealthSeenBy = health != LabHealth.Healthy ? null : seenByProbe ? ByProbe : ByEngine,
            ExitCode = container.ExitCode,
            RestartCount = (int)Math.Min(start?.RestartCount ?? 0, int.MaxValue),
            Ports = [.. container.Ports.Select(Port)],
            Networks = [.. container.Networks.Keys.Order(StringComparer.Ordinal)],
            Mounts = [.. container.Mounts.Select(Mount)],
            CreatedAt = container.Created,
            StartedAt = start?.Started,
            Uptime = start is { State: ContainerState.Running or ContainerState.Paused, Started: { } started } && DateTimeOffset.UtcNow - started is { Ticks: > 0 } up ? up : null,
            Engine = engine.Info.Endpoint.Name,
            Status = container.Status,
            ProjectDirectory = observed.WorkingDirectory,
            ConfigFiles = observed.ConfigFiles,
        };
    }

    private static LabPort Port(PortMapping port) => new()
    {
        HostIp = port.HostIp,
        HostPort = port.HostPort,
        ContainerPort = port.ContainerPort,
        Protocol = port.Protocol,
    };

    private static LabMount Mount(ContainerMount mount) => new()
    {
        Type = mount.Type,
        Source = mount.Name.Length > 0 ? mount.Name : mount.Source,
        Target = mount.Target,
        ReadOnly = !mount.Writable,
    };

    // A colon before the last slash belongs to the port of a registry.
    private static string Tag(string image)
    {
        string name = image.Split('@')[0];
        int colon = name.IndexOf(':', name.LastIndexOf('/') + 1);
        return colon >= 0 ? name[(colon + 1)..] : image.Contains('@', StringComparison.Ordinal) || image.StartsWith("sha256:", StringComparison.Ordinal) ? "" : "latest";
    }

    private static LabServiceState State(ContainerState state) => state switch
    {
        ContainerState.Running => LabServiceState.Running,
        ContainerState.Paused => LabServiceState.Paused,
        ContainerState.Restarting => LabServiceState.Restarting,
        ContainerState.Removing => LabServiceState.Removing,
        ContainerState.Exited => LabServiceState.Exited,
        ContainerState.Dead => LabServiceState.Dead,
        _ => LabServiceState.Created,
    };
}
