using ComposeLab.Compose.Yaml;
using ComposeLab.Engine.Docker;

namespace ComposeLab.Engine.Planning;

/// <summary>The attributes that a single engine or an older engine does not support, so that none of them is ignored silently.</summary>
internal static class SupportRules
{
    private const string Swarm = "only a swarm supports it";

    private const string Windows = "only engines with Windows containers support it";

    private static readonly Version Engine25 = new(1, 44);

    /// <summary>The rules.</summary>
    public static IReadOnlyList<SupportRule> All { get; } =
    [
        new("provider", "services of programs outside the engine are not run", IsError: true),
        new("models", "AI models are not served", IsError: true),
        new("pre_start", "init containers are not run yet", IsError: true),
        new("credential_spec", Windows) { OnLinux = true },
        new("cpu_count", Windows) { OnLinux = true },
        new("cpu_percent", Windows) { OnLinux = true },
        new("annotations", "it needs Docker 24 or later", Needs: new Version(1, 43)),
        new("networks.*.interface_name", "it needs Docker 28.1 or later", IsError: true, Needs: new Version(1, 49)),
        new("networks.*.gw_priority", "it needs Docker 28 or later", Needs: new Version(1, 48)),
        new("healthcheck.start_interval", "it needs Docker 25 or later; this module's own early probes are used instead", Needs: Engine25),
        new("volumes.[].volume.subpath", "it needs Docker 26 or later", IsError: true, Needs: new Version(1, 45)),
        new("volumes.[].type", "it needs Docker 28 or later", IsError: true, Needs: new Version(1, 48)) { Values = ["image"] },
        new("volumes.[].type", Windows, IsError: true) { Values = ["npipe"], OnLinux = true },
        new("volumes.[].bind.recursive", "it needs Docker 25 or later", IsError: true, Needs: Engine25) { Values = ["writable", "readonly"] },
        new("deploy.mode", Swarm) { Values = ["global", "replicated-job", "global-job"] },
        new("deploy.endpoint_mode", Swarm),
        new("deploy.labels", Swarm),
        new("deploy.placement", Swarm),
        new("deploy.update_config", Swarm),
        new("deploy.rollback_config", Swarm),
        new("deploy.restart_policy.delay", Swarm),
        new("deploy.restart_policy.window", Swarm),
        new("deploy.resources.reservations.cpus", Swarm),
        new("deploy.resources.reservations.generic_resources", Swarm),
    ];
}

/// <summary>An attribute of a service that an engine may not support.</summary>
/// <param name="Path">The attribute's path inside the service; <c>[]</c> means every item of a list, <c>*</c> every value of a mapping.</param>
/// <param name="Why">The reason why it is ignored, as a clause.</param>
/// <param name="IsError">Whether the service cannot work correctly without it; otherwise it is a warning.</param>
/// <param name="Needs">The API version that supports it; null if none does.</param>
internal sealed record SupportRule(string Path, string Why, bool IsError = false, Version? Needs = null)
{
    /// <summary>The values to which the rule applies; empty means any.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];

    /// <summary>Whether it concerns only engines whose containers run on Linux.</summary>
    public bool OnLinux { get; init; }

    /// <summary>Finds what an engine does not support.</summary>
    /// <param name="service">The service's part of the model.</param>
    /// <param name="engine">The engine.</param>
    /// <returns>The matches, each as a path with its value.</returns>
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
