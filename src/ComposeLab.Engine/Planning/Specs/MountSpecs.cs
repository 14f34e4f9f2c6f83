using ComposeLab.Compose.Model;
using ComposeLab.Engine.Docker;

namespace ComposeLab.Engine.Planning;

/// <summary>Creates mounts from a service's volumes, secrets and configs.</summary>
internal static class MountSpecs
{
    /// <summary>Whether a mount is sent in the engine's short form, like the reference does for plain binds and volumes.</summary>
    /// <param name="mount">The mount.</param>
    /// <returns>True for the short form.</returns>
    public static bool IsShort(MountDefinition mount) => mount.Type switch
    {
        // Only the short form can relabel for SELinux.
        MountType.Bind => mount.Bind is null or { CreateHostPath: true, Recursive: null } or { Selinux.Length: > 0 },
        MountType.Volume => !string.IsNullOrEmpty(mount.Source) && mount.Volume is not { Subpath: not null } && mount.Volume is not { Labels.Count: > 0 },
        _ => false,
    };

    /// <summary>Writes a mount in the short form.</summary>
    /// <param name="project">The project.</param>
    /// <param name="mount">The mount.</param>
    /// <returns><c>SOURCE:TARGET[:OPTIONS]</c>.</returns>
    public static string Bind(ComposeProject project, MountDefinition mount)
    {
        string source = mount.Type == MountType.Volume ? ServiceNames.Volume(project, mount.Source ?? "") : mount.Source ?? "";
        List<string> options = [mount.ReadOnly ? "ro" : "rw"];
        AddWord(options, mount.Bind?.Selinux);
        AddWord(options, mount.Bind?.Propagation);
        AddWord(options, mount.Volume is { NoCopy: true } ? "nocopy" : null);
        return $"{source}:{mount.Target}:{string.Join(',', options)}";
    }

    /// <summary>Writes a mount in the long form.</summary>
    /// <param name="project">The project.</param>
    /// <param name="mount">The mount.</param>
    /// <returns>The mount.</returns>
    public static MountSpec Mount(ComposeProject project, MountDefinition mount) => new()
    {
        Type = mount.Type.ToString().ToLowerInvariant(),
        Source = mount.Type == MountType.Volume && !string.IsNullOrEmpty(mount.Source)
            ? ServiceNames.Volume(project, mount.Source)
            : mount.Source ?? "",
        Target = mount.Target ?? "",
        ReadOnly = mount.ReadOnly,
        Consistency = mount.Consistency,
        Propagation = mount.Bind?.Propagation,
        NonRecursive = mount.Bind?.Recursive == "disabled",
        ReadOnlyNonRecursive = mount.Bind?.Recursive == "writable",
        ReadOnlyForceRecursive = mount.Bind?.Recursive == "readonly",
        CreateSource = mount.Bind?.CreateHostPath ?? false,
        NoCopy = mount.Volume?.NoCopy ?? false,
        Subpath = mount.Volume?.Subpath ?? mount.Image?.Subpath,
        VolumeLabels = mount.Volume?.Labels ?? new Dictionary<string, string>(),
        TmpfsBytes = mount.Tmpfs?.Size,
        TmpfsMode = (uint?)mount.Tmpfs?.Mode,
    };

    /// <summary>Mounts the engine's socket for a service that requests it.</summary>
    /// <param name="service">The service.</param>
    /// <param name="engine">The engine.</param>
    /// <returns>The bind, in the short form.</returns>
    public static IEnumerable<string> ApiSocket(ServiceDefinition service, EngineInfo engine) =>
        service.UseApiSocket && engine.Endpoint.Address.Scheme == "unix"
            ? [$"{engine.Endpoint.Address.AbsolutePath}:/var/run/docker.sock:rw"]
            : [];

    /// <summary>Mounts the secrets and configs that are files of the host.</summary>
    /// <param name="project">The project.</param>
    /// <param name="service">The service.</param>
    /// <returns>Read-only binds.</returns>
    public static IEnumerable<MountSpec> Files(ComposeProject project, ServiceDefinition service)
    {
        foreach (FileReferenceDefinition use in service.Secrets)
        {
            if (project.Secrets.GetValueOrDefault(use.Source ?? "")?.File is { } file && !IsMounted(service, SecretTarget(use)))
            {
                yield return File(file, SecretTarget(use));
            }
        }

        foreach (FileReferenceDefinition use in service.Configs)
        {
            if (project.Configs.GetValueOrDefault(use.Source ?? "")?.File is { } file && !IsMounted(service, ConfigTarget(use)))
            {
                yield return File(file, ConfigTarget(use));
            }
        }
    }

    /// <summary>The path a secret has inside a container.</summary>
    /// <param name="use">The service's use of it.</param>
    /// <returns>An absolute path.</returns>
    public static string SecretTarget(FileReferenceDefinition use)
    {
        string target = string.IsNullOrEmpty(use.Target) ? use.Source ?? "" : use.Target;
        return target.StartsWith('/') ? target : "/run/secrets/" + target;
    }

    /// <summary>The path a config has inside a container.</summary>
    /// <param name="use">The service's use of it.</param>
    /// <returns>An absolute path.</returns>
    public static string ConfigTarget(FileReferenceDefinition use) =>
        string.IsNullOrEmpty(use.Target) ? "/" + use.Source : use.Target.StartsWith('/') ? use.Target : "/" + use.Target;

    // A volume at the same path takes precedence.
    private static bool IsMounted(ServiceDefinition service, string target) => service.Volumes.Any(mount => mount.Target == target);

    private static MountSpec File(string source, string target) =>
        new() { Type = "bind", Source = source, Target = target, ReadOnly = true };

    private static void AddWord(List<string> options, string? word)
    {
        if (!string.IsNullOrEmpty(word))
        {
            options.Add(word);
        }
    }
}
