using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Execution;
using ComposeLab.Engine.Planning;

namespace ComposeLab.Stacks;

/// <summary>Creates the module's objects from the engine's data about containers.</summary>
internal static class ServiceObjects
{
    private const string ByEngine = "engine";
    private const string ByProbe = "probe";

    /// <summary>Creates the object for a container of a list.</summary>
    /// <param name="container">The container.</param>
    /// <returns>The object.</returns>
    public static LabService Of(ObservedContainer container) => Make(container.Summary, Health(container.Health), container.SeenByProbe ? ByProbe : null);

    /// <summary>Creates the object for a container that became ready.</summary>
    /// <param name="ready">The event; its <see cref="EngineEvent.Ready"/> is set.</param>
    /// <returns>The object. A container that passed the module's own probe counts as healthy, even if the engine does not know it yet.</returns>
    public static LabService Of(EngineEvent ready)
    {
        LabHealth health = ready.SeenByProbe ? LabHealth.Healthy : Health(ready.Ready!.Health);
        string? seenBy = health != LabHealth.Healthy ? null : ready.SeenByProbe ? ByProbe : ByEngine;
        return Make(ready.Ready!, health, seenBy);
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

    private static LabService Make(ContainerSummary container, LabHealth health, string? seenBy)
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
            State = State(container.State),
            Health = health,
            HealthSeenBy = seenBy,
            ExitCode = container.ExitCode,
            Ports = [.. container.Ports.Select(Port)],
            CreatedAt = container.Created,
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
