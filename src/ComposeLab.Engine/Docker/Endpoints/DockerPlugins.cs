namespace ComposeLab.Engine.Docker;

/// <summary>The folders in which the docker client looks for plugins: programs named <c>docker-NAME</c>.</summary>
internal static class DockerPlugins
{
    private static readonly string[] UnixFolders =
    [
        "/usr/local/lib/docker/cli-plugins", "/usr/local/libexec/docker/cli-plugins", "/usr/lib/docker/cli-plugins", "/usr/libexec/docker/cli-plugins",
    ];

    private static string Ending => OperatingSystem.IsWindows() ? ".exe" : "";

    /// <summary>The user's own folder for plugins.</summary>
    /// <param name="environment">The OS environment.</param>
    /// <returns>The folder; it may not exist.</returns>
    public static string OwnFolder(IReadOnlyDictionary<string, string> environment) =>
        Path.Combine(DockerConfigFolder.Find(environment) ?? Path.Combine("~", ".docker"), "cli-plugins");

    /// <summary>Lists the places of a plugin, the user's own folder first.</summary>
    /// <param name="name">The plugin's name, without <c>docker-</c>.</param>
    /// <param name="environment">The OS environment.</param>
    /// <returns>The files; they may not exist.</returns>
    public static IEnumerable<string> Places(string name, IReadOnlyDictionary<string, string> environment)
    {
        IEnumerable<string> system = OperatingSystem.IsWindows()
            ? new[] { "ProgramData", "ProgramFiles" }.Select(variable => environment.GetValueOrDefault(variable)).OfType<string>()
                .Select(folder => Path.Combine(folder, "Docker", "cli-plugins"))
            : UnixFolders;
        IEnumerable<string> own = DockerConfigFolder.Find(environment) is null ? [] : [OwnFolder(environment)];
        return own.Concat(system).Where(Path.IsPathRooted).Select(folder => Path.Combine(folder, $"docker-{name}{Ending}"));
    }

    /// <summary>Lists the places of a program in PATH; relative folders are left out.</summary>
    /// <param name="program">The program's name, without an ending.</param>
    /// <param name="environment">The OS environment.</param>
    /// <returns>The files; they may not exist.</returns>
    public static IEnumerable<string> InPath(string program, IReadOnlyDictionary<string, string> environment) =>
        (environment.GetValueOrDefault("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Where(Path.IsPathRooted).Select(folder => Path.Combine(folder, program + Ending));
}
