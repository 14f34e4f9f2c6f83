using System.Text.Json;
using Docker.DotNet.Models;

namespace ComposeLab.Engine.Docker;

/// <summary>Converts this project's image records to engine requests.</summary>
internal static class ImageRequestMapping
{
    /// <summary>Converts a build.</summary>
    /// <param name="request">What to build and how.</param>
    /// <returns>The call's parameters.</returns>
    public static ImageBuildParameters Build(ImageBuildRequest request) => Build(request, request.Options);

    /// <summary>Converts a credential.</summary>
    /// <param name="credential">The credential.</param>
    /// <returns>The engine's form.</returns>
    public static AuthConfig Credential(RegistryCredential credential) => new()
    {
        ServerAddress = credential.Server,
        Username = credential.UserName,
        Password = credential.Password,
        IdentityToken = credential.IdentityToken,
    };

    /// <summary>Converts a credential to the value of the header in which the engine expects it.</summary>
    /// <param name="credential">The credential.</param>
    /// <returns>JSON, encoded for URLs.</returns>
    public static string Header(RegistryCredential credential) => Convert.ToBase64String(JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string?>
    {
        ["username"] = credential.UserName,
        ["password"] = credential.Password,
        ["serveraddress"] = credential.Server,
        ["identitytoken"] = credential.IdentityToken,
    })).Replace('+', '-').Replace('/', '_');

    private static ImageBuildParameters Build(ImageBuildRequest request, ImageBuildOptions options) => new()
    {
        Dockerfile = request.Dockerfile,
        Tags = [.. options.Names],
        BuildArgs = options.Arguments.Where(pair => pair.Value is not null).ToDictionary(pair => pair.Key, pair => pair.Value!),
        Labels = ContainerRequestMapping.Map(options.Labels),
        Target = options.Target,
        Platform = options.Platform,
        // A JSON list that the client library does not support.
        CacheFrom = options.CacheFrom.Count == 0 ? null : [JsonSerializer.Serialize(options.CacheFrom)],
        NoCache = options.NoCache ? true : null,
        Pull = options.Pull ? "1" : null,
        NetworkMode = options.Network,
        ExtraHosts = options.ExtraHosts.Count == 0 ? null : [.. options.ExtraHosts],
        ShmSize = options.ShmBytes,
        Remove = true,
        ForceRemove = true,
        Version = request.UseBuildKit ? "2" : "1",
    };
}
