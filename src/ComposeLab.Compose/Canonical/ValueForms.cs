using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Canonical;

/// <summary>The form of every attribute of the specification, by path.</summary>
internal static class ValueForms
{
    private static readonly Dictionary<string, ValueForm> FileReference = Group(
        (ScalarForms.Text, "source target uid gid"), (ScalarForms.FileMode, "mode"));

    private static readonly Dictionary<string, ValueForm> Hook = Group(
        (ListForms.Command, "command"), (ScalarForms.Text, "user working_dir"), (ScalarForms.Flag, "privileged"), (MapForms.OptionalTexts, "environment"));

    private static readonly Dictionary<string, ValueForm> DeviceRequest = Group(
        (ListForms.Texts, "capabilities device_ids"), (ScalarForms.Text, "driver"), (ScalarForms.DeviceCount, "count"), (MapForms.Texts, "options"));

    private static readonly Dictionary<string, ValueForm> Resource = new(
        Group((ScalarForms.Single, "cpus"), (ScalarForms.Bytes, "memory"), (ScalarForms.Integer, "pids generic_resources.[].discrete_resource_spec.value"), (ScalarForms.Text, "generic_resources.[].discrete_resource_spec.kind"))
            .Concat(Under("devices.[]", DeviceRequest)));

    private static readonly Dictionary<string, ValueForm> Update = Group(
        (ScalarForms.Natural, "parallelism"), (ScalarForms.DurationOrNothing, "delay monitor"), (ScalarForms.Text, "failure_action order"),
        (ScalarForms.Single, "max_failure_ratio"));

    private static readonly Dictionary<string, ValueForm> Build = new(Group(
        (ScalarForms.Text, "context dockerfile dockerfile_inline provenance sbom isolation network target"),
        (ListForms.Texts, "entitlements"),
        (MapForms.OptionalTexts, "args"),
        (SpecialForms.Ssh, "ssh"),
        (MapForms.Texts, "labels additional_contexts"),
        (ListForms.TextOrTexts, "cache_from cache_to tags platforms"),
        (ScalarForms.Flag, "no_cache pull privileged"),
        (SpecialForms.Hosts, "extra_hosts"),
        (ScalarForms.Bytes, "shm_size"),
        (SpecialForms.Ulimit, "ulimits.*"))
        .Concat(Under("secrets.[]", FileReference)));

    private static readonly Dictionary<string, ValueForm> Deploy = new(Group(
        (ScalarForms.Text, "mode endpoint_mode restart_policy.condition placement.preferences.[].spread"),
        (ScalarForms.Integer, "replicas"),
        (MapForms.Texts, "labels"),
        (ScalarForms.Duration, "restart_policy.delay restart_policy.window"),
        (ScalarForms.Natural, "restart_policy.max_attempts placement.max_replicas_per_node"),
        (ListForms.Texts, "placement.constraints"))
        .Concat(Under("update_config", Update))
        .Concat(Under("rollback_config", Update))
        .Concat(Under("resources.limits", Resource))
        .Concat(Under("resources.reservations", Resource)));

    private static readonly Dictionary<string, ValueForm> Service = new(Group(
        (ScalarForms.Text, "cgroup_parent cgroup cpuset container_name dockerfile domainname hostname image ipc isolation log_driver mac_address net network_mode pid "
            + "platform pull_policy restart runtime stop_signal user userns_mode uts volume_driver working_dir extends.file extends.service provider.type "
            + "credential_spec.config credential_spec.file credential_spec.registry logging.driver depends_on.*.condition models.*.endpoint_var models.*.model_var "
            + "ports.[].name ports.[].mode ports.[].host_ip ports.[].published ports.[].protocol ports.[].app_protocol devices.[].source devices.[].target "
            + "devices.[].permissions env_file.[].path env_file.[].format networks.*.interface_name networks.*.ipv4_address networks.*.ipv6_address "
            + "networks.*.mac_address volumes.[].type volumes.[].source volumes.[].target volumes.[].consistency volumes.[].bind.selinux "
            + "volumes.[].bind.propagation volumes.[].bind.recursive volumes.[].volume.subpath volumes.[].image.subpath develop.watch.[].path "
            + "develop.watch.[].action develop.watch.[].target blkio_config.*.[].path"),
        (ListForms.Texts, "profiles cap_add cap_drop device_cgroup_rules dns_opt external_links group_add label_file links security_opt volumes_from "
            + "networks.*.aliases networks.*.link_local_ips develop.watch.[].include develop.watch.[].ignore"),
        (ListForms.TextOrTexts, "dns dns_search tmpfs"),
        (ListForms.Words, "expose"),
        (ListForms.Command, "command entrypoint"),
        (ListForms.Probe, "healthcheck.test"),
        (MapForms.Texts, "annotations labels sysctls logging.options networks.*.driver_opts volumes.[].volume.labels"),
        (MapForms.StrictTexts, "log_opt storage_opt"),
        (MapForms.TextLists, "provider.options"),
        (MapForms.OptionalTexts, "environment"),
        (SpecialForms.Hosts, "extra_hosts"),
        (SpecialForms.Ulimit, "ulimits.*"),
        (ScalarForms.Flag, "attach init oom_kill_disable privileged read_only stdin_open tty use_api_socket healthcheck.disable depends_on.*.restart "
            + "depends_on.*.required env_file.[].required volumes.[].read_only volumes.[].bind.create_host_path volumes.[].volume.nocopy develop.watch.[].initial_sync"),
        (ScalarForms.Integer, "cpu_count cpu_period cpu_quota cpu_rt_period cpu_rt_runtime cpu_shares oom_score_adj pids_limit scale networks.*.gw_priority networks.*.priority"),
        (ScalarForms.Natural, "healthcheck.retries ports.[].target"),
        (ScalarForms.NaturalNumber, "volumes.[].tmpfs.mode blkio_config.weight blkio_config.weight_device.[].weight"),
        (ScalarForms.Single, "cpu_percent cpus"),
        (ScalarForms.Bytes, "mem_limit mem_reservation memswap_limit mem_swappiness shm_size volumes.[].tmpfs.size"),
        (ScalarForms.Rate, "blkio_config.device_read_bps.[].rate blkio_config.device_read_iops.[].rate blkio_config.device_write_bps.[].rate "
            + "blkio_config.device_write_iops.[].rate"),
        (ScalarForms.Duration, "healthcheck.timeout healthcheck.interval healthcheck.start_period healthcheck.start_interval stop_grace_period"))
        .Concat(Under("build", Build))
        .Concat(Under("deploy", Deploy))
        .Concat(Under("configs.[]", FileReference))
        .Concat(Under("secrets.[]", FileReference))
        .Concat(Under("gpus.[]", DeviceRequest))
        .Concat(Under("develop.watch.[].exec", Hook))
        .Concat(Under("post_start.[]", Hook))
        .Concat(Under("pre_stop.[]", Hook)));

    private static readonly Dictionary<string, ValueForm> Network = Group(
        (ScalarForms.Text, "name driver ipam.driver ipam.config.[].subnet ipam.config.[].gateway ipam.config.[].ip_range"),
        (MapForms.Texts, "driver_opts labels ipam.config.[].aux_addresses"),
        (ScalarForms.Flag, "external internal attachable enable_ipv4 enable_ipv6"));

    private static readonly Dictionary<string, ValueForm> Volume = Group(
        (ScalarForms.Text, "name driver"), (MapForms.Texts, "driver_opts labels"), (ScalarForms.Flag, "external"));

    private static readonly Dictionary<string, ValueForm> FileObject = Group(
        (ScalarForms.Text, "name file environment content driver template_driver"), (MapForms.Texts, "labels"), (MapForms.StrictTexts, "driver_opts"),
        (ScalarForms.Flag, "external"));

    private static readonly Dictionary<string, ValueForm> Model = Group(
        (ScalarForms.Text, "name model"), (ScalarForms.Integer, "context_size"), (ListForms.Texts, "runtime_flags"));

    /// <summary>The forms by path.</summary>
    public static PathTable<ValueForm> Table { get; } = new(
        Under("services.*", Service)
            .Concat(Under("networks.*", Network))
            .Concat(Under("volumes.*", Volume))
            .Concat(Under("secrets.*", FileObject))
            .Concat(Under("configs.*", FileObject))
            .Concat(Under("models.*", Model))
            .Select(pair => (pair.Key, pair.Value)));

    private static Dictionary<string, ValueForm> Group(params (ValueForm Form, string Paths)[] groups) => groups
        .SelectMany(group => group.Paths.Split(' ').Select(path => (path, group.Form)))
        .ToDictionary(pair => pair.path, pair => pair.Form, StringComparer.Ordinal);

    private static IEnumerable<KeyValuePair<string, ValueForm>> Under(string path, Dictionary<string, ValueForm> forms) =>
        forms.Select(pair => KeyValuePair.Create($"{path}.{pair.Key}", pair.Value));
}
