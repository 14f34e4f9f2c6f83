using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Execution;
using ComposeLab.Engine.Planning;

namespace ComposeLab.Stacks;

/// <summary>Makes the module's objects out of what the engine tells about containers.</summary>
internal static class ServiceObjects
{
    private const string ByEngine = "engine";
    private const string ByProbe = "probe";

    /// <summary>Creates the object for a container of a listing.</summary>
    /// <param name="container">The container.</param>
    /// <returns>The object.</returns>
    public static LabService Of(ObservedContainer container) => Make(container.Summary, Health(container.Health), container.SeenByProbe ? ByProbe : null);

    /// <summary>Creates the object for a container that became ready.</summary>
    /// <param name="ready">The news; its <see cref="EngineEvent.Ready"/> is set.</param>
    /// <returns>The object; a container that the module's own probe saw healthy counts as such, though the engine may not know yet.</returns>
    public static LabService Of(EngineEvent ready)
    {
        LabHealth health = ready.SeenByProbe ? LabHealth.Healthy : Health(ready.Ready!.Health);
        string? seenBy = health != LabHealth.Healthy ? null : ready.SeenByProbe ? ByProbe : ByEngine;
        return Make(ready.Ready!, health, seenBy);
    }

    /// <summary>Translates what a healthcheck says.</summary>
    /// <param name="health">In the engine's terms.</param>
    /// <returns>In the module's.</returns>
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
