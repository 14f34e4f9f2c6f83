using ComposeLab.Compose.Model;

namespace ComposeLab.Reporting;

/// <summary>The published ports of a service, from the engine if it is running, otherwise from its files.</summary>
internal static class ServicePorts
{
    /// <summary>Returns them.</summary>
    /// <param name="service">The service.</param>
    /// <param name="facts">The facts of the report.</param>
    /// <returns>The ports; empty if none is published.</returns>
    public static string Of(ServiceDefinition service, ReportFacts facts)
    {
        // A port that listens on IPv4 and IPv6 is shown once.
        var held = facts.Of(service.Name).SelectMany(container => container.Ports).Where(port => port.IsPublished && port.HostIp != "::").ToList();
        return string.Join(", ", held.Count > 0
            ? held.Select(port => $"{Host(port.HostIp)}:{port.HostPort} → {port.ContainerPort}")
            : service.Ports.Select(port => $"{Host(port.HostIp)}:{port.Published ?? "any"} → {port.Target}"));
    }

    private static string Host(string? address) => address is null or "0.0.0.0" ? "*" : address;
}
