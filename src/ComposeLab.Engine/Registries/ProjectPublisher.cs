using ComposeLab.Compose.Publishing;

namespace ComposeLab.Engine.Registries;

/// <summary>Publishes projects to registries.</summary>
public static class ProjectPublisher
{
    /// <summary>Writes a project to a registry, as docker compose publish does.</summary>
    /// <param name="reference">The artifact's name.</param>
    /// <param name="publication">The project.</param>
    /// <param name="environment">The OS environment; it contains the location of the docker client's credentials.</param>
    /// <param name="time">When it is created.</param>
    /// <param name="token">Cancels it; the tag is set last.</param>
    /// <returns>The digest of the artifact.</returns>
    /// <exception cref="EngineException">RegistryFailed.</exception>
    public static async Task<string> PublishAsync(
        RegistryReference reference, ProjectPublication publication, IReadOnlyDictionary<string, string> environment, DateTimeOffset time, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(publication);
        using var client = new RegistryClient(environment);
        ArtifactFile[] files = [.. publication.Files.Select(file => new ArtifactFile(file.Name, file.Content, (ArtifactFileKind)file.Kind))];
        return await ComposeArtifact.WriteAsync(client, reference, files, time, token).ConfigureAwait(false);
    }
}
