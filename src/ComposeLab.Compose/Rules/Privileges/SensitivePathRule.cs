using ComposeLab.Compose.Model;
using ComposeLab.Compose.Normalizing;
using static ComposeLab.Compose.Rules.FindingSeverity;

namespace ComposeLab.Compose.Rules.Privileges;

/// <summary>A rule about mounted host paths that give access to more than files.</summary>
/// <param name="info">The description of the rule.</param>
/// <param name="readOnly">Whether it checks read-only mounts, or writable ones.</param>
internal abstract class SensitivePathRule(RuleInfo info, bool readOnly) : ServiceRule(info)
{
    /// <inheritdoc/>
    protected sealed override IEnumerable<RuleMatch> Find(RuleContext context, ServiceDefinition service) => HostPath.Of(context, service)
        .Where(path => path.Mount.ReadOnly == readOnly)
        .Select(path => context.At(
            service,
            $"volumes[{path.Index}]",
            path.Mount.Node,
            $"{service.Name} {(readOnly ? "can read" : "can change")} {path.What} ({path.Mount.Source}).",
            readOnly
                ? "Mount only the file it needs instead of the folder, or allow it with a reason."
                : $"Mount it read-only if it is needed: {path.Mount.Source}:{path.Mount.Target}:ro."));
}

/// <summary>A container must not read sensitive paths of the host.</summary>
internal sealed class SensitivePathMountedRule() : SensitivePathRule(
    new RuleInfo(
        "SensitivePathMounted",
        Warning,
        Warning,
        "a sensitive host path, mounted read-only: `/`, `/etc`, `/proc`, `/sys`, `~/.ssh`, credentials, the engine's files",
        "Mount only the necessary file; for monitoring, allow it with a reason."),
    readOnly: true);

/// <summary>A container must not change sensitive paths of the host.</summary>
internal sealed class SensitivePathWritableRule() : SensitivePathRule(
    new RuleInfo(
        "SensitivePathWritable",
        Warning,
        Error,
        "the same paths, mounted writable",
        "Mount it read-only (`:ro`), or not at all."),
    readOnly: false);

/// <summary>A mounted host path that gives a service access to more than files.</summary>
/// <param name="Mount">The mount.</param>
/// <param name="Index">Its position in the service's list.</param>
/// <param name="What">A description of its content.</param>
internal sealed record HostPath(MountDefinition Mount, int Index, string What)
{
    // Folders that are sensitive as a whole, while a single file or folder in them is often needed.
    private static readonly (string Path, string What)[] Wholes =
    [
        ("/etc", "the configuration of this machine"),
        ("/home", "the home folders of this machine"),
        ("/usr", "the programs of this machine"),
        ("/bin", "the programs of this machine"),
        ("/sbin", "the programs of this machine"),
        ("/lib", "the libraries of this machine"),
        ("/dev", "the devices of this machine"),
        ("/sys", "the kernel's settings and devices"),
        ("/var", "the data of this machine"),
        ("/var/run", "the sockets of this machine's services"),
        ("/run", "the sockets of this machine's services"),
    ];

    private static readonly (string Path, string What)[] Trees =
    [
        ("/root", "root's home folder"),
        ("/boot", "the kernel and its start-up files"),
        ("/proc", "the processes of this machine"),
        ("/etc/shadow", "the password hashes of this machine"),
        ("/etc/sudoers", "the sudo rules of this machine"),
        ("/etc/ssh", "the keys and settings of this machine's SSH server"),
        ("/etc/cron.d", "the jobs that run as root"),
        ("/var/spool/cron", "the jobs that run as root"),
        ("/var/lib/docker", "the files of containers and volumes"),
        ("/var/lib/containerd", "the files of containers"),
    ];

    private static readonly (string Name, string What)[] HomeFolders =
    [
        (".ssh", "the user's SSH keys"),
        (".aws", "the user's cloud credentials"),
        (".azure", "the user's cloud credentials"),
        (".config/gcloud", "the user's cloud credentials"),
        ("AppData/Roaming/gcloud", "the user's cloud credentials"),
        (".kube", "the user's cluster credentials"),
        (".docker", "the user's registry credentials"),
        (".gnupg", "the user's private keys"),
        ("AppData/Roaming/gnupg", "the user's private keys"),
        ("AppData/Roaming/Microsoft/Credentials", "the user's passwords"),
        ("AppData/Local/Microsoft/Credentials", "the user's passwords"),
    ];

    // Below the root of a drive of Windows.
    private static readonly (string Path, string What)[] WindowsWholes =
    [
        ("Users", "the home folders of this machine"),
        ("Program Files", "the programs of this machine"),
        ("Program Files (x86)", "the programs of this machine"),
        ("ProgramData", "the data of this machine"),
    ];

    private static readonly (string Path, string What)[] WindowsTrees =
    [
        ("Windows", "the system files of this machine"),
        ("ProgramData/ssh", "the keys and settings of this machine's SSH server"),
        ("ProgramData/docker", "the files of containers and volumes"),
    ];

    private static readonly HostPaths Unix = new(IsWindows: false);

    /// <summary>Finds the sensitive paths of a service.</summary>
    /// <param name="context">The project and the machine.</param>
    /// <param name="service">The service.</param>
    public static IEnumerable<HostPath> Of(RuleContext context, ServiceDefinition service)
    {
        foreach ((MountDefinition mount, int index) in service.Volumes.Select((mount, index) => (mount, index)))
        {
            if (mount is { Type: MountType.Bind, Source: { Length: > 0 } source } && !DockerSocketMountedRule.IsSocket(source) && Name(context, source) is { } what)
            {
                yield return new HostPath(mount, index, what);
            }
        }
    }

    private static string? Name(RuleContext context, string source)
    {
        string path = context.Paths.FromUnix(source);
        bool isOwn = context.Paths.IsAtOrBelow(path, context.Project.WorkingDirectory);
        // On Windows, a path without a drive is one of the virtual machine with the engine.
        return NameInHome(context, path) ?? (
            path.StartsWith('/') ? Name(Unix, path, "/", "the whole file system of this machine", Wholes, isOwn ? [] : Trees)
            : DriveOf(path) is { } drive ? Name(context.Paths, path, drive, "a whole drive of this machine", WindowsWholes, isOwn ? [] : WindowsTrees)
            : null);
    }

    private static string? NameInHome(RuleContext context, string path) =>
        context.Environment.Home is not { } home || !context.Paths.IsAtOrBelow(path, home) ? null
        : context.Paths.AreSame(path, home) ? "the user's home folder"
        : HomeFolders.FirstOrDefault(folder => context.Paths.IsAtOrBelow(path, context.Paths.Join(home, folder.Name))).What;

    private static string? Name(HostPaths paths, string path, string root, string whole, (string Path, string What)[] wholes, (string Path, string What)[] trees) =>
        paths.AreSame(path, root) ? whole
        : wholes.FirstOrDefault(one => paths.AreSame(path, paths.Join(root, one.Path))).What ?? trees.FirstOrDefault(tree => paths.IsAtOrBelow(path, paths.Join(root, tree.Path))).What;

    private static string? DriveOf(string path) => path is [var letter, ':', '\\' or '/', ..] && char.IsAsciiLetter(letter) ? path[..3] : null;
}
