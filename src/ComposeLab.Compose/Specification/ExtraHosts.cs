using ComposeLab.Compose.Canonical;
using ComposeLab.Compose.Merging;
using ComposeLab.Compose.Yaml;
using static ComposeLab.Compose.Specification.Types;

namespace ComposeLab.Compose.Specification;

/// <summary>Additional lines of the hosts file: host names with addresses, as a mapping or as a list of <c>host=address</c>.</summary>
internal static class ExtraHosts
{
    /// <summary>Extra hosts; a later file adds to an earlier one.</summary>
    public static AttributeType Type { get; } = KeyValues with
    {
        Values = ListOf(Text) with { Scalars = ScalarSorts.Text },
        Merge = MergeRules.AppendNew,
        Canonical = Sorted,
    };

    private static SequenceNode Sorted(Node value)
    {
        IEnumerable<ScalarNode> hosts = value switch
        {
            MappingNode mapping => mapping.Entries.SelectMany(entry => Addresses(entry.Value).Select(address => Host(entry.Key, address.Text, address.Origin))),
            SequenceNode list => list.Items.SelectMany(Hosts),
            _ => throw new InvalidValueException("a mapping or a list of 'host=address'", value),
        };
        return new SequenceNode(hosts.OrderBy(host => host.Text, StringComparer.Ordinal), value.Origin);
    }

    private static IEnumerable<ScalarNode> Hosts(Node item)
    {
        string text = item is ScalarNode scalar ? scalar.Text : throw new InvalidValueException("'host=address'", item);
        char separator = text.Contains('=', StringComparison.Ordinal) ? '=' : ':';
        return text.Split(separator, 2) is [var host, var addresses]
            ? addresses.Split(',').Select(address => Host(host, address, item.Origin))
            : throw new InvalidValueException("'host=address'", item);
    }

    private static IEnumerable<ScalarNode> Addresses(Node value) => value switch
    {
        ScalarNode scalar => [scalar],
        SequenceNode list => list.Items.OfType<ScalarNode>(),
        _ => throw new InvalidValueException("an address", value),
    };

    private static ScalarNode Host(string host, string address, Origin origin)
    {
        if (host.Length == 0 || host.AsSpan().ContainsAny(':', '='))
        {
            throw new InvalidValueException("a host name without ':' and '='", $"'{host}'");
        }

        bool bracketed = address.Length > 2 && address.StartsWith('[') && address.EndsWith(']');
        return ScalarNode.String($"{host}={(bracketed ? address[1..^1] : address)}", origin);
    }
}
