using ComposeLab.Bench.Harness;

namespace ComposeLab.Bench.Config;

/// <summary>
/// The peer: <c>docker compose</c> as people type it, in the version whose dialect ComposeLab speaks. Where no docker command is installed, the plugin is run
/// alone, which is faster.
/// </summary>
internal static class DockerCompose
{
    private const string Suite = "sid";

    private static readonly Lazy<string> Plugin = new(FindPlugin);
    private static readonly string? Docker = FindDocker();
    private static readonly Lazy<string> Configuration = new(LinkPlugin);

    /// <summary>A call of the peer.</summary>
    /// <param name="arguments">What follows <c>docker compose</c>.</param>
    /// <param name="environment">Its whole environment.</param>
    /// <param name="directory">Where it starts.</param>
    /// <exception cref="BenchmarkUnavailableException">The plugin cannot be had.</exception>
    public static Command Command(IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment, string directory) => Docker is null
        ? new Command(Plugin.Value, [.. arguments], environment, directory)
        : new Command(Docker, ["compose", .. arguments], new Dictionary<string, string>(environment) { ["DOCKER_CONFIG"] = Configuration.Value }, directory);

    /// <summary>A call of the plugin alone, as a script can run it: without the two processes by which the docker command finds and starts it.</summary>
    /// <param name="arguments">What follows <c>docker compose</c>.</param>
    /// <param name="environment">Its whole environment.</param>
    /// <param name="directory">Where it starts.</param>
    /// <exception cref="BenchmarkUnavailableException">The plugin cannot be had.</exception>
    public static Command Alone(IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment, string directory) =>
        new(Plugin.Value, [.. arguments], environment, directory);

    private static string FindPlugin()
    {
        var (exitCode, output, errors) = new Command(Repository.At("tools/peer/compose-plugin.sh"), [Suite]).Outcome();
        return exitCode == 0 ? output.Trim() : throw new BenchmarkUnavailableException(errors.Trim());
    }

    private static string? FindDocker() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, "docker")).FirstOrDefault(File.Exists);

    // The command finds its plugins below its configuration folder. A separate one next to the plugin is used, so that the user's is not changed.
    private static string LinkPlugin()
    {
        var configuration = Path.Combine(Path.GetDirectoryName(Plugin.Value)!, "config");
        Directory.CreateDirectory(Path.Combine(configuration, "cli-plugins"));
        var link = Path.Combine(configuration, "cli-plugins", "docker-compose");
        if (!File.Exists(link))
        {
            File.CreateSymbolicLink(link, Plugin.Value);
        }

        return configuration;
    }
}
