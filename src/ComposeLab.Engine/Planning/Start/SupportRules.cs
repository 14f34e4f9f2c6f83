using ComposeLab.Compose.Specification;
using ComposeLab.Compose.Yaml;
using ComposeLab.Engine.Docker;

namespace ComposeLab.Engine.Planning;

/// <summary>What the table of attributes says that engines do not honor.</summary>
internal static class SupportRules
{
    private const string ServicePath = "services.*.";
    private const string BuildPath = "services.*.build.";

    /// <summary>Every rule.</summary>
    public static IReadOnlyList<SupportRule> All { get; } =
        [.. SupportLines.All.Where(line => line.IsOwn).SelectMany(line => line.Engine.NotHonored.Select(limit => new SupportRule(line.Path, limit, Alternative(line, limit))))];

    /// <summary>The rules of a service's <c>build</c>; paths begin there.</summary>
    public static IReadOnlyList<SupportRule> OfBuild { get; } = Below(BuildPath, rule => true);

    /// <summary>The other rules of a service; paths begin there.</summary>
    public static IReadOnlyList<SupportRule> OfService { get; } = Below(ServicePath, rule => !rule.Path.StartsWith(BuildPath, StringComparison.Ordinal));

    /// <summary>The rules of networks, secrets and configs; paths begin inside of one.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<SupportRule>> OfSection { get; } =
        new[] { "networks", "secrets", "configs" }.ToDictionary(section => section, section => Below(section + ".*.", rule => true), StringComparer.Ordinal);

    private static IReadOnlyList<SupportRule> Below(string path, Func<SupportRule, bool> isMeant) =>
        [.. All.Where(rule => rule.Path.StartsWith(path, StringComparison.Ordinal) && isMeant(rule)).Select(rule => rule with { Path = rule.Path[path.Length..] })];

    private static string Alternative(SupportLine line, EngineLimit limit) =>
        limit.Alternative.Length > 0 ? limit.Alternative
        : line.Swarm.Kind == AttributeUseKind.Runs && line.Row.Swarm is not null && limit.Condition == LimitCondition.Always ? "deploy the project to a swarm"
        : "";
}

/// <summary>An attribute that an engine may not honor.</summary>
/// <param name="Path">The attribute's path; <c>[]</c> means every item of a list, <c>*</c> every value of a mapping.</param>
/// <param name="Limit">When it is not honored, and why.</param>
/// <param name="Alternative">What the user can do instead; empty: nothing but to remove the attribute.</param>
internal sealed record SupportRule(string Path, EngineLimit Limit, string Alternative)
{
    /// <summary>Finds attributes that an engine does not support. The condition of the limit, except for the kind of engine, is left to the caller.</summary>
    /// <param name="root">The subtree in which the path begins.</param>
    /// <param name="engine">The engine.</param>
    /// <returns>The matches, each as a path with its value.</returns>
    public IEnumerable<(string Path, Node Value)> Find(MappingNode root, EngineInfo engine) =>
        (Limit.Since is { } since && engine.ApiVersion >= since) || (Limit.Condition == LimitCondition.LinuxContainers && engine.OperatingSystem != "linux") ? [] : Find(root);

    /// <summary>Finds the attribute where it has a value to which the limit applies.</summary>
    /// <param name="root">The subtree in which the path begins.</param>
    /// <returns>The matches, each as a path with its value.</returns>
    public IEnumerable<(string Path, Node Value)> Find(MappingNode root) => Walk(root, Path.Replace("[]", ".[]", StringComparison.Ordinal).Split('.'), "").Where(found => IsMeant(found.Value));

    private bool IsMeant(Node value)
    {
        string? text = (value as ScalarNode)?.Text;
        return (Limit.Values.Count == 0 || Limit.Values.Contains(text, StringComparer.Ordinal))
            && !Limit.OtherValues.Contains(text, StringComparer.Ordinal)
            && (Limit.CountsFalse || text is not ("false" or ""));
    }

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
