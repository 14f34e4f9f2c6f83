using ComposeLab.Compose.Model;

namespace ComposeLab.Compose.Validation.Consistency;

/// <summary>The networks, volumes, secrets, configs and models a service uses are defined.</summary>
internal static class ReferenceCheck
{
    private const string ServicePrefix = "service:";
    private const string ExtensionPrefix = "x-";

    /// <summary>Checks a service.</summary>
    /// <param name="project">Its project.</param>
    /// <param name="service">The service.</param>
    public static void Check(CheckedProject project, ServiceDefinition service)
    {
        CheckNetworks(project, service);
        for (int index = 0; index < service.Volumes.Count; index++)
        {
            MountDefinition mount = service.Volumes[index];
            if (mount is { Type: MountType.Volume, Source: { Length: > 0 } source })
            {
                References.Require(
                    project, service, $"volumes[{index}]", "volume", source, mount.Node["source"]?.Origin ?? mount.Origin);
            }
        }

        CheckFiles(project, service, "build.secrets", "secret", service.Build?.Secrets ?? []);
        CheckFiles(project, service, "configs", "config", service.Configs);
        CheckFiles(project, service, "secrets", "secret", service.Secrets);
        foreach ((string model, ServiceModelDefinition use) in service.Models)
        {
            References.Require(project, service, "models", "model", model, use.Origin);
        }
    }

    private static void CheckNetworks(CheckedProject project, ServiceDefinition service)
    {
        string mode = service.NetworkMode ?? "";
        if (mode.Length > 0 && service.Networks.Count > 0)
        {
            throw Fault.In(
                service, "network_mode", "excludes networks, found both", "Keep one of 'network_mode' and 'networks'.");
        }

        foreach ((string network, ServiceNetworkDefinition use) in service.Networks)
        {
            if (network.StartsWith(ExtensionPrefix, StringComparison.Ordinal))
            {
                throw Fault.In(
                    service,
                    $"networks.{network}",
                    "names a network whose key begins with 'x-', which docker compose takes for a note and refuses",
                    $"Rename the network, for example to '{network[ExtensionPrefix.Length..]}'.",
                    use.Origin);
            }

            References.Require(project, service, "networks", "network", network, use.Origin);
        }

        if (mode.StartsWith(ServicePrefix, StringComparison.Ordinal) && !project.Services.ContainsKey(mode[ServicePrefix.Length..]))
        {
            throw References.NoService(project, service, "network_mode", mode[ServicePrefix.Length..]);
        }
    }

    private static void CheckFiles(
        CheckedProject project, ServiceDefinition service, string attribute, string kind, IReadOnlyList<FileReferenceDefinition> uses)
    {
        for (int index = 0; index < uses.Count; index++)
        {
            References.Require(
                project, service, $"{attribute}[{index}]", kind, uses[index].Source ?? "", uses[index].Node["source"]?.Origin ?? uses[index].Origin);
        }
    }
}
