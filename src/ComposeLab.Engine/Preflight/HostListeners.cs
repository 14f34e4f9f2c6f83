using System.Net;
using System.Net.NetworkInformation;

namespace ComposeLab.Engine.Preflight;

/// <summary>Reads the ports in use on this machine.</summary>
internal static class HostListeners
{
    /// <summary>Reads the ports.</summary>
    /// <returns>The listening ports; empty if the system does not report them.</returns>
    public static IReadOnlyList<HostListener> Read()
    {
        try
        {
            IPGlobalProperties host = IPGlobalProperties.GetIPGlobalProperties();
            return
            [
                .. host.GetActiveTcpListeners().Select(end => new HostListener("tcp", end)),
                .. host.GetActiveUdpListeners().Select(end => new HostListener("udp", end)),
            ];
        }
        catch (Exception fault) when (fault is NetworkInformationException or PlatformNotSupportedException or IOException or UnauthorizedAccessException)
        {
            // A sandbox may hide them; then the engine rejects the port when the container starts.
            return [];
        }
    }
}

/// <summary>A port in use on this machine.</summary>
/// <param name="Protocol"><c>tcp</c> or <c>udp</c>.</param>
/// <param name="End">The address and port.</param>
internal sealed record HostListener(string Protocol, IPEndPoint End);
