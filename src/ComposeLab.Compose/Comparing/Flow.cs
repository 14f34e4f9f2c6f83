using ComposeLab.Compose.Model;
using ComposeLab.Compose.Secrets;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Comparing;

/// <summary>A value on one line, in the usual short form.</summary>
public static class Flow
{
    /// <summary>Writes a value.</summary>
    /// <param name="node">The value; for null, nothing is written.</param>
    public static string Of(Node? node) => Of("", node, null);

    /// <summary>Writes a value without its secrets.</summary>
    /// <param name="name">The key of the value.</param>
    /// <param name="node">The value; for null, nothing is written.</param>
    /// <param name="mask">The mask for secrets; null shows everything.</param>
    public static string Of(string name, Node? node, SecretMask? mask) => node switch
    {
        ScalarNode { IsNull: true } => "null",
        ScalarNode scalar when name == "content" && mask is not null && scalar.Text.Length > 0 => SecretMask.Masked,
        ScalarNode scalar => mask?.Mask(name, scalar.Text) ?? scalar.Text,
        MappingNode port when port.Contains("target") && port.Contains("protocol") => Port(port),
        MappingNode mount when mount.Contains("target") && mount.Contains("type") => Mount(mount),
        MappingNode file when file.Contains("source") && file.Contains("target") => $"{file.Text("source")}:{file.Text("target")}",
        MappingNode { Count: 1 } reference when reference["source"] is ScalarNode source => source.Text,
        MappingNode mapping => $"{{{string.Join(", ", mapping.Entries.Select(entry => $"{entry.Key}: {Of(entry.Key, entry.Value, mask)}"))}}}",
        SequenceNode list => $"[{string.Join(", ", list.Items.Select(item => Of("", item, mask)))}]",
        _ => "",
    };

    /// <summary>Writes a value completely, including the parts that the short form of a port or mount omits.</summary>
    /// <param name="name">The key of the value.</param>
    /// <param name="node">The value; for null, nothing is written.</param>
    /// <param name="mask">The mask for secrets; null shows everything.</param>
    public static string Whole(string name, Node? node, SecretMask? mask) => node is MappingNode mapping
        ? $"{{{string.Join(", ", mapping.Entries.Select(entry => $"{entry.Key}: {Whole(entry.Key, entry.Value, mask)}"))}}}"
        : Of(name, node, mask);

    private static string Port(MappingNode port)
    {
        string address = port.Text("host_ip") is { Length: > 0 } ip ? ip + ":" : "";
        string published = port.Text("published") is { Length: > 0 } number ? $"{address}{number}:" : address;
        return $"{published}{port.Text("target")}/{port.Text("protocol")}";
    }

    private static string Mount(MappingNode mount)
    {
        string source = mount.Text("source") is { } given ? given + ":" : "";
        string access = mount.Flag("read_only") == true ? ":ro" : "";
        string kind = mount.Text("type") is { } type and not ("bind" or "volume") ? $" ({type})" : "";
        return $"{source}{mount.Text("target")}{access}{kind}";
    }
}
