using ComposeLab.Compose.Model;
using ComposeLab.Compose.Normalizing;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Merging;

/// <summary>What makes an item of a list the same item in another file.</summary>
/// <param name="item">The item.</param>
/// <returns>Its identity; null when the item does not have one.</returns>
internal delegate string? ItemIdentity(Node item);

/// <summary>The identities of list items.</summary>
internal static class ItemIdentities
{
    /// <summary>The text before <c>=</c>.</summary>
    public static string? Key(Node item) => TextOf(item)?.Split('=', 2)[0];

    public static string? Mount(Node item) => item switch
    {
        MappingNode mapping => TextOf(mapping["target"]),
        ScalarNode { Kind: ScalarKind.String } spec => MountSyntax.Parse(spec).Text("target") ?? "",
        _ => "",
    };

    public static string? Device(Node item) => item switch
    {
        MappingNode mapping => TextOf(mapping["target"]),
        ScalarNode { Kind: ScalarKind.String } spec => spec.Text.Split(':') is [_, var target, ..] ? target : spec.Text,
        _ => "",
    };

    public static string? Expose(Node item) => item is ScalarNode { Kind: ScalarKind.String or ScalarKind.Integer } port ? port.Text : null;

    public static string? EnvFile(Node item) => item switch
    {
        MappingNode mapping => TextOf(mapping["path"]),
        _ => TextOf(item) ?? "",
    };

    /// <summary>The target of a secret, which is below <c>/run/secrets</c> by default.</summary>
    public static string? Secret(Node item) => FileTarget(item, "/run/secrets");

    /// <summary>The target of a config, which is at the root by default.</summary>
    public static string? Config(Node item) => FileTarget(item, "");

    private static string? FileTarget(Node item, string folder) => item switch
    {
        MappingNode mapping when mapping.Contains("target") => TextOf(mapping["target"]),
        MappingNode mapping => $"{folder}/{TextOf(mapping["source"])}",
        ScalarNode { Kind: ScalarKind.String } source => $"{folder}/{source.Text}",
        _ => null,
    };

    /// <summary>Address, both ports and protocol. A number and a text are different ports to the reference, so they are here.</summary>
    public static string? Port(Node item) => item switch
    {
        ScalarNode { Kind: ScalarKind.Integer or ScalarKind.String } spec => spec.Text,
        MappingNode mapping when mapping.Contains("target") =>
            $"{TextOf(mapping["host_ip"]) ?? "0.0.0.0"}:{Distinct(mapping["published"])}:{Distinct(mapping["target"])}/{TextOf(mapping["protocol"]) ?? "tcp"}",
        MappingNode => null,
        _ => "",
    };

    private static string Distinct(Node? port) => port switch
    {
        ScalarNode { Kind: ScalarKind.String } text => text.Text,
        ScalarNode number => "number " + number.Text,
        _ => "",
    };

    private static string? TextOf(Node? node) => node is ScalarNode { Kind: ScalarKind.String } text ? text.Text : null;
}
