using ComposeLab.Compose.Model;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Execution;

namespace ComposeLab.Engine.Tests.Support;

/// <summary>No image is available: the tests use existing images.</summary>
internal sealed class NoImages : IImageSource
{
    /// <inheritdoc/>
    public Task BuildAsync(ComposeProject project, ServiceDefinition service, string image, IEngineEvents events, CancellationToken token) =>
        throw new EngineException(EngineErrorId.ImageBuildFailed, "Nothing is built here.", "None.");

    /// <inheritdoc/>
    public Task PullAsync(string image, string? platform, IEngineEvents events, CancellationToken token) =>
        throw new EngineException(EngineErrorId.ImagePullFailed, "Nothing is pulled here.", "None.");

    /// <inheritdoc/>
    public Task<RegistryCredential?> CredentialAsync(string image, CancellationToken token) => Task.FromResult<RegistryCredential?>(null);
}
