namespace ComposeLab.Engine.Planning;

/// <summary>The attributes that one engine alone, or an older engine, does not honour: nothing of a project is dropped in silence.</summary>
internal static class SupportRules
{
    private const string Swarm = "only a swarm honours it";

    private const string Windows = "only engines with Windows containers honour it";

    private static readonly Version Engine25 = new(1, 44);

    /// <summary>The rules.</summary>
    public static IReadOnlyList<SupportRule> All { get; } =
    [
        new("provider", "services of programs outside the engine are not run", IsError: true),
        new("models", "AI models are not served", IsError: true),
        new("credential_spec", Windows) { OnLinux = true },
        new("cpu_count", Windows) { OnLinux = true },
        new("cpu_percent", Windows) { OnLinux = true },
        new("annotations", "it needs Docker 24 or later", Needs: new Version(1, 43)),
        new("networks.*.interface_name", "it needs Docker 28.1 or later", IsError: true, Needs: new Version(1, 49)),
        new("networks.*.gw_priority", "it needs Docker 28 or later", Needs: new Version(1, 48)),
        new("healthcheck.start_interval", "it needs Docker 25 or later; early probes of this module take its place", Needs: Engine25),
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
