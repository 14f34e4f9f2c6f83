using ComposeLab.Compose.Diagnostics;
using ComposeLab.Compose.Model;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Validation;

/// <summary>A service must have an image or a build.</summary>
internal static class SourceCheck
{
    /// <summary>Checks a service.</summary>
    /// <param name="project">Its project.</param>
    /// <param name="service">The service.</param>
    public static void Check(CheckedProject project, ServiceDefinition service)
    {
        if (service.Build is null && string.IsNullOrEmpty(service.Image) && service.Provider is null)
        {
            throw Fault.In(
                service, "", "must have an image or a build", $"Add 'image: NAME' or 'build: .' to the service {service.Name}.");
        }
    }
}

/// <summary>The parts of a build must be consistent.</summary>
internal static class BuildCheck
{
    private const string ServicePrefix = "service:";

    /// <summary>Checks a service.</summary>
    /// <param name="project">Its project.</param>
    /// <param name="service">The service.</param>
    public static void Check(CheckedProject project, ServiceDefinition service)
    {
        if (service.Build is not { } build)
        {
            return;
        }

        if (!string.IsNullOrEmpty(build.DockerfileInline) && !string.IsNullOrEmpty(build.Dockerfile))
        {
            throw Fault.In(
                service, "build", "must not have both dockerfile and dockerfile_inline", "Keep one of them.", build.Node["dockerfile_inline"]?.Origin);
        }

        foreach ((string name, string context) in build.AdditionalContexts)
        {
            CheckContext(project, service, name, context);
        }

        if (build.Platforms.Count > 0 && !string.IsNullOrEmpty(service.Platform) && !build.Platforms.Contains(service.Platform, StringComparer.Ordinal))
        {
            throw Fault.In(
                service,
                "build.platforms",
                $"must include the platform of the service, {service.Platform}",
                $"Add {service.Platform} to build.platforms, or change 'platform'.",
                build.Node["platforms"]?.Origin);
        }
    }

    private static void CheckContext(CheckedProject project, ServiceDefinition service, string name, string context)
    {
        if (!context.StartsWith(ServicePrefix, StringComparison.Ordinal))
        {
            return;
        }

        string target = context[ServicePrefix.Length..];

        // Selecting services leaves out those that only a build needs; their images are still built.
        if (!project.Services.TryGetValue(target, out ServiceDefinition? other) && !(project.DisabledServices.TryGetValue(target, out other) && other.Profiles.Count == 0))
        {
            throw References.NoService(project, service, $"build.additional_contexts.{name}", target);
        }

        if (other.Build is null)
        {
            throw Fault.In(
                service,
                $"build.additional_contexts.{name}",
                $"must refer to a service with a build, but {target} has none",
                $"Add a build to {target}, or use 'docker-image://IMAGE'.");
        }
    }
}

/// <summary>A healthcheck must specify how its command is run.</summary>
internal static class HealthcheckCheck
{
    /// <summary>Checks a service.</summary>
    /// <param name="project">Its project.</param>
    /// <param name="service">The service.</param>
    public static void Check(CheckedProject project, ServiceDefinition service)
    {
        if (service.Healthcheck?.Test is [{ } first, ..] && first is not ("CMD" or "CMD-SHELL" or "NONE"))
        {
            throw Fault.In(
                service,
                "healthcheck.test",
                $"must start with CMD, CMD-SHELL or NONE, found '{Secrets.SecretMask.Standard.MaskText(first)}'",
                "Write 'test: [\"CMD\", \"program\", \"argument\"]', or a string, which a shell runs.",
                service.Healthcheck.Node["test"]?.Origin);
        }
    }
}

/// <summary>The attributes of a service must not contradict those of its <c>deploy</c>.</summary>
internal static class AmountCheck
{
    /// <summary>Checks a service.</summary>
    /// <param name="project">Its project.</param>
    /// <param name="service">The service.</param>
    public static void Check(CheckedProject project, ServiceDefinition service)
    {
        CheckReplicas(service);
        ResourceDefinition? limits = service.Deploy?.Resources?.Limits;
        ResourceDefinition? reservations = service.Deploy?.Resources?.Reservations;
        CheckEqual(service, "cpus", service.Cpus, limits is not null, "limits.cpus", limits?.Cpus);
        CheckEqual(service, "mem_limit", service.MemLimit, limits is not null, "limits.memory", limits?.Memory);
        CheckEqual(service, "mem_reservation", service.MemReservation, reservations is not null, "reservations.memory", reservations?.Memory);
        CheckEqual(service, "pids_limit", service.PidsLimit, limits is not null, "limits.pids", limits?.Pids);
    }

    private static void CheckReplicas(ServiceDefinition service)
    {
        long? replicas = service.Deploy?.Replicas;
        if (service.Scale is { } scale && replicas is { } other && scale != other)
        {
            throw Fault.In(service, "scale", $"is {scale}, but deploy.replicas is {other}", "Set both to the same number, or remove one.");
        }

        string attribute = service.Scale is null ? "deploy.replicas" : "scale";
        long count = service.Scale ?? replicas ?? 1;
        if (count < 0)
        {
            throw Fault.In(service, attribute, $"must be 0 or more, found {count}", "Use 0 to run no containers.");
        }

        if (count > 1 && !string.IsNullOrEmpty(service.ContainerName))
        {
            throw Fault.In(
                service,
                "container_name",
                $"is a single name, but {attribute} is {count}",
                $"Remove container_name, or set {attribute} to 1.");
        }
    }

    private static void CheckEqual(ServiceDefinition service, string attribute, double? own, bool hasOther, string otherAttribute, double? other)
    {
        // CPUs are kept in single precision; a block without the amount counts as 0.
        if (own is { } value && value != 0 && hasOther && (float)value != (float)(other ?? 0))
        {
            throw Fault.In(
                service,
                attribute,
                $"must equal deploy.resources.{otherAttribute}, which is {(other is null ? "not set" : "another amount")}",
                $"Set both to the same amount, or remove {attribute}.");
        }
    }
}

/// <summary>Files that are copied into a container must have a target.</summary>
internal static class WatchCheck
{
    /// <summary>Checks a service.</summary>
    /// <param name="project">Its project.</param>
    /// <param name="service">The service.</param>
    public static void Check(CheckedProject project, ServiceDefinition service)
    {
        IReadOnlyList<WatchDefinition> watches = service.Develop?.Watch ?? [];
        for (int index = 0; index < watches.Count; index++)
        {
            if (string.IsNullOrEmpty(watches[index].Target) && watches[index].Action is not ("rebuild" or "restart"))
            {
                throw Fault.In(
                    service,
                    $"develop.watch[{index}]",
                    $"must have a target, because its action is {watches[index].Action}",
                    "Add 'target: /path/in/the/container'.",
                    watches[index].Origin);
            }
        }
    }
}

/// <summary>Two mounts of a service must not have the same target.</summary>
internal static class MountCheck
{
    /// <summary>Checks a service.</summary>
    /// <param name="project">Its project.</param>
    /// <param name="service">The service.</param>
    public static void Check(CheckedProject project, ServiceDefinition service)
    {
        var mounts = new Dictionary<string, string>(StringComparer.Ordinal);
        for (int index = 0; index < service.Tmpfs.Count; index++)
        {
            Add(service, mounts, service.Tmpfs[index].Split(':')[0], $"tmpfs[{index}]", (service.Node["tmpfs"] as SequenceNode)?.Items[index].Origin);
        }

        for (int index = 0; index < service.Volumes.Count; index++)
        {
            Add(service, mounts, service.Volumes[index].Target ?? "", $"volumes[{index}]", service.Volumes[index].Origin);
        }
    }

    private static void Add(ServiceDefinition service, Dictionary<string, string> mounts, string target, string attribute, Origin? origin)
    {
        if (!mounts.TryAdd(target, attribute))
        {
            throw Fault.In(
                service, attribute, $"uses the target {target}, like {mounts[target]}", "Change the target of one of them, or remove it.", origin);
        }
    }
}

/// <summary>A container name must belong to one service: the engine allows it for one container only.</summary>
internal static class ContainerNameCheck
{
    /// <summary>Compares the active services of a project.</summary>
    /// <param name="project">The project.</param>
    public static void Check(CheckedProject project)
    {
        var owners = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (ServiceDefinition service in project.Services.Values)
        {
            if (service.ContainerName is { Length: > 0 } name && !owners.TryAdd(name, service.Name))
            {
                throw Fault.In(
                    service,
                    "container_name",
                    $"must differ from that of the service {owners[name]}, found '{name}' for both",
                    $"Remove container_name from {service.Name}, or name it '{name}-{service.Name}'.");
            }
        }
    }
}

/// <summary>Creates the errors of the consistency checks.</summary>
internal static class Fault
{
    /// <summary>Creates an error about an attribute of a service.</summary>
    /// <param name="service">The service.</param>
    /// <param name="attribute">The attribute's path below the service.</param>
    /// <param name="message">The problem, as a clause after the attribute's path.</param>
    /// <param name="recommendation">The next step.</param>
    /// <param name="origin">The position; null means that of the attribute or of the service.</param>
    /// <param name="id">The stable id.</param>
    /// <returns>The error to throw.</returns>
    public static ComposeException In(
        ServiceDefinition service,
        string attribute,
        string message,
        string recommendation,
        Origin? origin = null,
        ComposeErrorId id = ComposeErrorId.ComposeFileInvalid)
    {
        string path = attribute.Length == 0 ? $"services.{service.Name}" : $"services.{service.Name}.{attribute}";
        return ComposeException.At(
            id, $"{path} {message}" + (message.EndsWith('?') ? "" : "."), recommendation, origin ?? service.Node[attribute.Split('.', '[')[0]]?.Origin ?? service.Origin, path);
    }
}
