using ComposeLab.Compose.Model;

namespace ComposeLab.Compose.Validation.Consistency;

/// <summary>The attributes of a service and those of its <c>deploy</c> do not contradict each other.</summary>
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
            throw Fault.In(service, "scale", $"is {scale}, but deploy.replicas is {other}", "Give both the same number, or remove one.");
        }

        string attribute = service.Scale is null ? "deploy.replicas" : "scale";
        long count = service.Scale ?? replicas ?? 1;
        if (count < 0)
        {
            throw Fault.In(service, attribute, $"must be 0 or more, found {count}", "Write 0 to run none.");
        }

        if (count > 1 && !string.IsNullOrEmpty(service.ContainerName))
        {
            throw Fault.In(
                service,
                "container_name",
                $"names one container, but {attribute} asks for {count}",
                $"Remove container_name, or set {attribute} to 1.");
        }
    }

    private static void CheckEqual(ServiceDefinition service, string attribute, double? own, bool hasOther, string otherAttribute, double? other)
    {
        // Processors are kept in single precision; a block without the amount counts as 0.
        if (own is { } value && value != 0 && hasOther && (float)value != (float)(other ?? 0))
        {
            throw Fault.In(
                service,
                attribute,
                $"must equal deploy.resources.{otherAttribute}, which is {(other is null ? "not set" : "another amount")}",
                $"Give both the same amount, or remove {attribute}.");
        }
    }
}
