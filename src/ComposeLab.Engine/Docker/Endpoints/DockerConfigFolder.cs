using ComposeLab.Compose.Normalizing;

namespace ComposeLab.Engine.Docker;

/// <summary>The folder where the docker client keeps its contexts and credentials.</summary>
internal static class DockerConfigFolder
{
    /// <summary>Finds the folder; it may not exist.</summary>
    /// <param name="environment">The OS environment; DOCKER_CONFIG, or HOME (on Windows USERPROFILE), define it. Empty variables count as not set.</param>
    /// <param name="host">The rules of the host; null for this one.</param>
    /// <returns>The folder; null if it is unknown.</returns>
    public static string? Find(IReadOnlyDictionary<string, string> environment, HostPaths? host = null)
    {
        host ??= HostPaths.Current;
        return environment.GetValueOrDefault("DOCKER_CONFIG") is { Length: > 0 } folder ? folder
            : host.HomeOf(environment) is { } home ? host.Join(home, ".docker")
            : null;
    }
}
