using System.Globalization;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Execution;
using ComposeLab.Engine.Planning;

namespace ComposeLab.Swarm;

/// <summary>Creates the module's objects from those of a swarm.</summary>
internal static class SwarmObjects
{
    /// <summary>Creates the object for a service.</summary>
    /// <param name="rollout">The service.</param>
    /// <param name="engine">The name of the engine.</param>
    /// <returns>The object.</returns>
    public static LabRollout Of(ServiceRollout rollout, string engine)
    {
        SwarmServiceSpec spec = rollout.Definition.Spec;
        string[] image = (spec.TaskTemplate.ContainerSpec?.Image ?? "").Split('@', 2);
        return new LabRollout
        {
            ProjectName = rollout.Stack,
            Service = rollout.Service,
            State = Enum.Parse<LabRolloutState>(rollout.State.ToString()),
            Done = rollout.Done,
            Total = rollout.Total,
            Mode = spec.Mode switch
            {
                { Global: not null } => "global",
                { GlobalJob: not null } => "global-job",
                { ReplicatedJob: not null } => "replicated-job",
                _ => "replicated",
            },
            Image = image[0],
            Digest = image.Length > 1 ? image[1] : "",
            Ports = Ports(spec.EndpointSpec?.Ports),
            Message = rollout.Message,
            Name = spec.Name,
            ServiceId = rollout.Definition.Id,
            UpdatedAt = rollout.Definition.UpdatedAt,
            CanUndo = rollout.Definition.PreviousSpec is not null,
            Engine = engine,
        };
    }

    /// <summary>Creates the objects for tasks.</summary>
    /// <param name="wanted">The tasks.</param>
    /// <param name="swarm">The swarm.</param>
    /// <param name="engine">The name of the engine.</param>
    /// <returns>The objects by stack, service and slot; the latest task of a slot first.</returns>
    public static IReadOnlyList<LabTask> Of(IEnumerable<SwarmTask> wanted, SwarmState swarm, string engine) =>
    [
        .. wanted.Select(task => Of(task, swarm, engine)).OrderBy(task => task.ProjectName, StringComparer.Ordinal).ThenBy(task => task.Service, StringComparer.Ordinal)
            .ThenBy(task => task.Slot).ThenBy(task => task.Slot == 0 ? task.Node : "", StringComparer.Ordinal).ThenByDescending(task => task.CreatedAt),
    ];

    /// <summary>Creates the object for a node.</summary>
    /// <param name="node">The node.</param>
    /// <param name="swarm">The swarm.</param>
    /// <param name="engine">The name of the engine.</param>
    /// <returns>The object.</returns>
    public static LabNode Of(SwarmNode node, SwarmState swarm, string engine)
    {
        SwarmTask[] tasks = [.. swarm.Tasks.Where(task => task.NodeId == node.Id && !task.HasEnded)];
        return new LabNode
        {
            Name = node.Name,
            State = node.Status.State,
            Availability = Enum.TryParse(node.Spec.Availability, ignoreCase: true, out LabNodeAvailability availability) ? availability : LabNodeAvailability.Active,
            Role = Enum.TryParse(node.Spec.Role, ignoreCase: true, out LabNodeRole role) ? role : LabNodeRole.Worker,
            IsLeader = node.ManagerStatus?.Leader ?? false,
            Reachability = node.ManagerStatus?.Reachability ?? "",
            Tasks = tasks.Count(task => task.Status.State == "running"),
            Cpus = (node.Description.Resources?.NanoCpus ?? 0) / 1e9,
            Memory = node.Description.Resources?.MemoryBytes ?? 0,
            ReservedMemory = tasks.Sum(task => task.Spec.Resources?.Reservations?.MemoryBytes ?? 0),
            Platform = $"{node.Description.Platform?.Os}/{node.Description.Platform?.Architecture}",
            Version = node.Description.Engine?.EngineVersion ?? "",
            Address = node.Status.Addr ?? "",
            Labels = node.Spec.Labels ?? new Dictionary<string, string>(),
            NodeId = node.Id,
            Engine = engine,
        };
    }

    /// <summary>Creates the object for a swarm stack.</summary>
    /// <param name="services">Its services.</param>
    /// <param name="engine">The name of the engine.</param>
    /// <param name="isRemoved">Whether it was removed.</param>
    /// <returns>The object.</returns>
    public static LabStack Of(IReadOnlyList<ServiceRollout> services, string engine, bool isRemoved = false) => new()
    {
        ProjectName = services[0].Stack,
        Orchestrator = LabOrchestrator.Swarm,
        Running = isRemoved ? 0 : (int)services.Sum(service => service.Done),
        Total = (int)services.Sum(service => service.Total),
        Services = [.. services.Select(service => service.Service)],
        Health = LabHealth.None,
        IsRemoved = isRemoved,
        WorkingDirectory = "",
        ConfigFiles = [],
        Engine = engine,
    };

    private static IReadOnlyList<string> Ports(IReadOnlyList<SwarmPort>? ports) =>
    [
        .. (ports ?? []).Select(port => string.Create(CultureInfo.InvariantCulture, $"{(port.PublishedPort is > 0 and { } published ? $"{published}:" : "")}{port.TargetPort}/{port.Protocol ?? "tcp"}")).Distinct(StringComparer.Ordinal),
    ];

    private static LabTask Of(SwarmTask task, SwarmState swarm, string engine)
    {
        SwarmService? service = swarm.Services.FirstOrDefault(known => known.Id == task.ServiceId);
        string stack = service?.Label(SwarmLabels.Namespace) ?? "";
        string name = service?.Spec.Name ?? task.ServiceId;
        return new LabTask
        {
            ProjectName = stack,
            Service = stack.Length > 0 && name.StartsWith(stack + "_", StringComparison.Ordinal) ? name[(stack.Length + 1)..] : name,
            Slot = task.Slot,
            Node = task.NodeId.Length == 0 ? "" : swarm.Nodes.FirstOrDefault(node => node.Id == task.NodeId)?.Name ?? task.NodeId,
            State = task.Status.State,
            DesiredState = task.DesiredState,
            Since = task.Status.Timestamp,
            Error = task.Status.Err ?? "",
            ExitCode = task.HasEnded ? task.Status.ContainerStatus?.ExitCode : null,
            Pending = task.NodeId.Length > 0 || task.HasEnded
                ? []
                : [.. PendingReasons.Of(task, swarm.Nodes, swarm.Tasks, swarm.Services).Select(reason => new LabPendingReason { Node = reason.Node.Name, Kind = reason.Kind.ToString(), Detail = reason.Detail })],
            Ports = Ports(task.Status.PortStatus?.Ports),
            Image = task.Spec.ContainerSpec?.Image ?? "",
            TaskId = task.Id,
            ContainerId = task.Status.ContainerStatus?.Id ?? "",
            CreatedAt = task.CreatedAt,
            Engine = engine,
        };
    }
}

/// <summary>All services, tasks and nodes of a swarm.</summary>
/// <param name="Services">The services.</param>
/// <param name="Tasks">The tasks.</param>
/// <param name="Nodes">The nodes.</param>
internal sealed record SwarmState(IReadOnlyList<SwarmService> Services, IReadOnlyList<SwarmTask> Tasks, IReadOnlyList<SwarmNode> Nodes)
{
    /// <summary>Reads it.</summary>
    /// <param name="engine">A manager.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>The state.</returns>
    public static async Task<SwarmState> ReadAsync(IEngine engine, CancellationToken token)
    {
        Task<IReadOnlyList<SwarmService>> services = engine.ListServicesAsync([], token);
        Task<IReadOnlyList<SwarmTask>> tasks = engine.ListTasksAsync([], upToDate: false, token);
        Task<IReadOnlyList<SwarmNode>> nodes = engine.ListNodesAsync(token);
        await Task.WhenAll(services, tasks, nodes).ConfigureAwait(false);
        return new SwarmState(await services.ConfigureAwait(false), await tasks.ConfigureAwait(false), await nodes.ConfigureAwait(false));
    }
}
