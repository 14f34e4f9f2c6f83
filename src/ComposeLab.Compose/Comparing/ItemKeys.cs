using ComposeLab.Compose.Model;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Comparing;

/// <summary>Says which items of two lists are the same thing. Lists whose order is their meaning are compared as a whole.</summary>
internal static class ItemKeys
{
    private static readonly string[] Ordered = ["command", "entrypoint", "test", "post_start", "pre_stop", "dns", "dns_search"];

    /// <summary>How the items of a list are told apart.</summary>
    /// <param name="path">The place of the list.</param>
    /// <returns>Gives an item its key; null: the list is one value.</returns>
    public static Func<Node, string>? For(string[] path) => path[^1] switch
    {
        var key when Ordered.Contains(key, StringComparer.Ordinal) => null,
        "ports" => item => Texts(item, "target") + "/" + (Texts(item, "protocol") is { Length: > 0 } protocol ? protocol : "tcp"),
        "volumes" or "devices" => item => Texts(item, "target"),
        "secrets" or "configs" => item => Texts(item, "source"),
        _ => Flow.Of,
    };

    /// <summary>Indexes a list.</summary>
    /// <param name="list">The list; may be null.</param>
    /// <param name="keys">Gives an item its key.</param>
    /// <returns>The items by key; a key that comes again is numbered.</returns>
    public static Dictionary<string, Node> Index(SequenceNode? list, Func<Node, string> keys)
    {
        var index = new Dictionary<string, Node>(StringComparer.Ordinal);
        foreach (Node item in list?.Items ?? [])
        {
            string key = keys(item);
            string free = key;
            for (int number = 2; index.ContainsKey(free); number++)
            {
                free = $"{key} {number}";
            }

            index[free] = item;
        }

        return index;
    }

    private static string Texts(Node item, string key) => item is MappingNode mapping ? mapping.Text(key) ?? "" : Flow.Of(item);
}
