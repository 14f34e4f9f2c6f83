namespace ComposeLab.Engine.Docker;

/// <summary>The folder where the docker client keeps its contexts and credentials.</summary>
internal static class DockerConfigFolder
{
    /// <summary>Finds the folder; it need not exist.</summary>
    /// <param name="environment">The OS environment; DOCKER_CONFIG, else HOME or USERPROFILE, say where it is. What is empty counts as not set.</param>
    /// <returns>The folder; null where nothing says.</returns>
    public static string? Find(IReadOnlyDictionary<string, string> environment)
    {
        string? Named(string variable) => environment.GetValueOrDefault(variable) is { Length: > 0 } value ? value : null;
        return Named("DOCKER_CONFIG") ?? ((Named("HOME") ?? Named("USERPROFILE")) is { } home ? Path.Combine(home, ".docker") : null);
    }
}
