using ComposeLab.Compose.Yaml;
using ComposeLab.Engine.Docker;

namespace ComposeLab.Engine.Planning;

/// <summary>An attribute of a service that an engine may be unable to honour.</summary>
/// <param name="Path">The attribute's path inside the service; <c>[]</c> is every item of a list, <c>*</c> every value of a mapping.</param>
/// <param name="Why">Why it is not honoured, as the rest of a sentence.</param>
/// <param name="IsError">Whether the service cannot be what it should be without it; otherwise it is a warning.</param>
/// <param name="Needs">The API version from which on it is honoured; null for never.</param>
internal sealed record SupportRule(string Path, string Why, bool IsError = false, Version? Needs = null)
{
    /// <summary>The values for which the rule applies; empty is any.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];

    /// <summary>Whether it concerns only engines whose containers run on Linux.</summary>
    public bool OnLinux { get; init; }

    /// <summary>Finds what an engine does not honour.</summary>
    /// <param name="service">The service's subtree.</param>
    /// <param name="engine">The engine.</param>
    /// <returns>The places, each as a path with its value.</returns>
    public IEnumerable<(string Path, Node Value)> Find(MappingNode service, EngineInfo engine) =>
        (Needs is not null && engine.ApiVersion >= Needs) || (OnLinux && engine.OperatingSystem != "linux")
            ? []
            : Walk(service, Path.Split('.'), "").Where(found => Values.Count == 0 || (found.Value is ScalarNode scalar && Values.Contains(scalar.Text, StringComparer.Ordinal)));

    private static IEnumerable<(string Path, Node Value)> Walk(Node node, ReadOnlyMemory<string> rest, string path)
    {
        if (rest.IsEmpty)
        {
            return node is ScalarNode { IsNull: true } or MappingNode { Count: 0 } or SequenceNode { Count: 0 } ? [] : [(path, node)];
        }

        string step = rest.Span[0];
        return (step, node) switch
        {
            ("[]", SequenceNode list) => list.Items.SelectMany((item, index) => Walk(item, rest[1..], $"{path}[{index}]")),
            ("*", MappingNode map) => map.Entries.SelectMany(entry => Walk(entry.Value, rest[1..], Join(path, entry.Key))),
            (_, MappingNode map) when map[step] is { } child => Walk(child, rest[1..], Join(path, step)),
            _ => [],
        };
    }

    private static string Join(string path, string key) => path.Length == 0 ? key : $"{path}.{key}";
}
