using System.Globalization;
using ComposeLab.Compose.Model;

namespace ComposeLab.Compose.Rules.Ports;

/// <summary>A port of this machine that a service takes.</summary>
/// <param name="Service">The service.</param>
/// <param name="Index">Its place in the service's list.</param>
/// <param name="Definition">What the files say.</param>
internal sealed record PublishedPort(ServiceDefinition Service, int Index, PortDefinition Definition)
{
    /// <summary>The first port; null when the engine chooses.</summary>
    public int? First => Range().First;

    /// <summary>The last port; null when the engine chooses.</summary>
    public int? Last => Range().Last;

    /// <summary>Whether other machines reach it.</summary>
    public bool IsOpen => !IsLoopback(Definition.HostIp);

    /// <summary>The place in the service.</summary>
    public string Path => $"ports[{Index}]";

    /// <summary>What is published, for people: <c>127.0.0.1:5432</c>, <c>8080-8081</c> or <c>a free port</c>.</summary>
    public string Words => (Definition.HostIp, Definition.Published) switch
    {
        (_, null or "") => "a free port",
        (null or "", { } published) => published,
        ({ } address, { } published) => $"{address}:{published}",
    };

    /// <summary>All published ports of a service.</summary>
    /// <param name="service">The service.</param>
    public static IEnumerable<PublishedPort> Of(ServiceDefinition service) => service.Ports.Select((port, index) => new PublishedPort(service, index, port));

    /// <summary>Whether two of them want the same port of this machine.</summary>
    /// <param name="other">The other one.</param>
    public bool Collides(PublishedPort other) =>
        First <= other.Last && other.First <= Last
        && (Definition.Protocol ?? "tcp") == (other.Definition.Protocol ?? "tcp")
        && (IsEverywhere(Definition.HostIp) || IsEverywhere(other.Definition.HostIp) || Definition.HostIp == other.Definition.HostIp);

    private (int? First, int? Last) Range()
    {
        string[] ends = (Definition.Published ?? "").Split('-');
        return int.TryParse(ends[0], CultureInfo.InvariantCulture, out int first) && int.TryParse(ends[^1], CultureInfo.InvariantCulture, out int last)
            ? (first, last)
            : (null, null);
    }

    private static bool IsEverywhere(string? address) => string.IsNullOrEmpty(address) || address is "0.0.0.0" or "::" or "[::]";

    private static bool IsLoopback(string? address) =>
        address is not null && (address.StartsWith("127.", StringComparison.Ordinal) || address.Trim('[', ']') == "::1");
}
