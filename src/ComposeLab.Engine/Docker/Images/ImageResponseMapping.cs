using System.Text.Json;
using Docker.DotNet.Models;

namespace ComposeLab.Engine.Docker;

/// <summary>Reads the engine's answers about images into this project's records.</summary>
internal static class ImageResponseMapping
{
    /// <summary>Reads one row of a listing.</summary>
    /// <param name="row">The engine's row.</param>
    /// <returns>The image.</returns>
    public static ImageSummary Summary(ImagesListResponse row) => new()
    {
        Id = ContainerResponseMapping.Required(row.ID, "Id"),
        Names = Names(row.RepoTags),
        Created = ContainerResponseMapping.Time(row.Created),
        Size = row.Size,
        Labels = ContainerResponseMapping.Map(row.Labels),
    };

    /// <summary>Reads an inspection.</summary>
    /// <param name="answer">The engine's answer.</param>
    /// <returns>The image.</returns>
    public static ImageDetails Details(ImageInspectResponse answer) => new()
    {
        Id = ContainerResponseMapping.Required(answer?.ID, "Id"),
        Names = Names(answer!.RepoTags),
        Digests = [.. answer.RepoDigests ?? []],
        Created = answer.Created is { } made ? ContainerResponseMapping.Time(made) : null,
        Tagged = answer.Metadata?.LastTagTime is { Year: > 1 } tagged ? ContainerResponseMapping.Time(tagged) : null,
        Size = answer.Size,
        OperatingSystem = answer.Os ?? "",
        Architecture = answer.Architecture ?? "",
        Variant = answer.Variant ?? "",
        Layers = [.. answer.RootFS?.Layers ?? []],
        Labels = ContainerResponseMapping.Map(answer.Config?.Labels),
        ExposedPorts = [.. answer.Config?.ExposedPorts?.Keys ?? []],
        HasHealthcheck = answer.Config?.Healthcheck?.Test is { Count: > 0 } test && test[0] != "NONE",
        Environment = [.. answer.Config?.Env ?? []],
        Volumes = [.. answer.Config?.Volumes?.Keys ?? []],
        User = answer.Config?.User ?? "",
    };

    /// <summary>Reads the answer about an image in its registry.</summary>
    /// <param name="json">The engine's answer.</param>
    /// <returns>The digest, including <c>sha256:</c>.</returns>
    /// <exception cref="InvalidDataException">It is not an answer of an engine.</exception>
    public static string Digest(string json)
    {
        try
        {
            using JsonDocument answer = JsonDocument.Parse(json);
            return ContainerResponseMapping.Required(answer.RootElement.GetProperty("Descriptor").GetProperty("digest").GetString(), "Descriptor.digest");
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new InvalidDataException("its answer about an image in a registry has no digest", fault);
        }
    }

    private static IReadOnlyList<string> Names(IList<string>? names) =>
        [.. (names ?? []).Where(name => name != "<none>:<none>")];

    /// <summary>Passes on the client library's progress with this project's types.</summary>
    /// <param name="listener">The listener; null for none.</param>
    internal sealed class PullProgress(IProgress<ImagePullMessage>? listener) : IProgress<JSONMessage>
    {
        /// <inheritdoc/>
        public void Report(JSONMessage value) => listener?.Report(new ImagePullMessage(
            value.ID ?? "",
            value.Status ?? "",
            value.Progress?.Current ?? 0,
            value.Progress?.Total ?? 0,
            value.Error?.Message));
    }
}
