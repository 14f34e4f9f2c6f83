using System.Globalization;
using ComposeLab.Compose.Model;
using ComposeLab.Engine.Docker;

namespace ComposeLab.Engine.Planning;

/// <summary>Creates a container's ports.</summary>
internal static class PortSpecs
{
    /// <summary>A published port.</summary>
    /// <param name="port">The definition in the service.</param>
    /// <returns>The port.</returns>
    public static PortBindingSpec Binding(PortDefinition port) => new((int)(port.Target ?? 0), port.Protocol ?? "tcp", port.HostIp ?? "", port.Published ?? "");

    /// <summary>The ports of an <c>expose</c> entry.</summary>
    /// <param name="entry"><c>80</c>, <c>80/udp</c> or <c>8000-8010/tcp</c>.</param>
    /// <returns>Each port with its protocol.</returns>
    public static IEnumerable<string> Exposed(string entry)
    {
        string[] parts = entry.Split('/', 2);
        string protocol = parts.Length > 1 ? parts[1] : "tcp";
        string[] ends = parts[0].Split('-', 2);
        return ends.Length == 2
            && int.TryParse(ends[0], NumberStyles.None, CultureInfo.InvariantCulture, out int first)
            && int.TryParse(ends[1], NumberStyles.None, CultureInfo.InvariantCulture, out int last)
            && first <= last
                ? Enumerable.Range(first, last - first + 1).Select(port => string.Create(CultureInfo.InvariantCulture, $"{port}/{protocol}"))
                : [$"{parts[0]}/{protocol}"];
    }
}
