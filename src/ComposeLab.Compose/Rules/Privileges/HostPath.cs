using ComposeLab.Compose.Model;

namespace ComposeLab.Compose.Rules.Privileges;

/// <summary>A path of the host that a service mounts and that gives it more than files.</summary>
/// <param name="Mount">The mount.</param>
/// <param name="Index">Its place in the service's list.</param>
/// <param name="What">What lies there, for people.</param>
internal sealed record HostPath(MountDefinition Mount, int Index, string What)
{
    // Folders that give too much as a whole, while a single file or folder in them is often what a service is about.
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
        ("/etc/sudoers", "who may become root"),
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
        (".kube", "the user's cluster credentials"),
        (".docker", "the user's registry credentials"),
        (".gnupg", "the user's private keys"),
    ];

    /// <summary>Finds the sensitive paths of a service.</summary>
    /// <param name="context">The project and the machine.</param>
    /// <param name="service">The service.</param>
    public static IEnumerable<HostPath> Of(RuleContext context, ServiceDefinition service)
    {
        foreach ((MountDefinition mount, int index) in service.Volumes.Select((mount, index) => (mount, index)))
        {
            if (mount is { Type: MountType.Bind, Source: { } source } && !DockerSocketMountedRule.IsSocket(source) && Name(context, source.TrimEnd('/')) is { } what)
            {
                yield return new HostPath(mount, index, what);
            }
        }
    }

    private static string? Name(RuleContext context, string source)
    {
        if (source.Length == 0)
        {
            return "the whole file system of this machine";
        }

        if (context.World.Home is { } home)
        {
            if (source == home.TrimEnd('/'))
            {
                return "the user's home folder";
            }

            if (IsAt(source, home.TrimEnd('/')))
            {
                return HomeFolders.FirstOrDefault(folder => IsAt(source, $"{home.TrimEnd('/')}/{folder.Name}")).What;
            }
        }

        return Wholes.FirstOrDefault(whole => source == whole.Path).What
            ?? (IsAt(source, context.Project.WorkingDirectory) ? null : Trees.FirstOrDefault(tree => IsAt(source, tree.Path)).What);
    }

    private static bool IsAt(string source, string path) => source == path || source.StartsWith(path + "/", StringComparison.Ordinal);
}
