using System.Globalization;
using ComposeLab.Engine.Docker;

namespace ComposeLab.Engine.Planning;

/// <summary>Why a node does not run a task.</summary>
/// <param name="Node">The node.</param>
/// <param name="Kind">The kind of reason.</param>
/// <param name="Detail">What is wanted and what the node has.</param>
public sealed record PendingReason(SwarmNode Node, PendingKind Kind, string Detail);

/// <summary>The kind of a <see cref="PendingReason"/>.</summary>
public enum PendingKind
{
    /// <summary>The node is not ready.</summary>
    Down,

    /// <summary>The node is paused or drained.</summary>
    Availability,

    /// <summary>The node does not meet a constraint.</summary>
    Constraint,

    /// <summary>The image does not run on the node's platform.</summary>
    Platform,

    /// <summary>The node does not have enough resources left.</summary>
    Resources,

    /// <summary>A port of the node is in use.</summary>
    Port,

    /// <summary>The node does not have a plugin.</summary>
    Plugin,

    /// <summary>The node has as many tasks of the service as it may have.</summary>
    MaxReplicas,
}

/// <summary>Finds out, for each node, why it does not run a task: what a scheduler checks, with the values that it sees.</summary>
public static class PendingReasons
{
    /// <summary>Finds the reasons.</summary>
    /// <param name="task">The task.</param>
    /// <param name="nodes">The nodes.</param>
    /// <param name="tasks">All tasks of the swarm.</param>
    /// <param name="services">All services of the swarm.</param>
    /// <returns>The reasons by node; a node without a reason could run the task.</returns>
    public static IReadOnlyList<PendingReason> Of(SwarmTask task, IReadOnlyList<SwarmNode> nodes, IReadOnlyList<SwarmTask> tasks, IReadOnlyList<SwarmService> services)
    {
        ArgumentNullException.ThrowIfNull(task);
        ArgumentNullException.ThrowIfNull(nodes);
        Dictionary<string, SwarmService> byId = services.DistinctBy(service => service.Id).ToDictionary(service => service.Id, StringComparer.Ordinal);
        ILookup<string, SwarmTask> byNode = tasks.Where(other => other.Id != task.Id && !other.HasEnded && other.NodeId.Length > 0).ToLookup(other => other.NodeId, StringComparer.Ordinal);
        return [.. nodes.OrderBy(node => node.Name, StringComparer.Ordinal).SelectMany(node => Of(task, node, [.. byNode[node.Id]], byId))];
    }

    private static IEnumerable<PendingReason> Of(SwarmTask task, SwarmNode node, IReadOnlyList<SwarmTask> others, Dictionary<string, SwarmService> services)
    {
        if (node.Status.State != "ready")
        {
            yield return new PendingReason(node, PendingKind.Down, $"the node is {node.Status.State}");
        }

        if (node.Spec.Availability is "drain" or "pause")
        {
            yield return new PendingReason(node, PendingKind.Availability, $"the node is set to {node.Spec.Availability}");
        }

        foreach (string constraint in (task.Spec.Placement?.Constraints ?? []).Where(constraint => !Meets(node, constraint)))
        {
            yield return new PendingReason(node, PendingKind.Constraint, $"{constraint}, but it is '{ValueOf(node, Split(constraint).Key)}'");
        }

        if (task.Spec.Placement?.Platforms is { Count: > 0 } platforms && !platforms.Any(platform => Fits(platform, node.Description.Platform)))
        {
            yield return new PendingReason(
                node,
                PendingKind.Platform,
                $"the image is for {string.Join(", ", platforms.Select(platform => $"{platform.Os}/{platform.Architecture}"))}, the node is {node.Description.Platform?.Os}/{node.Description.Platform?.Architecture}");
        }

        foreach (string lack in Lacks(task, node, others))
        {
            yield return new PendingReason(node, PendingKind.Resources, lack);
        }

        foreach (long port in HostPorts(task, services).Intersect(others.SelectMany(other => HostPorts(other, services))))
        {
            yield return new PendingReason(node, PendingKind.Port, string.Create(CultureInfo.InvariantCulture, $"port {port} is in use by another task"));
        }

        foreach (string driver in (task.Spec.ContainerSpec?.Mounts ?? []).Select(mount => mount.VolumeOptions?.DriverConfig?.Name).OfType<string>().Where(driver => driver.Length > 0 && !Has(node, "Volume", driver)))
        {
            yield return new PendingReason(node, PendingKind.Plugin, $"the node has no volume plugin '{driver}'");
        }

        if (task.Spec.LogDriver?.Name is { Length: > 0 } log && log != "none" && !Has(node, "Log", log))
        {
            yield return new PendingReason(node, PendingKind.Plugin, $"the node has no log plugin '{log}'");
        }

        if (task.Spec.Placement?.MaxReplicas is > 0 and { } most && others.Count(other => other.ServiceId == task.ServiceId) >= most)
        {
            yield return new PendingReason(node, PendingKind.MaxReplicas, string.Create(CultureInfo.InvariantCulture, $"it has {most} tasks of the service, the most per node"));
        }
    }

    private static IEnumerable<string> Lacks(SwarmTask task, SwarmNode node, IReadOnlyList<SwarmTask> others)
    {
        SwarmAmounts? wanted = task.Spec.Resources?.Reservations;
        long memory = (node.Description.Resources?.MemoryBytes ?? 0) - others.Sum(other => other.Spec.Resources?.Reservations?.MemoryBytes ?? 0);
        long cpus = (node.Description.Resources?.NanoCpus ?? 0) - others.Sum(other => other.Spec.Resources?.Reservations?.NanoCpus ?? 0);
        if (wanted?.MemoryBytes is { } bytes && bytes > memory)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{bytes / 1_000_000} MB of memory wanted, {Math.Max(0, memory) / 1_000_000} MB not reserved");
        }

        if (wanted?.NanoCpus is { } nano && nano > cpus)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{nano / 1e9:0.##} CPUs wanted, {Math.Max(0, cpus) / 1e9:0.##} not reserved");
        }

        foreach (SwarmDiscreteResource resource in (wanted?.GenericResources ?? []).Select(resource => resource.DiscreteResourceSpec).OfType<SwarmDiscreteResource>())
        {
            long all = (node.Description.Resources?.GenericResources ?? []).Sum(has => has.NamedResourceSpec?.Kind == resource.Kind ? 1 : has.DiscreteResourceSpec?.Kind == resource.Kind ? has.DiscreteResourceSpec?.Value ?? 0 : 0);
            long used = others.SelectMany(other => other.Spec.Resources?.Reservations?.GenericResources ?? []).Sum(other => other.DiscreteResourceSpec?.Kind == resource.Kind ? other.DiscreteResourceSpec?.Value ?? 0 : 0);
            if ((resource.Value ?? 0) > all - used)
            {
                yield return string.Create(CultureInfo.InvariantCulture, $"{resource.Value} {resource.Kind} wanted, {Math.Max(0, all - used)} not reserved");
            }
        }
    }

    private static IEnumerable<long> HostPorts(SwarmTask task, Dictionary<string, SwarmService> services) =>
        (services.GetValueOrDefault(task.ServiceId)?.Spec.EndpointSpec?.Ports ?? []).Where(port => port.PublishMode == "host").Select(port => port.PublishedPort ?? 0).Where(port => port > 0);

    private static bool Has(SwarmNode node, string type, string name) => node.Description.Engine?.Plugins is not { } plugins || plugins.Any(plugin => plugin.Type == type && (plugin.Name == name || plugin.Name == name + ":latest"));

    private static bool Fits(SwarmPlatform wanted, SwarmPlatform? node) =>
        (string.IsNullOrEmpty(wanted.Os) || wanted.Os == node?.Os) && (string.IsNullOrEmpty(wanted.Architecture) || Common(wanted.Architecture) == Common(node?.Architecture));

    private static string? Common(string? architecture) => architecture switch
    {
        "x86_64" => "amd64",
        "aarch64" => "arm64",
        "armv7l" => "arm",
        _ => architecture,
    };

    private static (string Key, bool IsEqual, string Value) Split(string constraint)
    {
        int sign = constraint.IndexOf("!=", StringComparison.Ordinal);
        bool isEqual = sign < 0;
        sign = isEqual ? constraint.IndexOf("==", StringComparison.Ordinal) : sign;
        return sign < 0 ? (constraint.Trim(), true, "") : (constraint[..sign].Trim(), isEqual, constraint[(sign + 2)..].Trim());
    }

    private static bool Meets(SwarmNode node, string constraint)
    {
        (string key, bool isEqual, string value) = Split(constraint);
        return string.Equals(ValueOf(node, key), value, StringComparison.OrdinalIgnoreCase) == isEqual;
    }

    private static string ValueOf(SwarmNode node, string key) => key.ToLowerInvariant() switch
    {
        "node.id" => node.Id,
        "node.hostname" => node.Description.Hostname ?? "",
        "node.ip" => node.Status.Addr ?? "",
        "node.role" => node.Spec.Role ?? "",
        "node.platform.os" => node.Description.Platform?.Os ?? "",
        "node.platform.arch" => node.Description.Platform?.Architecture ?? "",
        _ when key.StartsWith("node.labels.", StringComparison.OrdinalIgnoreCase) => node.Spec.Labels?.GetValueOrDefault(key["node.labels.".Length..]) ?? "",
        _ when key.StartsWith("engine.labels.", StringComparison.OrdinalIgnoreCase) => node.Description.Engine?.Labels?.GetValueOrDefault(key["engine.labels.".Length..]) ?? "",
        _ => "",
    };
}
