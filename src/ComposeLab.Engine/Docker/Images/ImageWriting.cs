using Docker.DotNet.Models;

namespace ComposeLab.Engine.Docker;

/// <summary>Writes this project's image records as the engine wants them.</summary>
internal static class ImageWriting
{
    /// <summary>Writes a build.</summary>
    /// <param name="request">What to build and how.</param>
    /// <returns>The call's parameters.</returns>
    public static ImageBuildParameters Build(ImageBuildRequest request) => new()
    {
        Dockerfile = request.Dockerfile,
        Tags = [.. request.Names],
        BuildArgs = request.Arguments.Where(pair => pair.Value is not null).ToDictionary(pair => pair.Key, pair => pair.Value!),
        Labels = ContainerWriting.Map(request.Labels),
        Target = request.Target,
        Platform = request.Platform,
        CacheFrom = request.CacheFrom.Count == 0 ? null : [.. request.CacheFrom],
        NoCache = request.NoCache ? true : null,
        Pull = request.Pull ? "1" : null,
        NetworkMode = request.NetworkMode,
        ExtraHosts = request.ExtraHosts.Count == 0 ? null : [.. request.ExtraHosts],
        ShmSize = request.ShmBytes,
        Remove = true,
        ForceRemove = true,
        Version = request.UseBuildKit ? "2" : "1",
        AuthConfigs = request.Credentials.Count == 0
            ? null!
            : request.Credentials.ToDictionary(pair => pair.Key, pair => Credential(pair.Value)),
    };

    /// <summary>Writes a credential.</summary>
    /// <param name="credential">What opens a registry.</param>
    /// <returns>The engine's form.</returns>
    public static AuthConfig Credential(RegistryCredential credential) => new()
    {
        ServerAddress = credential.Server,
        Username = credential.UserName,
        Password = credential.Password,
        IdentityToken = credential.IdentityToken,
    };
}
