using ComposeLab.Compose.Model;
using ComposeLab.Compose.Rules.Swarm;
using ComposeLab.Compose.Specification;
using ComposeLab.Compose.Yaml;
using ComposeLab.Engine.Docker;

namespace ComposeLab.Engine.Planning;

/// <summary>Says what a swarm does not honor: as a finding where the stack would not be what it should be, else as a warning. Every line says what to do instead.</summary>
/// <param name="project">The project.</param>
/// <param name="observed">The swarm.</param>
/// <param name="draft">The plan so far; added to.</param>
internal sealed class SwarmSupport(ComposeProject project, ObservedSwarm observed, PlanDraft draft)
{
    private const string ServicePath = "services.*.";

    private static readonly IReadOnlyList<SupportRule> Rules =
    [
        .. SupportLines.All.Where(line => line.Path.StartsWith(ServicePath, StringComparison.Ordinal) && line.Row.Swarm is not null)
            .Where(line => line.Swarm.Kind is AttributeUseKind.Ignored or AttributeUseKind.Refused)
            .Select(line => new SupportRule(line.Path[ServicePath.Length..], new EngineLimit(line.Swarm.Kind == AttributeUseKind.Refused, line.Swarm.Words), line.Swarm.Instead)),
    ];

    private bool HasSeveralNodes => observed.Nodes.Count > 1;

    /// <summary>Checks every service.</summary>
    public void Check()
    {
        foreach (ServiceDefinition service in project.Services.Values)
        {
            foreach (SupportRule rule in Rules)
            {
                foreach ((string path, Node value) in rule.Find(service.Node))
                {
                    Tell(service, path, rule, value.Origin);
                }
            }

            CheckImage(service);
            CheckDeploy(service);
            CheckPorts(service);
            CheckMounts(service);
            CheckDependencies(service);
        }
    }

    private void Tell(ServiceDefinition service, string path, SupportRule rule, Origin origin)
    {
        string instead = rule.Alternative.Length == 0 ? $"Remove {path}." : $"Remove {path}, or {rule.Alternative}.";
        if (rule.Limit.IsError)
        {
            draft.AddFinding(EngineErrorId.UnsupportedByEngine, $"Service '{service.Name}' uses {path}, which a swarm does not support: {rule.Limit.Words}.", instead, service.Name, origin);
        }
        else
        {
            string hint = rule.Alternative.Length == 0 ? "" : $" {char.ToUpperInvariant(rule.Alternative[0])}{rule.Alternative[1..]}.";
            draft.Warn(new PlanWarning($"services.{service.Name}: {path} is ignored: {rule.Limit.Words}.{hint}", service.Name, origin));
        }
    }

    private void CheckImage(ServiceDefinition service)
    {
        if (string.IsNullOrEmpty(service.Image))
        {
            draft.AddFinding(
                service.Build is null ? EngineErrorId.ImageNotFound : EngineErrorId.UnsupportedByEngine,
                service.Build is null ? $"Service '{service.Name}' has no image." : $"Service '{service.Name}' has a build section but no image: a swarm does not build.",
                "Set image: to a name that every node can pull, then build and push the image.",
                service.Name,
                service.Node["build"]?.Origin ?? service.Origin);
        }
        else if (HasSeveralNodes && observed.Images.TryGetValue(service.Image, out SwarmImage? found) && found is null)
        {
            draft.Warn(new PlanWarning(
                $"services.{service.Name}: no registry knows the image {service.Image}. It runs only on nodes that have it already, and each of them may have another version. Push it to a registry that all nodes can reach.",
                service.Name,
                service.Node["image"]?.Origin));
        }
    }

    private void CheckDeploy(ServiceDefinition service)
    {
        string mode = service.Deploy?.Mode ?? "replicated";
        if (mode is "global" or "global-job" && ServiceConversion.Replicas(service) is not null)
        {
            AddUnsupported(service, $"has mode {mode} and a number of replicas", "Remove the replicas: there is one task on each node.", service.Node["scale"]?.Origin ?? service.Deploy?.Node["replicas"]?.Origin);
        }
        else if (mode is not ("global" or "global-job" or "replicated" or "replicated-job"))
        {
            AddUnsupported(service, $"has the unknown mode '{mode}'", "Use replicated, global, replicated-job or global-job.", service.Deploy?.Node["mode"]?.Origin);
        }

        // A job ends: a swarm rejects a policy that restarts a task that succeeded.
        if (mode is "replicated-job" or "global-job" && (service.Deploy?.RestartPolicy?.Condition ?? RestartOf(service)) == "any")
        {
            AddUnsupported(service, $"is a {mode}, which must not be restarted after it succeeded", "Use deploy.restart_policy with condition: on-failure or none.", (service.Deploy?.RestartPolicy?.Node["condition"] ?? service.Node["restart"])?.Origin);
        }

        if (mode is "replicated-job" or "global-job" && service.Deploy?.UpdateConfig is { } update)
        {
            AddUnsupported(service, $"is a {mode} and has an update_config", "Remove update_config: the tasks of a job are not updated one after the other.", update.Origin);
        }
    }

    private static string? RestartOf(ServiceDefinition service) => service.Restart is "always" or "unless-stopped" ? "any" : null;

    private void CheckPorts(ServiceDefinition service)
    {
        foreach (PortDefinition port in service.Ports)
        {
            if (port.Published?.Contains('-', StringComparison.Ordinal) == true)
            {
                AddUnsupported(service, $"publishes one of the ports {port.Published}", "Publish one port: a swarm does not choose from a range.", port.Origin);
            }
            else if (service.Deploy?.EndpointMode?.ToLowerInvariant() == "dnsrr" && port.Mode != "host")
            {
                AddUnsupported(service, "publishes a port with ingress and has the endpoint mode dnsrr", "Use mode: host for the port, or endpoint_mode: vip.", port.Origin);
            }
        }
    }

    private void CheckMounts(ServiceDefinition service)
    {
        foreach (MountDefinition mount in HasSeveralNodes && !SwarmPlacements.IsPinned(service) ? service.Volumes : [])
        {
            VolumeDefinition? volume = mount.Type == MountType.Volume ? project.Volumes.GetValueOrDefault(mount.Source ?? "") : null;
            if (mount.Type == MountType.Bind)
            {
                draft.Warn(new PlanWarning(
                    $"services.{service.Name}: {mount.Source} must exist on every node that can run a task. Use a config or secret, or pin the service to a node with deploy.placement.constraints.", service.Name, mount.Origin));
            }
            else if (volume is { Driver: null or "" or "local", DriverOpts.Count: 0 })
            {
                draft.Warn(new PlanWarning(
                    $"services.{service.Name}: volume {mount.Source} is local to each node, so a task that moves to another node finds it empty. Pin the service with deploy.placement.constraints, or use a volume driver that shares data.",
                    service.Name,
                    mount.Origin));
            }
        }
    }

    private void CheckDependencies(ServiceDefinition service)
    {
        foreach (DependencyDefinition dependency in service.DependsOn.Values.Where(dependency => dependency.Condition == DependencyCondition.ServiceCompletedSuccessfully))
        {
            if (project.Services.GetValueOrDefault(dependency.Service) is { } other && other.Deploy?.Mode is not ("replicated-job" or "global-job"))
            {
                AddUnsupported(
                    service,
                    $"waits until '{dependency.Service}' has completed, which is not a job",
                    $"Set deploy.mode: replicated-job for '{dependency.Service}'.",
                    dependency.Origin);
            }
        }
    }

    private void AddUnsupported(ServiceDefinition service, string what, string instead, Origin? origin) =>
        draft.AddFinding(EngineErrorId.UnsupportedByEngine, $"Service '{service.Name}' {what}.", instead, service.Name, origin ?? service.Origin);
}
