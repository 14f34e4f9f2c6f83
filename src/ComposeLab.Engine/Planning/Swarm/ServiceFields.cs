using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using ComposeLab.Compose.Model;
using ComposeLab.Compose.Secrets;
using ComposeLab.Compose.Yaml;
using ComposeLab.Engine.Docker;

namespace ComposeLab.Engine.Planning;

/// <summary>
/// The values of a swarm service by their paths in a Compose file. A swarm returns a definition with its own defaults and without values that are zero; both sides of a
/// comparison are read here, so that only real differences are left.
/// </summary>
internal static class ServiceFields
{
    // A change of anything else replaces the tasks.
    private static readonly string[] WithoutNewTasks = ["deploy.labels.", "deploy.replicas", "deploy.update_config.", "deploy.rollback_config."];

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Lists the differences between two definitions.</summary>
    /// <param name="before">The existing one.</param>
    /// <param name="after">The new one.</param>
    /// <param name="networks">The names of networks by id.</param>
    /// <param name="service">The service in the project, for the places of values.</param>
    /// <param name="mask">Knows the project's secrets.</param>
    /// <returns>One entry for each path.</returns>
    public static IReadOnlyList<FieldChange> Differences(
        SwarmServiceSpec before, SwarmServiceSpec after, IReadOnlyDictionary<string, string> networks, ServiceDefinition service, SecretMask mask)
    {
        SortedDictionary<string, string> old = Of(before, networks);
        SortedDictionary<string, string> now = Of(after, networks);
        return
        [
            .. old.Keys.Union(now.Keys, StringComparer.Ordinal).OrderBy(Weight).ThenBy(path => path, StringComparer.Ordinal)
                .Where(path => old.GetValueOrDefault(path) != now.GetValueOrDefault(path))
                .Select(path => new FieldChange(path, Shown(path, old.GetValueOrDefault(path), mask), Shown(path, now.GetValueOrDefault(path), mask), OriginOf(service.Node, path))),
        ];
    }

    /// <summary>Whether a change replaces the tasks of the service.</summary>
    /// <param name="change">The change.</param>
    /// <returns>True if it does.</returns>
    public static bool ReplacesTasks(FieldChange change) => !Array.Exists(WithoutNewTasks, path => change.Path.StartsWith(path, StringComparison.Ordinal));

    /// <summary>The values of a definition.</summary>
    /// <param name="spec">The definition.</param>
    /// <param name="networks">The names of networks by id.</param>
    /// <returns>The values by path.</returns>
    public static SortedDictionary<string, string> Of(SwarmServiceSpec spec, IReadOnlyDictionary<string, string> networks)
    {
        var fields = new Fields();
        SwarmTaskSpec task = spec.TaskTemplate;
        Container(fields, task.ContainerSpec);
        foreach (SwarmAttachment network in task.Networks ?? [])
        {
            string path = $"networks.{networks.GetValueOrDefault(network.Target, network.Target)}";
            fields.Set(path, "connected");
            fields.List(path + ".aliases", network.Aliases);
            fields.Map(path + ".driver_opts", network.DriverOpts);
        }

        Amounts(fields, "deploy.resources.limits", task.Resources?.Limits);
        Amounts(fields, "deploy.resources.reservations", task.Resources?.Reservations);
        Restart(fields, task.RestartPolicy);
        fields.List("deploy.placement.constraints", task.Placement?.Constraints);
        fields.List("deploy.placement.preferences", task.Placement?.Preferences?.Select(preference => $"spread={preference.Spread?.SpreadDescriptor}"));
        fields.Number("deploy.placement.max_replicas_per_node", task.Placement?.MaxReplicas);
        fields.List("platform", task.Placement?.Platforms?.Select(platform => $"{platform.Os}/{platform.Architecture}").Order(StringComparer.Ordinal));
        fields.Set("logging.driver", task.LogDriver?.Name);
        fields.Map("logging.options", task.LogDriver?.Options);
        Mode(fields, spec.Mode);
        Update(fields, "deploy.update_config", spec.UpdateConfig);
        Update(fields, "deploy.rollback_config", spec.RollbackConfig);
        fields.Set("deploy.endpoint_mode", spec.EndpointSpec?.Mode is { Length: > 0 } mode ? mode : "vip");
        fields.List("ports", spec.EndpointSpec?.Ports?.Select(Port).Order(StringComparer.Ordinal));
        foreach ((string label, string value) in spec.Labels ?? new Dictionary<string, string>())
        {
            if (label is not (SwarmLabels.Namespace or SwarmLabels.Deployment))
            {
                fields.Set("deploy.labels." + label, value, keepEmpty: true);
            }
        }

        return fields.Values;
    }

    /// <summary>Whether two definitions publish the same ports, in any order.</summary>
    /// <param name="one">One.</param>
    /// <param name="other">The other one.</param>
    /// <returns>True if they do; false if one of them has no ports.</returns>
    public static bool HaveSamePorts(SwarmServiceSpec one, SwarmServiceSpec other) => one.EndpointSpec?.Ports is { } ports && other.EndpointSpec?.Ports is { } others
        && ports.Select(Port).Order(StringComparer.Ordinal).SequenceEqual(others.Select(Port).Order(StringComparer.Ordinal), StringComparer.Ordinal);

    private static void Container(Fields fields, SwarmContainerSpec? container)
    {
        if (container is null)
        {
            return;
        }

        fields.Set("image", container.Image);
        fields.List("entrypoint", container.Command);
        fields.List("command", container.Args);
        fields.Set("hostname", container.Hostname);
        foreach (string variable in container.Env ?? [])
        {
            string[] parts = variable.Split('=', 2);
            fields.Set("environment." + parts[0], parts.Length == 2 ? parts[1] : "(from the node)", keepEmpty: true);
        }

        foreach ((string label, string value) in container.Labels ?? new Dictionary<string, string>())
        {
            fields.Set("labels." + label, value, keepEmpty: true);
        }

        fields.Set("working_dir", container.Dir);
        fields.Set("user", container.User);
        fields.List("group_add", container.Groups);
        fields.Set("init", container.Init is { } init ? init ? "true" : "false" : null);
        fields.Set("stop_signal", container.StopSignal);
        fields.Flag("tty", container.Tty);
        fields.Flag("stdin_open", container.OpenStdin);
        fields.Flag("read_only", container.ReadOnly);
        fields.List("volumes", container.Mounts?.Select(Mount));
        fields.Time("stop_grace_period", container.StopGracePeriod);
        if (container.Healthcheck is { } check)
        {
            fields.List("healthcheck.test", check.Test);
            fields.Time("healthcheck.interval", check.Interval);
            fields.Time("healthcheck.timeout", check.Timeout);
            fields.Time("healthcheck.start_period", check.StartPeriod);
            fields.Time("healthcheck.start_interval", check.StartInterval);
            fields.Number("healthcheck.retries", check.Retries);
        }

        fields.List("extra_hosts", container.Hosts);
        fields.List("dns", container.Dns?.Nameservers);
        fields.List("dns_search", container.Dns?.Search);
        fields.List("dns_opt", container.Dns?.Options);
        fields.List("secrets", container.Secrets?.Select(secret => $"{secret.Name}:{File(secret.File)}"));
        fields.List("configs", container.Configs?.Select(config => $"{config.Name}:{File(config.File)}"));
        fields.Set("isolation", container.Isolation is "default" ? null : container.Isolation);
        fields.Map("sysctls", container.Sysctls);
        fields.List("cap_add", container.CapabilityAdd);
        fields.List("cap_drop", container.CapabilityDrop);
        fields.List("ulimits", container.Ulimits?.Select(limit => string.Create(CultureInfo.InvariantCulture, $"{limit.Name}={limit.Soft}:{limit.Hard}")));
        fields.Number("oom_score_adj", container.OomScoreAdj);
    }

    private static string File(SwarmFileTarget? file) =>
        file is null ? "" : $"{file.Name} (uid {file.UserId}, gid {file.GroupId}, mode 0{System.Convert.ToString(file.Mode ?? 0, 8)})";

    private static string Mount(SwarmMount mount)
    {
        var options = new Fields();
        options.Flag("read_only", mount.ReadOnly);
        options.Set("consistency", mount.Consistency is "default" ? null : mount.Consistency);
        options.Set("propagation", mount.BindOptions?.Propagation);
        options.Flag("nocopy", mount.VolumeOptions?.NoCopy);
        options.Set("subpath", mount.VolumeOptions?.Subpath);
        options.Map("label", mount.VolumeOptions?.Labels);
        options.Set("driver", mount.VolumeOptions?.DriverConfig?.Name);
        options.Map("driver_opts", mount.VolumeOptions?.DriverConfig?.Options);
        options.Number("size", mount.TmpfsOptions?.SizeBytes);
        options.Number("mode", mount.TmpfsOptions?.Mode);
        options.Values.Remove("label." + SwarmLabels.Namespace);
        string given = options.Values.Count == 0 ? "" : $" ({string.Join(", ", options.Values.Select(pair => pair.Value == "true" ? pair.Key : $"{pair.Key}={pair.Value}"))})";
        return $"{mount.Type ?? "bind"} {mount.Source}:{mount.Target}{given}";
    }

    private static string Port(SwarmPort port) => string.Create(
        CultureInfo.InvariantCulture, $"{(port.PublishedPort is null or 0 ? "" : $"{port.PublishedPort}:")}{port.TargetPort}/{port.Protocol ?? "tcp"} ({port.PublishMode ?? "ingress"})");

    private static void Amounts(Fields fields, string path, SwarmAmounts? amounts)
    {
        fields.Set(path + ".cpus", amounts?.NanoCpus is { } cpus and not 0 ? (cpus / 1_000_000_000m).ToString("0.#########", CultureInfo.InvariantCulture) : null);
        fields.Number(path + ".memory", amounts?.MemoryBytes);
        fields.Number(path + ".pids", amounts?.Pids);
        fields.List(path + ".generic_resources", amounts?.GenericResources?.Select(resource =>
            string.Create(CultureInfo.InvariantCulture, $"{resource.DiscreteResourceSpec?.Kind}={resource.DiscreteResourceSpec?.Value ?? 0}")));
    }

    private static void Restart(Fields fields, SwarmRestartPolicy? policy)
    {
        fields.Set("deploy.restart_policy.condition", policy?.Condition is null or "any" ? null : policy.Condition);
        fields.Time("deploy.restart_policy.delay", policy?.Delay);
        fields.Number("deploy.restart_policy.max_attempts", policy?.MaxAttempts);
        fields.Time("deploy.restart_policy.window", policy?.Window);
    }

    private static void Mode(Fields fields, SwarmMode? mode)
    {
        fields.Set("deploy.mode", mode switch
        {
            { Global: not null } => "global",
            { GlobalJob: not null } => "global-job",
            { ReplicatedJob: not null } => "replicated-job",
            _ => "replicated",
        });
        if (mode is { ReplicatedJob: { } job })
        {
            fields.Set("deploy.replicas", (job.TotalCompletions ?? job.MaxConcurrent ?? 1).ToString(CultureInfo.InvariantCulture));
        }
        else if (mode is null or { Replicated: not null })
        {
            fields.Set("deploy.replicas", (mode?.Replicated?.Replicas ?? 1).ToString(CultureInfo.InvariantCulture));
        }
    }

    private static void Update(Fields fields, string path, SwarmUpdatePolicy? policy)
    {
        if (policy is null)
        {
            return;
        }

        fields.Set(path + ".parallelism", (policy.Parallelism ?? 0).ToString(CultureInfo.InvariantCulture));
        fields.Time(path + ".delay", policy.Delay);
        fields.Set(path + ".failure_action", policy.FailureAction ?? "pause");
        fields.Time(path + ".monitor", policy.Monitor);
        fields.Set(path + ".max_failure_ratio", policy.MaxFailureRatio is { } ratio and not 0 ? ((float)ratio).ToString(CultureInfo.InvariantCulture) : null);
        fields.Set(path + ".order", policy.Order ?? "stop-first");
    }

    private static string? Shown(string path, string? value, SecretMask mask) => value is null ? null : mask.Mask(path[(path.LastIndexOf('.') + 1)..], value);

    private static int Weight(string path) => path.StartsWith("image", StringComparison.Ordinal) ? 0 : path.StartsWith("command", StringComparison.Ordinal) ? 1 : path.StartsWith("environment", StringComparison.Ordinal) ? 2 : 3;

    // The nearest part of the path that the file has: a key may contain dots.
    private static Origin? OriginOf(MappingNode service, string path)
    {
        Node? node = service;
        Origin? origin = null;
        for (string rest = path; node is MappingNode map && rest.Length > 0;)
        {
            int dot = rest.IndexOf('.', StringComparison.Ordinal);
            string key = map[rest] is not null || dot < 0 ? rest : rest[..dot];
            node = map[key];
            origin = node is { Origin.IsInFile: true } ? node.Origin : origin;
            rest = key.Length == rest.Length ? "" : rest[(key.Length + 1)..];
        }

        return origin;
    }

    private sealed class Fields
    {
        public SortedDictionary<string, string> Values { get; } = new(StringComparer.Ordinal);

        public void Set(string path, string? value, bool keepEmpty = false)
        {
            if (value is not null && (keepEmpty || value.Length > 0))
            {
                Values[path] = value;
            }
        }

        public void Number(string path, long? value) => Set(path, value is null or 0 ? null : value.Value.ToString(CultureInfo.InvariantCulture));

        public void Time(string path, long? nanoseconds) =>
            Set(path, nanoseconds is null or 0 ? null : (nanoseconds.Value / 1_000_000_000m).ToString("0.#########", CultureInfo.InvariantCulture) + "s");

        public void Flag(string path, bool? value) => Set(path, value == true ? "true" : null);

        public void Map(string path, IReadOnlyDictionary<string, string>? map)
        {
            foreach ((string key, string value) in map ?? new Dictionary<string, string>())
            {
                Set($"{path}.{key}", value, keepEmpty: true);
            }
        }

        // Items with blanks or quotes are written as JSON, so that different lists never look the same.
        public void List(string path, IEnumerable<string>? items)
        {
            string[] all = [.. items ?? []];
            if (all.Length > 0)
            {
                Values[path] = Array.Exists(all, item => item.Length == 0 || item.AsSpan().IndexOfAny(" \t\n\"") >= 0) && all.Length > 1 ? JsonSerializer.Serialize(all, Plain) : string.Join(' ', all);
            }
        }
    }
}
