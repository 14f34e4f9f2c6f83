using System.Globalization;
using ComposeLab.Compose.Diagnostics;
using ComposeLab.Compose.Units;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Normalizing;

/// <summary>The short syntax of ports: <c>[[host_ip:]published:]target[/protocol]</c>, where both ports may be ranges.</summary>
internal static class PortSyntax
{
    /// <summary>Ports in long syntax.</summary>
    /// <param name="node">The list of ports.</param>
    /// <param name="lenient">Whether a list with a port that cannot be parsed is kept.</param>
    public static Node Expand(Node node, bool lenient) => node is SequenceNode list
        ? LongSyntax.Attempt(node, lenient, () => new SequenceNode(list.Items.SelectMany(Expand), list.Origin))
        : node;

    private static IEnumerable<Node> Expand(Node item) => item is ScalarNode { IsNull: false } spec ? Parse(spec) : [item];

    /// <summary>Converts the short syntax to the long one; a range of targets becomes several ports.</summary>
    /// <param name="spec">The short form.</param>
    /// <returns>The long forms, in the order of the reference: by the text of the target.</returns>
    /// <exception cref="ComposeException">The form is not valid.</exception>
    public static IEnumerable<MappingNode> Parse(ScalarNode spec)
    {
        string[] parts = spec.Text.Split(':');
        string address = string.Join(':', parts.SkipLast(2));
        string published = parts.Length > 1 ? parts[^2] : "";
        string[] target = parts[^1].Split('/');
        string protocol = target.Length > 1 && target[1].Length > 0 ? target[1].ToLowerInvariant() : "tcp";

        if (address.StartsWith('[') && address.EndsWith(']'))
        {
            address = address[1..^1];
        }

        if (address.Length > 0 && !IpAddressText.IsAddress(address))
        {
            throw Invalid(spec, "an invalid address");
        }

        if (protocol is not ("tcp" or "udp" or "sctp"))
        {
            throw Invalid(spec, $"the protocol '{protocol}'");
        }

        (int First, int Last) targets = Range(spec, target[0]);
        (int First, int Last)? hosts = published.Length > 0 ? Range(spec, published) : null;
        bool single = targets.First == targets.Last;
        if (hosts is { } range && !single && range.Last - range.First != targets.Last - targets.First)
        {
            throw Invalid(spec, "ranges of different lengths");
        }

        return Enumerable.Range(0, targets.Last - targets.First + 1)
            .OrderBy(offset => (targets.First + offset).ToString(CultureInfo.InvariantCulture) + "/", StringComparer.Ordinal)
            .Select(offset => new NodeBuilder(spec.Origin)
                .Text("mode", "ingress")
                .OptionalText("host_ip", address)
                .OptionalNumber("target", targets.First + offset)
                .OptionalText("published", Published(hosts, offset, single))
                .Text("protocol", protocol)
                .Build());
    }

    private static string? Published((int First, int Last)? hosts, int offset, bool singleTarget) => hosts switch
    {
        null => null,
        { } range when singleTarget && range.First != range.Last => string.Create(CultureInfo.InvariantCulture, $"{range.First}-{range.Last}"),
        { } range => (range.First + offset).ToString(CultureInfo.InvariantCulture),
    };

    private static (int First, int Last) Range(ScalarNode spec, string text)
    {
        string[] ends = text.Split('-');
        return Port(ends[0], out int first) && Port(ends.Length > 1 ? ends[1] : ends[0], out int last) && last >= first
            ? (first, last)
            : throw Invalid(spec, $"the port '{text}'");
    }

    private static bool Port(string text, out int port) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port <= ushort.MaxValue;

    private static ComposeException Invalid(ScalarNode spec, string found) => ComposeException.At(
        ComposeErrorId.ComposeFileInvalid,
        $"Expected ports as '[[host_ip:]published:]target[/protocol]' with ports up to 65535, found {found} in '{spec.Text}'.",
        "For example, write '127.0.0.1:8080:80/tcp' in quotes.",
        spec.Origin);
}
