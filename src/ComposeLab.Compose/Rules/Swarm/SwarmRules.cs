using ComposeLab.Compose.Model;
using ComposeLab.Compose.Rules.Health;
using ComposeLab.Compose.Rules.Images;
using static ComposeLab.Compose.Rules.FindingSeverity;

namespace ComposeLab.Compose.Rules.Swarm;

/// <summary>A rule for services on a swarm. It applies only to projects that are meant for one: those with an overlay named swarm, or with settings that only a swarm
/// has.</summary>
/// <param name="info">The description of the rule.</param>
internal abstract class SwarmRule(RuleInfo info) : ServiceRule(info)
{
    /// <summary>Whether the number of tasks of a service is set and its tasks do not end.</summary>
    protected static bool IsReplicated(ServiceDefinition service) => (service.Deploy?.Mode ?? "replicated") == "replicated";

    /// <summary>Whether the tasks of a service end.</summary>
    protected static bool IsJob(ServiceDefinition service) => service.Deploy?.Mode is "replicated-job" or "global-job";

    /// <summary>Whether the placement of a service names a node, or a label that the administrator gave to nodes.</summary>
    protected static bool IsPinned(ServiceDefinition service) => SwarmPlacements.IsPinned(service);

    /// <inheritdoc/>
    protected sealed override IEnumerable<RuleMatch> Find(RuleContext context, ServiceDefinition service) =>
        context.IsForSwarm && service.Provider is null && service.Deploy?.Replicas != 0 && service.Scale != 0 ? FindOnSwarm(context, service) : [];

    /// <summary>Checks one service.</summary>
    /// <param name="context">The project and its environment.</param>
    /// <param name="service">The service.</param>
    /// <returns>The matches.</returns>
    protected abstract IEnumerable<RuleMatch> FindOnSwarm(RuleContext context, ServiceDefinition service);
}

/// <summary>A task that moves to another node must find its data.</summary>
internal sealed class VolumeMovesRule() : SwarmRule(new RuleInfo(
    "VolumeMoves",
    Warning,
    Warning,
    "on a swarm, a local volume of a service that can run on any node: on another node, the volume is empty",
    "Pin the service to a node (`deploy: { placement: { constraints: [node.labels.db == true] } }`), or use a volume driver that shares data."))
{
    /// <inheritdoc/>
    protected override IEnumerable<RuleMatch> FindOnSwarm(RuleContext context, ServiceDefinition service)
    {
        foreach (MountDefinition mount in IsPinned(service) ? [] : service.Volumes)
        {
            VolumeDefinition? volume = mount.Type == MountType.Volume ? context.Project.Volumes.GetValueOrDefault(mount.Source ?? "") : null;
            if (volume is { Driver: null or "" or "local", DriverOpts.Count: 0, External: false })
            {
                yield return context.At(
                    service,
                    "volumes",
                    mount.Node,
                    $"The volume {mount.Source} is local to each node: if the swarm moves {service.Name} to another node, the task finds an empty volume there.",
                    "deploy: { placement: { constraints: [node.labels.NAME == true] } }, and Set-LabNode NODE -Label @{ NAME = 'true' }");
            }
        }
    }
}

/// <summary>A port of a database is not for everybody who reaches a node.</summary>
internal sealed class PortOnAllNodesRule() : SwarmRule(new RuleInfo(
    "PortOnAllNodes",
    Information,
    Information,
    "on a swarm, a published port: it listens on all addresses of its node, in the mode `ingress` of every node",
    "Publish only what must be reached from outside, and restrict it with the firewall of the nodes."))
{
    /// <inheritdoc/>
    protected override IEnumerable<RuleMatch> FindOnSwarm(RuleContext context, ServiceDefinition service)
    {
        foreach (PortDefinition port in service.Ports)
        {
            yield return context.At(
                service,
                "ports",
                port.Node,
                port.Mode == "host"
                    ? $"Port {port.Target} of {service.Name} listens on all addresses of each node that runs a task. A swarm cannot limit it to one address."
                    : $"Port {port.Target} of {service.Name} listens on all addresses of every node. A swarm cannot limit it to one address.",
                "Use the firewall of the nodes, or remove the port if other services reach it by its name.");
        }
    }
}

/// <summary>An update must say how it proceeds.</summary>
internal sealed class UpdateConfigMissingRule() : SwarmRule(new RuleInfo(
    "UpdateConfigMissing",
    Information,
    Warning,
    "on a swarm, a service without `update_config`: each task is stopped before its successor starts, and a failed update is left half done",
    "`deploy: { update_config: { order: start-first, failure_action: rollback } }`; with data in a volume, `stop-first`."))
{
    /// <inheritdoc/>
    protected override IEnumerable<RuleMatch> FindOnSwarm(RuleContext context, ServiceDefinition service)
    {
        if (service.Deploy?.UpdateConfig is null && !IsJob(service))
        {
            string order = service.Volumes.Any(mount => mount.Type == MountType.Volume) ? "stop-first" : "start-first";
            yield return context.At(
                service,
                "deploy",
                $"{service.Name} has no update_config: a swarm stops each task before its successor starts, and leaves an update that fails half done (paused).",
                $"deploy: {{ update_config: {{ order: {order}, failure_action: rollback }} }}");
        }
    }
}

/// <summary>A service must survive the loss of a node.</summary>
internal sealed class SingleReplicaRule() : SwarmRule(new RuleInfo(
    "SingleReplica",
    Information,
    Information,
    "on a swarm, a service with one task that could have several: it is not available while the task moves to another node",
    "`deploy: { replicas: 2 }`."))
{
    /// <inheritdoc/>
    protected override IEnumerable<RuleMatch> FindOnSwarm(RuleContext context, ServiceDefinition service)
    {
        if (IsReplicated(service) && (service.Scale ?? service.Deploy?.Replicas ?? 1) == 1 && !IsPinned(service) && !service.Volumes.Any(mount => mount.Type == MountType.Volume))
        {
            yield return context.At(
                service, "deploy", $"{service.Name} has one task: when its node fails or is drained, it is not available until the task runs on another one.", "deploy: { replicas: 2 }");
        }
    }
}

/// <summary>A swarm must be able to tell a working task from a broken one.</summary>
internal sealed class TaskHealthcheckMissingRule() : SwarmRule(new RuleInfo(
    "TaskHealthcheckMissing",
    Warning,
    Warning,
    "on a swarm, a service without a health check: an update replaces all tasks even if the new ones only start, but do not work",
    "Add a `healthcheck`."))
{
    /// <inheritdoc/>
    protected override IEnumerable<RuleMatch> FindOnSwarm(RuleContext context, ServiceDefinition service)
    {
        if (!IsJob(service) && !Probes.Has(context, service) && !context.Dependents.RunsOnce(service))
        {
            yield return context.At(
                service,
                $"{service.Name} has no health check in the files: for a swarm, a task works as soon as its program runs, so an update to a broken version replaces every task.",
                Probes.Suggestion(context, service));
        }
    }
}

/// <summary>All nodes must run the same image.</summary>
internal sealed class ImageWithoutDigestRule() : SwarmRule(new RuleInfo(
    "ImageWithoutDigest",
    Information,
    Information,
    "on a swarm, an image without a digest: if no registry is asked at the deployment, nodes can run different images under the same name",
    "`image: nginx:1.27.3@sha256:...`; `Show-MergedConfig -Lock` writes the digests."))
{
    /// <inheritdoc/>
    protected override IEnumerable<RuleMatch> FindOnSwarm(RuleContext context, ServiceDefinition service)
    {
        if (service.Node["image"] is { } node && ImageReference.Parse(service.Image) is { Digest: null })
        {
            yield return context.At(
                service,
                "image",
                node,
                $"{service.Image} has no digest: nodes that pull it at different times can run different images.",
                "Show-MergedConfig -Lock writes the digests into an overlay. Deploy-LabStack pins the digest of a new image if its registry answers.");
        }
    }
}

/// <summary>Knows where the tasks of a service can run.</summary>
public static class SwarmPlacements
{
    private static readonly string[] Naming = ["node.id", "node.hostname", "node.labels."];

    /// <summary>Whether the placement of a service names a node, or a label that the administrator gave to nodes, or every node has a task.</summary>
    /// <param name="service">The service.</param>
    /// <returns>True if it is pinned.</returns>
    public static bool IsPinned(ServiceDefinition service)
    {
        ArgumentNullException.ThrowIfNull(service);
        return service.Deploy?.Mode is "global" || (service.Deploy?.Placement?.Constraints ?? []).Any(constraint =>
            constraint.Contains("==", StringComparison.Ordinal) && Naming.Any(name => constraint.StartsWith(name, StringComparison.Ordinal)));
    }

    /// <summary>Whether a project is meant for a swarm: it has an overlay named swarm, or settings that only a swarm has.</summary>
    /// <param name="project">The project.</param>
    /// <returns>True if it is.</returns>
    internal static bool IsForSwarm(ComposeProject project) =>
        project.Sources.Any(source => Path.GetFileNameWithoutExtension(source.Path).EndsWith(".swarm", StringComparison.OrdinalIgnoreCase))
        || project.Services.Values.Any(service => service.Deploy is { } deploy
            && (deploy.UpdateConfig is not null || deploy.RollbackConfig is not null || deploy.Placement is not null || deploy.EndpointMode is not null || deploy.Mode is not (null or "replicated")));
}
