using System.Globalization;
using ComposeLab.Errors;

namespace ComposeLab.Stacks;

/// <summary>A question for the address at which a port of a service can be reached.</summary>
/// <param name="Service">The service.</param>
/// <param name="Port">The port inside its containers.</param>
/// <param name="Protocol">tcp, udp or sctp.</param>
internal sealed record PortQuery(string Service, int Port, string Protocol)
{
    /// <summary>The form that <see cref="Parse"/> accepts.</summary>
    public const string Pattern = @"^[^:\s]+:\d{1,5}(/(tcp|udp|sctp))?$";

    /// <summary>Reads a question.</summary>
    /// <param name="text">The service and the port, such as <c>api:8000</c> or <c>dns:53/udp</c>.</param>
    /// <returns>The question.</returns>
    public static PortQuery Parse(string text)
    {
        string[] parts = text.Split(':', 2);
        string[] port = parts[1].Split('/', 2);
        return new PortQuery(parts[0], int.Parse(port[0], CultureInfo.InvariantCulture), port.Length == 2 ? port[1] : "tcp");
    }

    /// <summary>Finds the addresses.</summary>
    /// <param name="containers">The containers of the service, in order.</param>
    /// <returns>The published ports, those of the first container first.</returns>
    /// <exception cref="LabException">PortNotPublished.</exception>
    public IReadOnlyList<LabPort> Find(IReadOnlyList<LabService> containers)
    {
        LabPort[] found = [.. containers.SelectMany(container => container.Ports).Where(port => port.IsPublished && port.ContainerPort == Port && port.Protocol == Protocol)];
        string[] others = [.. containers.SelectMany(container => container.Ports).Select(port => port.ToString()).Distinct(StringComparer.Ordinal)];
        return found.Length > 0 ? found : throw new LabException(
            LabErrorId.PortNotPublished,
            $"Service '{Service}' does not publish port {Port}/{Protocol}. {(others.Length == 0 ? "It has no ports." : $"Its ports: {string.Join(", ", others)}.")}",
            $"Add the port to the service: ports: [\"{Port}{(Protocol == "tcp" ? "" : "/" + Protocol)}\"]",
            Service);
    }
}
