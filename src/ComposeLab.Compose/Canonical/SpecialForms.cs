using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Canonical;

/// <summary>The forms that only one attribute has.</summary>
internal static class SpecialForms
{
    /// <summary>Hosts: a sorted list of <c>host=address</c>, from a mapping or from texts with <c>=</c> or <c>:</c>.</summary>
    public static Node Hosts(Node value)
    {
        IEnumerable<ScalarNode> hosts = value switch
        {
            MappingNode mapping => mapping.Entries.SelectMany(entry => Addresses(entry.Value).Select(address => Host(entry.Key, address.Text, address.Origin))),
            SequenceNode list => list.Items.SelectMany(Hosts),
            _ => throw new UnfitValueException("a mapping or a list of 'host=address'", value),
        };
        return new SequenceNode(hosts.OrderBy(host => host.Text, StringComparer.Ordinal), value.Origin);

        static IEnumerable<ScalarNode> Hosts(Node item)
        {
            string text = item is ScalarNode scalar ? scalar.Text : throw new UnfitValueException("'host=address'", item);
            char separator = text.Contains('=', StringComparison.Ordinal) ? '=' : ':';
            return text.Split(separator, 2) is [var host, var addresses]
                ? addresses.Split(',').Select(address => Host(host, address, item.Origin))
                : throw new UnfitValueException("'host=address'", item);
        }
    }

    /// <summary>SSH keys: a list of <c>id</c> or <c>id: path</c>, in the order they were written (the reference's order changes from run to run).</summary>
    public static Node Ssh(Node value) => value is MappingNode keys
        ? new SequenceNode(
            keys.Entries.Select(entry => ScalarNode.String(
                entry.Value is ScalarNode { Text.Length: > 0 } path ? $"{entry.Key}: {path.Text}" : entry.Key, entry.Value.Origin)),
            value.Origin)
        : throw new UnfitValueException("SSH keys by id", value);

    /// <summary>A process limit: one number, or soft and hard.</summary>
    public static Node Ulimit(Node value) => value switch
    {
        ScalarNode { Kind: ScalarKind.Integer, Text: "0" } => Limits(value, ScalarNode.Integer(0, value.Origin), ScalarNode.Integer(0, value.Origin)),
        ScalarNode { Kind: ScalarKind.Integer } => ScalarForms.Integer(value),
        MappingNode limits => Limits(limits, Limit(limits, "soft"), Limit(limits, "hard")),
        _ => throw new UnfitValueException("a whole number, or 'soft' and 'hard'", value),
    };

    private static Node Limit(MappingNode limits, string key) => limits[key] switch
    {
        ScalarNode { Kind: ScalarKind.Integer } limit => ScalarForms.Integer(limit),
        null => ScalarNode.Integer(0, limits.Origin),
        var other => throw new UnfitValueException("a whole number", other),
    };

    private static MappingNode Limits(Node value, Node soft, Node hard) => new NodeBuilder(value.Origin).Add("soft", soft).Add("hard", hard).Build();

    private static IEnumerable<ScalarNode> Addresses(Node value) => value switch
    {
        ScalarNode scalar => [scalar],
        SequenceNode list => list.Items.OfType<ScalarNode>(),
        _ => throw new UnfitValueException("an address", value),
    };

    private static ScalarNode Host(string host, string address, Origin origin)
    {
        if (host.Length == 0 || host.AsSpan().ContainsAny(':', '='))
        {
            throw new UnfitValueException("a host name without ':' and '='", $"'{host}'");
        }

        bool bracketed = address.Length > 2 && address.StartsWith('[') && address.EndsWith(']');
        return ScalarNode.String($"{host}={(bracketed ? address[1..^1] : address)}", origin);
    }
}
