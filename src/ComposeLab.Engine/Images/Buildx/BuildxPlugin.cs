using ComposeLab.Compose.Files;
using ComposeLab.Compose.Normalizing;
using ComposeLab.Engine.Docker;

namespace ComposeLab.Engine.Images.Buildx;

/// <summary>Finds the docker-buildx plugin. It builds what needs a client session, which the engine's build API does not offer.</summary>
public static class BuildxPlugin
{
    /// <summary>The plugin's name, without <c>docker-</c>.</summary>
    private const string Name = "buildx";

    /// <summary>Finds the plugin in the plugin folders of the docker client, then in PATH.</summary>
    /// <param name="environment">The OS environment; DOCKER_CONFIG, HOME or USERPROFILE, and PATH are read.</param>
    /// <returns>The program; null if it is not installed.</returns>
    public static string? Find(IReadOnlyDictionary<string, string> environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        return DockerPlugins.Places(Name, environment).Concat(InstalledProgram.Places("docker-" + Name, environment, HostPaths.Current)).FirstOrDefault(File.Exists);
    }

    /// <summary>How the plugin is installed, as an order in words.</summary>
    /// <param name="environment">The OS environment.</param>
    /// <returns>The words, without a period.</returns>
    internal static string Install(IReadOnlyDictionary<string, string> environment) => $"install the docker-buildx plugin in {DockerPlugins.OwnFolder(environment)}";

    /// <summary>The error for a build that needs the plugin when it is not installed.</summary>
    /// <param name="spec">The build.</param>
    /// <param name="environment">The OS environment.</param>
    /// <returns>BuildxNotFound.</returns>
    internal static EngineException Missing(BuildSpec spec, IReadOnlyDictionary<string, string> environment) => new(
        EngineErrorId.BuildxNotFound,
        $"The build of {spec.Title} needs the docker-buildx plugin, which is not installed.",
        Install(environment) is var install ? char.ToUpperInvariant(install[0]) + install[1..] : "")
    {
        Service = spec.Service,
    };
}
