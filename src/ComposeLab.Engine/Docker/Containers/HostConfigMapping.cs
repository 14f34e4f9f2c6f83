using Docker.DotNet.Models;

namespace ComposeLab.Engine.Docker;

/// <summary>Converts the host settings of a container: networks, mounts, limits, privileges.</summary>
internal static class HostConfigMapping
{
    /// <summary>Converts the host settings of a new container.</summary>
    /// <param name="spec">The container.</param>
    /// <returns>The engine's form.</returns>
    public static HostConfig Config(ContainerSpec spec)
    {
        var host = new HostConfig
        {
            NetworkMode = spec.NetworkMode!,
            AutoRemove = spec.AutoRemove,
            PortBindings = spec.Ports
                .GroupBy(ContainerRequestMapping.PortKey, StringComparer.Ordinal)
                .ToDictionary(
                    group => group.Key,
                    IList<PortBinding> (group) => [.. group.Select(port => new PortBinding { HostIP = port.HostIp, HostPort = port.HostPort })]),
            Binds = [.. spec.Binds],
            Mounts = [.. spec.Mounts.Select(Mount)],
            Tmpfs = ContainerRequestMapping.Map(spec.Tmpfs),
            VolumesFrom = [.. spec.VolumesFrom],
            Links = spec.Links.Count == 0 ? null! : [.. spec.Links],
            RestartPolicy = new RestartPolicy { Name = Policy(spec.Restart.Policy), MaximumRetryCount = spec.Restart.MaximumRetries },
            LogConfig = spec.Log is null
                ? null!
                : new LogConfig { Type = spec.Log.Driver, Config = ContainerRequestMapping.Map(spec.Log.Options) },
            DNS = [.. spec.Dns.Servers],
            DNSOptions = [.. spec.Dns.Options],
            DNSSearch = [.. spec.Dns.Search],
            ExtraHosts = [.. spec.Dns.ExtraHosts],
            Annotations = spec.Annotations.Count == 0 ? null : ContainerRequestMapping.Map(spec.Annotations),
            StorageOpt = spec.StorageOptions.Count == 0 ? null : ContainerRequestMapping.Map(spec.StorageOptions),
            Runtime = spec.Runtime,
            Isolation = spec.Isolation!,
        };
        AddSecurity(host, spec.Security);
        ResourceMapping.Add(host, spec.Resources);
        return host;
    }

    private static void AddSecurity(HostConfig host, SecuritySpec security)
    {
        host.Privileged = security.Privileged;
        host.ReadonlyRootfs = security.ReadOnlyRoot;
        host.CapAdd = [.. security.CapAdd];
        host.CapDrop = [.. security.CapDrop];
        host.SecurityOpt = [.. security.Options];
        host.GroupAdd = [.. security.GroupAdd];
        host.Sysctls = ContainerRequestMapping.Map(security.Sysctls);
        host.IpcMode = security.IpcMode!;
        host.PidMode = security.PidMode!;
        host.UTSMode = security.UtsMode!;
        host.UsernsMode = security.UserNamespaceMode!;
        host.CgroupnsMode = security.CgroupNamespaceMode!;
        host.Init = security.Init;
        host.MaskedPaths = security.MaskedPaths is null ? null! : [.. security.MaskedPaths];
        host.ReadonlyPaths = security.ReadOnlyPaths is null ? null! : [.. security.ReadOnlyPaths];
    }

    private static RestartPolicyKind Policy(string policy) => policy switch
    {
        "always" => RestartPolicyKind.Always,
        "on-failure" => RestartPolicyKind.OnFailure,
        "unless-stopped" => RestartPolicyKind.UnlessStopped,
        _ => RestartPolicyKind.No,
    };

    private static BindOptions BindOptions(MountSpec mount) => new()
    {
        Propagation = mount.Propagation,
        NonRecursive = mount.NonRecursive,
        ReadOnlyNonRecursive = mount.ReadOnlyNonRecursive,
        ReadOnlyForceRecursive = mount.ReadOnlyForceRecursive,
        CreateMountpoint = mount.CreateSource,
    };

    private static Mount Mount(MountSpec mount) => new()
    {
        Type = mount.Type,
        Source = mount.Source,
        Target = mount.Target,
        ReadOnly = mount.ReadOnly,
        Consistency = mount.Consistency,
        BindOptions = mount.Type == "bind" ? BindOptions(mount) : null,
        VolumeOptions = mount.Type != "volume" || (!mount.NoCopy && mount.Subpath is null && mount.VolumeLabels.Count == 0)
            ? null
            : new VolumeOptions { NoCopy = mount.NoCopy, Subpath = mount.Subpath, Labels = ContainerRequestMapping.Map(mount.VolumeLabels) },
        ImageOptions = mount.Type != "image" || mount.Subpath is null ? null : new ImageOptions { Subpath = mount.Subpath },
        TmpfsOptions = mount.Type != "tmpfs" || (mount.TmpfsBytes is null && mount.TmpfsMode is null)
            ? null
            : new TmpfsOptions { SizeBytes = mount.TmpfsBytes, Mode = mount.TmpfsMode },
    };
}
