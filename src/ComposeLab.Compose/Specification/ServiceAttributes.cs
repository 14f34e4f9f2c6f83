using System.Text.RegularExpressions;
using ComposeLab.Compose.Canonical;
using ComposeLab.Compose.Interpolation;
using ComposeLab.Compose.Merging;
using ComposeLab.Compose.Normalizing;
using static ComposeLab.Compose.Specification.AttributeUse;
using static ComposeLab.Compose.Specification.Types;

namespace ComposeLab.Compose.Specification;

/// <summary>The attributes of a service, in the order they are printed.</summary>
internal static partial class ServiceAttributes
{
    private static EngineLimit WindowsOnly { get; } = EngineLimit.Ignored("only engines with Windows containers support it") with
    {
        Condition = LimitCondition.LinuxContainers,
        Alternative = "use an engine with Windows containers",
    };

    /// <summary>A service.</summary>
    public static AttributeType Type { get; } = Structure(
        new("profiles", TextSet) { Engine = Loads, IsHashed = false },
        new("annotations", Labels) { Engine = Runs.But(EngineLimit.IgnoredBefore("24", 43)), Swarm = Ignored(NoSwarm).Or("use labels") },
        new("attach", LateFlag with { Print = PrintStyle.Given }) { Engine = Printed },
        new("build", BuildAttributes.Type) { Engine = Builds, Swarm = Builds with { Words = "before the stack is deployed, with an image name that every node can pull" }, IsHashed = false },
        new("develop", DevelopAttributes.Type) { Engine = Watches, Swarm = Printed },
        new("blkio_config", BlkioAttributes.Type) { Swarm = Ignored(NoSwarm) },
        new("cap_add", TextSet),
        new("cap_drop", TextSet),
        new("cgroup_parent", Text) { Swarm = Ignored(NoSwarm) },
        new("cgroup", OneOf("host", "private")) { Swarm = Ignored(NoSwarm) },
        new("cpu_count", Integer with { Minimum = 0 }) { Engine = Runs.But(WindowsOnly), Swarm = Ignored(WindowsOnly.Words) },
        new("cpu_percent", Fraction with { Scalars = ScalarSorts.Integer | ScalarSorts.Text, Minimum = 0, Maximum = 100 }) { Engine = Runs.But(WindowsOnly), Swarm = Ignored(WindowsOnly.Words) },
        new("cpu_period", Amount) { Swarm = Ignored(NoSwarm).Or("set deploy.resources.limits.cpus") },
        new("cpu_quota", Amount) { Swarm = Ignored(NoSwarm).Or("set deploy.resources.limits.cpus") },
        new("cpu_rt_period", Amount) { Swarm = Ignored(NoSwarm) },
        new("cpu_rt_runtime", Amount) { Swarm = Ignored(NoSwarm) },
        new("cpus", Fraction with { Cast = ValueCast.SingleNumber }),
        new("cpuset", Text) { Swarm = Ignored(NoSwarm).Or("set deploy.resources.limits.cpus") },
        new("cpu_shares", Amount) { Swarm = Ignored(NoSwarm).Or("set deploy.resources.limits.cpus") },
        new("command", Command),
        new("configs", FileAttributes.References),
        new("container_name", Text with { Pattern = ContainerNames(), PatternWords = "a name of two or more letters, digits and _ . -" }) { Swarm = Ignored(NoSwarm).Or("reach the service by its name, and its tasks by tasks.NAME") },
        new("credential_spec", Structure(new("config", Text), new("file", Text), new("registry", Text))) { Engine = Runs.But(WindowsOnly), Swarm = Ignored(WindowsOnly.Words) },
        new("depends_on", DependencyAttributes.Type) { IsHashed = false },
        new("deploy", DeployAttributes.Type),
        new("device_cgroup_rules", UniqueTexts) { Swarm = Ignored(NoSwarm).Or("run the service outside the swarm") },
        new("devices", DeviceAttributes.Type) { Swarm = Ignored(NoSwarm).Or("reserve a generic resource of the node with deploy.resources.reservations.generic_resources") },
        new("dns", TextOrTexts with { Merge = MergeRules.Append, Identity = ItemIdentities.Key, LongForm = LongForms.NonEmptyItems }),
        new("dns_opt", TextSet with { Merge = MergeRules.Append }),
        new("dns_search", TextOrTexts with { Merge = MergeRules.Append, Identity = ItemIdentities.Key }),
        new("domainname", Text) { Swarm = Ignored(NoSwarm).Or("write the whole name as hostname") },
        new("entrypoint", Command),
        new("provider", ProviderAttributes.Type) { Engine = Runs, Swarm = Refused("its program serves one machine").Or("deploy a service in its place") },
        new("environment", Variables with { TakesVariables = true }),
        new("env_file", EnvFileAttributes.Type) { Engine = Loads },
        new("expose", ListOf(new() { Scalars = ScalarSorts.Text | ScalarSorts.Number }) with { UniqueItems = true, Identity = ItemIdentities.Expose, Canonical = ListValues.Words }) { Swarm = Printed },
        new("extends", ExtendsType) { Engine = Loads },
        new("external_links", UniqueTexts) { Swarm = Ignored(NoSwarm).Or("connect both services to one network") },
        new("extra_hosts", ExtraHosts.Type),
        new("group_add", Texts with { Items = new() { Scalars = ScalarSorts.Text | ScalarSorts.Number }, UniqueItems = true }),
        new("gpus", DeviceAttributes.Gpus) { Swarm = Ignored(NoSwarm).Or("reserve a generic resource of the node with deploy.resources.reservations.generic_resources") },
        new("hostname", Text),
        new("healthcheck", HealthcheckAttributes.Type),
        new("image", Text),
        new("init", Flag with { Print = PrintStyle.Given }),
        new("ipc", Text) { Swarm = Ignored(NoSwarm) },
        new("isolation", Text),
        new("labels", Labels),
        new("label_file", Texts with { Scalars = ScalarSorts.Text, Items = StrictText with { Path = PathRules.Absolute }, Merge = MergeRules.Append, LongForm = LongForms.Items }) { Engine = Loads },
        new("links", TextSet) { Swarm = Ignored(NoSwarm).Or("give the other service an alias on a common network") },
        new("logging", Structure(
            new("driver", Text),
            new("options", DriverOptions with { Values = new() { Scalars = ScalarSorts.Text | ScalarSorts.Number | ScalarSorts.Null } })) with
        { Merge = MergeRules.Logging }),
        new("mem_limit", Size),
        new("mem_reservation", Size with { Scalars = ScalarSorts.Integer | ScalarSorts.Text }),
        new("memswap_limit", Size) { Swarm = Ignored(NoSwarm).Or("set deploy.resources.limits.memory") },
        new("mem_swappiness", Size with { Scalars = ScalarSorts.Integer | ScalarSorts.Text }) { Swarm = Ignored(NoSwarm) },
        new("mac_address", Text) { Engine = Runs.But(EngineLimit.Ignored("with network_mode the service does not have its own network") with { Condition = LimitCondition.NetworkMode }), Swarm = Ignored(NoSwarm) },
        new("models", ModelAttributes.Uses) { Engine = Refused("AI models are not served"), Swarm = Refused("AI models are not served") },
        new("network_mode", Text) { Swarm = Ignored(NoSwarm).Or("use networks; for the network of the node, an external network with the name host") },
        new("networks", NetworkAttributes.Attachments),
        new("oom_kill_disable", Flag) { Swarm = Ignored(NoSwarm) },
        new("oom_score_adj", Integer with { Minimum = -1000, Maximum = 1000 }),
        new("pid", OrEmpty(Text)) { Swarm = Ignored(NoSwarm) },
        new("pids_limit", Amount),
        new("platform", Text) { Engine = Builds, Swarm = Ignored("a swarm runs an image on nodes of its platforms").Or("set deploy.placement.constraints: node.platform.arch") },
        new("ports", PortAttributes.Type),
        new("privileged", Flag) { Swarm = Ignored(NoSwarm).Or("add the capabilities that the service needs with cap_add") },
        new("pull_policy", Text with { Pattern = PullPolicies(), PatternWords = "always, never, build, missing, refresh, daily, weekly or every_ with a duration (every_12h)" }) { Engine = Builds, Swarm = Printed, IsHashed = false },
        new("pull_refresh_after", Text) { Engine = Ignored("docker compose ignores it too; use a pull_policy with a duration"), IsPrinted = false },
        new("read_only", Flag),
        new("restart", Text),
        new("runtime", Text) { Swarm = Ignored(NoSwarm).Or("set the default runtime of the nodes") },
        new("scale", Integer with { Print = PrintStyle.Given }) { IsHashed = false },
        new("secrets", FileAttributes.References with { Items = FileAttributes.Reference with { Defaults = FileAttributes.SecretTarget }, Identity = ItemIdentities.Secret }),
        new("security_opt", UniqueTexts) { Swarm = Ignored(NoSwarm).Or("set the defaults of the nodes, such as no-new-privileges in daemon.json") },
        new("shm_size", Size) { Swarm = Ignored(NoSwarm).Or("mount a tmpfs at /dev/shm with a volume of type tmpfs") },
        new("stdin_open", Flag),
        new("stop_grace_period", Duration),
        new("stop_signal", Text),
        new("storage_opt", new() { Values = Any, Canonical = MapValues.StrictTexts }) { Swarm = Ignored(NoSwarm) },
        new("sysctls", Labels),
        new("tmpfs", TextOrTexts with { Merge = MergeRules.Append, Identity = ItemIdentities.Key }) { Swarm = Ignored("docker stack deploy drops it").Or("write it as a volume of type tmpfs") },
        new("tty", Flag),
        new("ulimits", UlimitAttributes.Type),
        new("use_api_socket", TrueOrFalse)
        {
            Engine = Runs.But(EngineLimit.Refused("the engine is not connected through a socket") with { Condition = LimitCondition.NoSocket, Alternative = "use an engine on this machine" }),
            Swarm = Ignored(NoSwarm).Or("mount the socket, on manager nodes only"),
        },
        new("user", Text),
        new("userns_mode", Text) { Swarm = Ignored(NoSwarm).Or("set it for the engines of the nodes") },
        new("uts", Text) { Swarm = Ignored(NoSwarm) },
        new("volumes", MountAttributes.Type),
        new("volumes_from", UniqueTexts) { Swarm = Refused(NoSwarm).Or("mount the same volume in both services") },
        new("working_dir", Text),
        new("pre_start", ListOf(HookAttributes.PreStart)) { Swarm = Ignored(NoSwarm).Or("use a service with deploy.mode replicated-job, and depends_on with service_completed_successfully"), Since = "5.3.0" },
        new("post_start", ListOf(HookAttributes.Type)) { Swarm = Ignored(NoSwarm).Or("do it in the entrypoint") },
        new("pre_stop", ListOf(HookAttributes.Type)) { Swarm = Ignored(NoSwarm).Or("handle the stop signal in the program") });

    private const string NoSwarm = "a swarm has no such setting";

    private static AttributeType ExtendsType => Structure(
        new("service", Text) { IsRequired = true },
        new("file", Text with { Path = PathRules.Absolute })) with
    {
        Scalars = ScalarSorts.Text,
        Others = OtherKeys.None,
        ScalarsWhenExtended = ScalarSorts.Text,
        LongForm = LongForms.Key("service"),
        Print = PrintStyle.Plain,
    };

    // Both patterns may match anywhere in the text: this is how the reference reads them.
    [GeneratedRegex("[a-zA-Z0-9][a-zA-Z0-9_.-]+", RegexOptions.CultureInvariant)]
    private static partial Regex ContainerNames();

    [GeneratedRegex("always|never|build|if_not_present|missing|refresh|daily|weekly|every_[0-9]+[wdhms]", RegexOptions.CultureInvariant)]
    private static partial Regex PullPolicies();
}
