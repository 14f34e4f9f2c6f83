namespace ComposeLab.Engine.Docker;

/// <summary>The folder where the docker client keeps its contexts and credentials.</summary>
internal static class DockerConfigFolder
{
    /// <summary>Finds the folder; it may not exist.</summary>
    /// <param name="environment">The OS environment; DOCKER_CONFIG, or HOME or USERPROFILE, define it. Empty variables count as not set.</param>
    /// <returns>The folder; null if it is unknown.</returns>
    public static string? Find(IReadOnlyDictionary<string, string> environment)
    {
        string? Named(string variable) => environment.GetValueOrDefault(variable) is { Length: > 0 } value ? value : null;
        return Named("DOCKER_CONFIG") ?? ((Named("HOME") ?? Named("USERPROFILE")) is { } home ? Path.Combine(home, ".docker") : null);
    }
}
