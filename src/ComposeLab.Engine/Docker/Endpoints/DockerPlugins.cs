using ComposeLab.Compose.Normalizing;

namespace ComposeLab.Engine.Docker;

/// <summary>The folders in which the docker client looks for plugins: programs named <c>docker-NAME</c>.</summary>
internal static class DockerPlugins
{
    private static readonly string[] UnixFolders =
    [
        "/usr/local/lib/docker/cli-plugins", "/usr/local/libexec/docker/cli-plugins", "/usr/lib/docker/cli-plugins", "/usr/libexec/docker/cli-plugins",
    ];

    /// <summary>The user's own folder for plugins.</summary>
    /// <param name="environment">The OS environment.</param>
    /// <param name="host">The rules of the host; null for this one.</param>
    /// <returns>The folder; it may not exist.</returns>
    public static string OwnFolder(IReadOnlyDictionary<string, string> environment, HostPaths? host = null)
    {
        host ??= HostPaths.Current;
        return host.Join(DockerConfigFolder.Find(environment, host) ?? host.Join("~", ".docker"), "cli-plugins");
    }

    /// <summary>Lists the places of a plugin, the user's own folder first.</summary>
    /// <param name="name">The plugin's name, without <c>docker-</c>.</param>
    /// <param name="environment">The OS environment.</param>
    /// <param name="host">The rules of the host; null for this one.</param>
    /// <returns>The files; they may not exist.</returns>
    public static IEnumerable<string> Places(string name, IReadOnlyDictionary<string, string> environment, HostPaths? host = null)
    {
        host ??= HostPaths.Current;
        IEnumerable<string> system = host.IsWindows
            ? new[] { "ProgramData", "ProgramFiles" }.Select(variable => environment.GetValueOrDefault(variable)).OfType<string>()
                .Select(folder => host.Join(folder, "Docker/cli-plugins"))
            : UnixFolders;
        IEnumerable<string> own = DockerConfigFolder.Find(environment, host) is null ? [] : [OwnFolder(environment, host)];
        return own.Concat(system).Where(host.IsAbsolute).Select(folder => host.Join(folder, host.ProgramFile($"docker-{name}")));
    }
}
