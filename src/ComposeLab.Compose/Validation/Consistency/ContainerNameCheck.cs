using ComposeLab.Compose.Model;

namespace ComposeLab.Compose.Validation.Consistency;

/// <summary>A container name belongs to one service: the engine gives it to one container only.</summary>
internal static class ContainerNameCheck
{
    /// <summary>Checks the active services of a project against each other.</summary>
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
                    $"must be another than that of the service {owners[name]}, found '{name}' for both",
                    $"Remove container_name from {service.Name}, or name it '{name}-{service.Name}'.");
            }
        }
    }
}
