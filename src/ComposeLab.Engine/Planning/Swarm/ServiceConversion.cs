using System.Globalization;
using ComposeLab.Compose.Model;
using ComposeLab.Engine.Docker;

namespace ComposeLab.Engine.Planning;

/// <summary>
/// Converts the services of a project as <c>docker stack deploy</c> does. Every part is sent exactly when docker sends it: otherwise a swarm would replace all tasks
/// when the other tool takes over the stack.
/// </summary>
/// <param name="project">The project.</param>
internal sealed class ServiceConversion(ComposeProject project)
{
    private const string DefaultNetwork = "default";
    private static readonly string[] Predefined = ["host", "bridge", "none", "default"];

    /// <summary>Converts a service.</summary>
    /// <param name="service">The service.</param>
    /// <returns>The definition; secrets and configs are referenced by their keys, networks by their names.</returns>
    public SwarmServiceSpec Make(ServiceDefinition service)
    {
        DeployDefinition? deploy = service.Deploy;
        return new SwarmServiceSpec
        {
            Name = $"{project.Name}_{service.Name}",
            Labels = With(deploy?.Labels, (SwarmLabels.Namespace, project.Name), (SwarmLabels.Image, service.Image ?? "")),
            TaskTemplate = new SwarmTaskSpec
            {
                ContainerSpec = Container(service),
                Resources = Resources(service),
                RestartPolicy = Restart(service),
                Placement = Placement(deploy?.Placement),
                Networks = [.. Attachments(service).OrderBy(network => network.Target, StringComparer.Ordinal)],
                LogDriver = service.Logging is { } log ? new SwarmDriver(log.Driver, Map(log.Options)) : null,
            },
            Mode = Mode(service),
            UpdateConfig = Update(deploy?.UpdateConfig),
            RollbackConfig = Update(deploy?.RollbackConfig),
            EndpointSpec = new SwarmEndpoint
            {
                Mode = Word(deploy?.EndpointMode?.ToLowerInvariant()),
                // The swarm replaces tasks if only the order differs. Docker's client sorts by the published port, and keeps the order of the file otherwise.
                Ports = List(service.Ports.Select(Port).OrderBy(port => port.PublishedPort ?? 0)),
            },
        };
    }

    /// <summary>The networks of a service by key. A service without any uses the default network.</summary>
    /// <param name="service">The service.</param>
    /// <returns>The keys.</returns>
    public static IEnumerable<string> NetworkKeys(ServiceDefinition service) => service.Networks.Count == 0 ? [DefaultNetwork] : service.Networks.Keys;

    /// <summary>Whether a network exists on every node without being created, and knows no aliases.</summary>
    /// <param name="name">The name of the network.</param>
    /// <returns>True for such a network.</returns>
    public static bool IsPredefined(string name) => Predefined.Contains(name, StringComparer.Ordinal);

    /// <summary>The number of tasks of a service.</summary>
    /// <param name="service">The service.</param>
    /// <returns>The number; null if the file does not set it.</returns>
    public static long? Replicas(ServiceDefinition service) => service.Scale ?? service.Deploy?.Replicas;

    private SwarmContainerSpec Container(ServiceDefinition service) => new()
    {
        Image = WithTag(service.Image ?? ""),
        Labels = With(service.Labels, (SwarmLabels.Namespace, project.Name)),
        Command = List(service.Entrypoint),
        Args = List(service.Command),
        Hostname = Word(service.Hostname),
        Env = List(service.Environment.Select(pair => pair.Value is null ? pair.Key : $"{pair.Key}={pair.Value}").Order(StringComparer.Ordinal)),
        Dir = Word(service.WorkingDir),
        User = Word(service.User),
        Groups = List(service.GroupAdd),
        Privileges = new SwarmPrivileges(),
        Init = service.Init,
        StopSignal = Word(service.StopSignal),
        Tty = Flag(service.Tty),
        OpenStdin = Flag(service.StdinOpen),
        ReadOnly = Flag(service.ReadOnly),
        Mounts = List(service.Volumes.Select(Mount)),
        StopGracePeriod = Nanoseconds(service.StopGracePeriod),
        Healthcheck = Healthcheck(service.Healthcheck),
        Hosts = List(service.ExtraHosts.Select(Host)),
        Dns = service.Dns.Count + service.DnsSearch.Count + service.DnsOpt.Count == 0
            ? null
            : new SwarmDns { Nameservers = List(service.Dns), Search = List(service.DnsSearch), Options = List(service.DnsOpt) },
        Secrets = List(service.Secrets.Select(use => new SwarmSecretReference(File(use), null, use.Source ?? ""))),
        Configs = List(service.Configs.Select(use => new SwarmConfigReference(File(use), null, use.Source ?? ""))),
        Isolation = Word(service.Isolation),
        Sysctls = Map(service.Sysctls),
        CapabilityAdd = List(Capabilities(service.CapAdd)),
        CapabilityDrop = List(Capabilities(service.CapDrop).Except(Capabilities(service.CapAdd), StringComparer.Ordinal)),
        Ulimits = List(service.Ulimits.Values.OrderBy(limit => limit.Name, StringComparer.Ordinal)
            .Select(limit => new SwarmUlimit(limit.Name, Hard: limit.Single ?? limit.Hard ?? 0, Soft: limit.Single ?? limit.Soft ?? 0))),
        OomScoreAdj = service.OomScoreAdj is 0 ? null : service.OomScoreAdj,
    };

    private static bool All(IReadOnlyList<string> capabilities) => capabilities.Any(capability => capability.Equals("ALL", StringComparison.OrdinalIgnoreCase));

    // Docker writes the names of the kernel and gives an addition precedence over a removal.
    private static IEnumerable<string> Capabilities(IReadOnlyList<string> names) => All(names)
        ? ["ALL"]
        : names.Select(name => name.Trim().ToUpperInvariant()).Select(name => name.StartsWith("CAP_", StringComparison.Ordinal) ? name : "CAP_" + name)
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    private IEnumerable<SwarmAttachment> Attachments(ServiceDefinition service)
    {
        foreach (string key in NetworkKeys(service))
        {
            ServiceNetworkDefinition? use = service.Networks.GetValueOrDefault(key);
            string name = ServiceNames.Network(project, key);
            yield return new SwarmAttachment
            {
                Target = name,
                Aliases = List(IsPredefined(name) ? use?.Aliases ?? [] : [.. use?.Aliases ?? [], service.Name]),
                DriverOpts = Map(use?.DriverOpts),
            };
        }
    }

    private static SwarmFileTarget File(FileReferenceDefinition use) => new(
        string.IsNullOrEmpty(use.Target) ? use.Source : Relative(use), Word(use.Uid) ?? "0", Word(use.Gid) ?? "0", FileMode(use.Mode));

    // The loader completes the target of a secret with the folder that a swarm adds itself.
    private static string Relative(FileReferenceDefinition use) =>
        use.Node["target"]!.Origin.IsInFile || use.Target != $"/run/secrets/{use.Source}" ? use.Target! : use.Source!;

    private static long FileMode(string? text)
    {
        string digits = text ?? "";
        digits = digits.StartsWith("0o", StringComparison.OrdinalIgnoreCase) ? digits[2..] : digits;
        return digits.Length is > 0 and <= 8 && digits.All(digit => digit is >= '0' and <= '7') ? Convert.ToInt64(digits, 8) : 0b100_100_100;
    }

    private SwarmMount Mount(MountDefinition mount)
    {
        var made = new SwarmMount
        {
            Type = mount.Type.ToString().ToLowerInvariant(),
            Source = Word(mount.Source),
            Target = Word(mount.Target),
            ReadOnly = Flag(mount.ReadOnly),
            Consistency = Word(mount.Consistency),
        };
        return mount.Type switch
        {
            MountType.Bind => made with { BindOptions = Word(mount.Bind?.Propagation) is { } propagation ? new SwarmBindOptions(propagation) : null },
            MountType.Tmpfs => made with { TmpfsOptions = mount.Tmpfs is { } tmpfs ? new SwarmTmpfsOptions(tmpfs.Size is 0 ? null : tmpfs.Size, tmpfs.Mode is 0 ? null : tmpfs.Mode) : null },
            MountType.Volume when !string.IsNullOrEmpty(mount.Source) => made with
            {
                Source = ServiceNames.Volume(project, mount.Source),
                VolumeOptions = VolumeOptions(mount, project.Volumes.GetValueOrDefault(mount.Source)),
            },
            _ => made,
        };
    }

    private SwarmVolumeOptions VolumeOptions(MountDefinition mount, VolumeDefinition? volume)
    {
        var options = new SwarmVolumeOptions { NoCopy = Flag(mount.Volume?.NoCopy ?? false), Subpath = Word(mount.Volume?.Subpath) };
        return volume is null or { External: true }
            ? options
            : options with
            {
                Labels = With(volume.Labels, (SwarmLabels.Namespace, project.Name)),
                DriverConfig = volume.Driver is { Length: > 0 } || volume.DriverOpts.Count > 0 ? new SwarmDriver(Word(volume.Driver), Map(volume.DriverOpts)) : null,
            };
    }

    private static SwarmHealthcheck? Healthcheck(HealthcheckDefinition? check) => check switch
    {
        null => null,
        { Disable: true } => new SwarmHealthcheck { Test = ["NONE"] },
        _ => new SwarmHealthcheck
        {
            Test = List(check.Test),
            Interval = Nanoseconds(check.Interval),
            Timeout = Nanoseconds(check.Timeout),
            StartPeriod = Nanoseconds(check.StartPeriod),
            StartInterval = Nanoseconds(check.StartInterval),
            Retries = check.Retries is 0 ? null : check.Retries,
        },
    };

    private static SwarmResources Resources(ServiceDefinition service)
    {
        ResourceDefinition? limits = service.Deploy?.Resources?.Limits;
        ResourceDefinition? reservations = service.Deploy?.Resources?.Reservations;
        SwarmAmounts most = Amounts(limits?.Cpus ?? service.Cpus, limits?.Memory ?? service.MemLimit, limits?.Pids is > 0 ? limits.Pids : service.PidsLimit);
        SwarmAmounts least = Amounts(reservations?.Cpus, reservations?.Memory ?? service.MemReservation, null) with
        {
            GenericResources = List((reservations?.GenericResources ?? []).Select(resource => new SwarmGenericResource(
                resource.DiscreteResourceSpec is { } discrete ? new SwarmDiscreteResource(Word(discrete.Kind), discrete.Value is 0 ? null : discrete.Value) : null))),
        };
        return new SwarmResources(
            limits is not null || HasAny(most) ? most : null,
            reservations is not null || HasAny(least) ? least : null);

        static bool HasAny(SwarmAmounts amounts) => amounts != new SwarmAmounts();
    }

    private static SwarmAmounts Amounts(double? cpus, long? memory, long? pids) => new()
    {
        NanoCpus = cpus is > 0 and { } number ? (long)((decimal)number * 1_000_000_000m) : null,
        MemoryBytes = memory is 0 ? null : memory,
        Pids = pids is > 0 ? pids : null,
    };

    private static SwarmRestartPolicy? Restart(ServiceDefinition service)
    {
        if (service.Deploy?.RestartPolicy is { } policy)
        {
            return new SwarmRestartPolicy
            {
                Condition = Word(policy.Condition),
                Delay = policy.Delay is { } delay ? delay.Ticks * 100 : null,
                MaxAttempts = policy.MaxAttempts,
                Window = policy.Window is { } window ? window.Ticks * 100 : null,
            };
        }

        string[] words = (service.Restart ?? "").Split(':', 2);
        return words[0] switch
        {
            "always" or "unless-stopped" => new SwarmRestartPolicy { Condition = "any" },
            "on-failure" => new SwarmRestartPolicy
            {
                Condition = "on-failure",
                MaxAttempts = words.Length == 2 && long.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out long attempts) && attempts > 0 ? attempts : null,
            },
            _ => null,
        };
    }

    private static SwarmPlacement Placement(PlacementDefinition? placement) => placement is null
        ? new SwarmPlacement()
        : new SwarmPlacement
        {
            Constraints = List(placement.Constraints),
            Preferences = List(placement.Preferences.Select(preference => new SwarmPreference(new SwarmSpread(preference.Spread ?? "")))),
            MaxReplicas = placement.MaxReplicasPerNode is 0 ? null : placement.MaxReplicasPerNode,
        };

    private static SwarmMode Mode(ServiceDefinition service) => service.Deploy?.Mode switch
    {
        "global" => new SwarmMode { Global = new SwarmEachNode() },
        "global-job" => new SwarmMode { GlobalJob = new SwarmEachNode() },
        "replicated-job" => new SwarmMode { ReplicatedJob = new SwarmReplicatedJob(Replicas(service), Replicas(service)) },
        _ => new SwarmMode { Replicated = new SwarmReplicated(Replicas(service)) },
    };

    private static SwarmUpdatePolicy? Update(UpdateDefinition? update) => update is null
        ? null
        : new SwarmUpdatePolicy
        {
            Parallelism = update.Parallelism ?? 1,
            Delay = Nanoseconds(update.Delay),
            FailureAction = Word(update.FailureAction),
            Monitor = Nanoseconds(update.Monitor),
            MaxFailureRatio = update.MaxFailureRatio is { } ratio ? (double)(decimal)(float)ratio : 0,
            Order = Word(update.Order),
        };

    private static SwarmPort Port(PortDefinition port) => new()
    {
        Protocol = Word(port.Protocol),
        TargetPort = port.Target,
        PublishedPort = long.TryParse(port.Published, NumberStyles.None, CultureInfo.InvariantCulture, out long published) && published > 0 ? published : null,
        PublishMode = Word(port.Mode),
    };

    // The loader writes "name=address"; a hosts file has the address first.
    private static string Host(string entry)
    {
        int sign = entry.IndexOf('=', StringComparison.Ordinal);
        sign = sign < 0 ? entry.IndexOf(':', StringComparison.Ordinal) : sign;
        return sign < 0 ? entry : $"{entry[(sign + 1)..]} {entry[..sign]}";
    }

    /// <summary>The image with its tag: an image without a tag and a digest is the latest one.</summary>
    /// <param name="image">The image as the file names it.</param>
    /// <returns>The image.</returns>
    internal static string WithTag(string image)
    {
        string name = image.StartsWith("docker.io/library/", StringComparison.Ordinal) ? image["docker.io/library/".Length..]
            : image.StartsWith("docker.io/", StringComparison.Ordinal) ? image["docker.io/".Length..]
            : image;
        return name.Length == 0 || name.Contains('@', StringComparison.Ordinal) || name.LastIndexOf(':') > name.LastIndexOf('/') ? name : name + ":latest";
    }

    private static Dictionary<string, string> With(IReadOnlyDictionary<string, string>? labels, params (string Key, string Value)[] more)
    {
        var all = new Dictionary<string, string>(labels ?? new Dictionary<string, string>(), StringComparer.Ordinal);
        foreach ((string key, string value) in more)
        {
            all[key] = value;
        }

        return all;
    }

    private static IReadOnlyList<T>? List<T>(IEnumerable<T>? items) => items?.ToArray() is { Length: > 0 } some ? some : null;

    private static IReadOnlyDictionary<string, string>? Map(IReadOnlyDictionary<string, string>? map) => map is { Count: > 0 } ? map : null;

    private static string? Word(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static bool? Flag(bool value) => value ? true : null;

    private static long? Nanoseconds(TimeSpan? time) => time is { Ticks: not 0 } given ? given.Ticks * 100 : null;
}
