using System.Globalization;
using ComposeLab.Engine.Docker;

namespace ComposeLab.Engine.Planning;

/// <summary>The containers of the tasks of a swarm stack, in the form of the containers of a Compose stack, so that the same commands can use them.</summary>
internal static class TaskContainers
{
    private const string TaskIdLabel = "com.docker.swarm.task.id";
    private const string TaskNameLabel = "com.docker.swarm.task.name";
    private const string ServiceNameLabel = "com.docker.swarm.service.name";

    /// <summary>The containers of tasks on all nodes.</summary>
    /// <param name="stack">The stack.</param>
    /// <param name="services">Its services.</param>
    /// <param name="tasks">Their tasks.</param>
    /// <param name="nodes">The nodes.</param>
    /// <param name="here">The containers of this engine, which knows more about them than the swarm.</param>
    /// <returns>The tasks that have a container, by service and slot, the latest of a slot first.</returns>
    public static IReadOnlyList<ObservedContainer> Of(
        string stack, IReadOnlyList<SwarmService> services, IReadOnlyList<SwarmTask> tasks, IReadOnlyList<SwarmNode> nodes, IReadOnlyList<ContainerSummary> here)
    {
        Dictionary<string, SwarmService> byId = services.ToDictionary(service => service.Id, StringComparer.Ordinal);
        Dictionary<string, ContainerSummary> own = here.ToDictionary(container => container.Id, StringComparer.Ordinal);
        Dictionary<string, SwarmNode> onNode = nodes.ToDictionary(node => node.Id, StringComparer.Ordinal);
        return
        [
            .. tasks.Where(task => byId.ContainsKey(task.ServiceId) && !string.IsNullOrEmpty(task.Status.ContainerStatus?.Id))
                .OrderBy(task => byId[task.ServiceId].Spec.Name, StringComparer.Ordinal).ThenBy(task => task.Slot).ThenByDescending(task => task.CreatedAt)
                .Select(task => Of(stack, byId[task.ServiceId], task, onNode.GetValueOrDefault(task.NodeId), own.GetValueOrDefault(task.Status.ContainerStatus!.Id!))),
        ];
    }

    /// <summary>The container of a task, as an engine lists it.</summary>
    /// <param name="stack">The stack.</param>
    /// <param name="summary">The container.</param>
    /// <returns>The container.</returns>
    public static ObservedContainer Of(string stack, ContainerSummary summary)
    {
        // The name of a task is the name of its service, its slot or node, and its id.
        string service = summary.Labels.GetValueOrDefault(ServiceNameLabel, "");
        string[] parts = summary.Labels.GetValueOrDefault(TaskNameLabel, "").Split('.');
        string slot = parts.Length >= 3 && parts[^2].All(char.IsAsciiDigit) ? parts[^2] : "0";
        return new ObservedContainer(summary with { Labels = Labels(stack, Key(stack, service), slot, summary.Labels) }) { TaskId = summary.Labels.GetValueOrDefault(TaskIdLabel, "") };
    }

    private static ObservedContainer Of(string stack, SwarmService service, SwarmTask task, SwarmNode? node, ContainerSummary? own)
    {
        SwarmContainerSpec? spec = task.Spec.ContainerSpec;
        IReadOnlyDictionary<string, string> labels = Labels(stack, RemovalPlanning.Key(stack, service), task.Slot.ToString(CultureInfo.InvariantCulture), own?.Labels ?? spec?.Labels ?? new Dictionary<string, string>());
        string place = task.Slot > 0 ? task.Slot.ToString(CultureInfo.InvariantCulture) : task.NodeId;
        var summary = new ContainerSummary
        {
            Id = task.Status.ContainerStatus!.Id!,
            Name = $"{service.Spec.Name}.{place}.{task.Id}",
            Image = spec?.Image ?? "",
            ImageId = "",
            Created = task.CreatedAt,
            State = task.Status.State == "running" ? ContainerState.Running : task.HasEnded ? ContainerState.Exited : ContainerState.Created,
            Health = HealthStatus.None,
            ExitCode = task.HasEnded ? task.Status.ContainerStatus.ExitCode : null,
            Status = task.Status.State,
            Labels = labels,
            Ports = [],
            Networks = new Dictionary<string, ContainerNetwork>(),
            Mounts = [],
        };
        return new ObservedContainer(own is null ? summary : own with { Labels = labels }) { TaskId = task.Id, Node = node, HasTerminal = spec?.Tty == true };
    }

    private static string Key(string stack, string service) => service.StartsWith(stack + "_", StringComparison.Ordinal) ? service[(stack.Length + 1)..] : service;

    private static Dictionary<string, string> Labels(string stack, string service, string slot, IReadOnlyDictionary<string, string> own) => new(own, StringComparer.Ordinal)
    {
        [StackLabels.Project] = stack,
        [StackLabels.Service] = service,
        [StackLabels.Number] = slot,
    };
}
