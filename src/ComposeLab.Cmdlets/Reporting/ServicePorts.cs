using ComposeLab.Compose.Model;

namespace ComposeLab.Reporting;

/// <summary>The ports that a service publishes, as the engine says where it runs, else as its files say.</summary>
internal static class ServicePorts
{
    /// <summary>Says them.</summary>
    /// <param name="service">The service.</param>
    /// <param name="facts">The facts of the report.</param>
    /// <returns>The ports; empty where none is published.</returns>
    public static string Of(ServiceDefinition service, ReportFacts facts)
    {
        // One that listens on both families of addresses is one port to a reader.
        var held = facts.Of(service.Name).SelectMany(container => container.Ports).Where(port => port.IsPublished && port.HostIp != "::").ToList();
        return string.Join(", ", held.Count > 0
            ? held.Select(port => $"{Host(port.HostIp)}:{port.HostPort} → {port.ContainerPort}")
            : service.Ports.Select(port => $"{Host(port.HostIp)}:{port.Published ?? "any"} → {port.Target}"));
    }

    private static string Host(string? address) => address is null or "0.0.0.0" ? "*" : address;
}
