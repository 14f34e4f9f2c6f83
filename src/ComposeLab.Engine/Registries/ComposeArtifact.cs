using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ComposeLab.Engine.Planning;

namespace ComposeLab.Engine.Registries;

/// <summary>A file of a project in a registry.</summary>
/// <param name="Name">Its name, without a folder.</param>
/// <param name="Content">Its content.</param>
/// <param name="Kind">What it is.</param>
public sealed record ArtifactFile(string Name, ReadOnlyMemory<byte> Content, ArtifactFileKind Kind);

/// <summary>What a file of a project in a registry is.</summary>
public enum ArtifactFileKind
{
    /// <summary>A Compose file of the project; all of them are one file when they are read.</summary>
    Compose,

    /// <summary>A Compose file whose services are extended.</summary>
    Extended,

    /// <summary>An environment file of a service.</summary>
    EnvFile,
}

/// <summary>
/// A project as an artifact in a registry: a manifest whose layers are its files, with the types and annotations of docker compose, so that each tool reads what the other
/// one wrote.
/// </summary>
internal static class ComposeArtifact
{
    /// <summary>The kinds of manifests that a project can have.</summary>
    public static readonly IReadOnlyList<string> MediaTypes = [Manifest, Index];

    private const string Manifest = "application/vnd.oci.image.manifest.v1+json";
    private const string Index = "application/vnd.oci.image.index.v1+json";
    private const string Project = "application/vnd.docker.compose.project";
    private const string ComposeFile = "application/vnd.docker.compose.file+yaml";
    private const string EnvFile = "application/vnd.docker.compose.envfile";
    private const string OldConfig = "application/vnd.docker.compose.config.empty.v1+json";
    private const string EmptyConfig = "application/vnd.oci.empty.v1+json";
    private const string VersionKey = "com.docker.compose.version";
    private const string FileKey = "com.docker.compose.file";
    private const string EnvFileKey = "com.docker.compose.envfile";
    private const string ExtendsKey = "com.docker.compose.extends";
    private const int MostFiles = 200;

    private static readonly byte[] Empty = "{}"u8.ToArray();

    /// <summary>Writes a project to a registry.</summary>
    /// <param name="client">The registry.</param>
    /// <param name="reference">The artifact's name.</param>
    /// <param name="files">The files; Compose files in merge order.</param>
    /// <param name="time">When it is created.</param>
    /// <param name="token">Cancels it; the tag is set last.</param>
    /// <returns>The digest of the manifest.</returns>
    /// <exception cref="EngineException">RegistryFailed.</exception>
    public static async Task<string> WriteAsync(RegistryClient client, RegistryReference reference, IReadOnlyList<ArtifactFile> files, DateTimeOffset time, CancellationToken token)
    {
        await client.WriteBlobAsync(reference, Empty, token).ConfigureAwait(false);
        foreach (ArtifactFile file in files)
        {
            await client.WriteBlobAsync(reference, file.Content.ToArray(), token).ConfigureAwait(false);
        }

        // Registries that do not know artifacts yet refuse the newer form.
        byte[] manifest = ManifestOf(files, time, isOld: false);
        (HttpStatusCode status, EngineException? fault) = await client.WriteManifestAsync(reference, manifest, Manifest, token).ConfigureAwait(false);
        if (fault is not null && (int)status is >= 400 and < 500 && status is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.ProxyAuthenticationRequired))
        {
            manifest = ManifestOf(files, time, isOld: true);
            (_, fault) = await client.WriteManifestAsync(reference, manifest, Manifest, token).ConfigureAwait(false);
        }

        return fault is null ? RegistryClient.DigestOf(manifest) : throw fault;
    }

    /// <summary>Reads a project from a registry.</summary>
    /// <param name="client">The registry.</param>
    /// <param name="reference">The artifact's name.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>The files and the digest of the manifest.</returns>
    /// <exception cref="EngineException">RegistryFailed: it does not answer, or the artifact is not a project.</exception>
    public static async Task<(IReadOnlyList<ArtifactFile> Files, string Digest)> ReadAsync(RegistryClient client, RegistryReference reference, CancellationToken token)
    {
        (byte[] content, string digest) = await client.ReadManifestAsync(reference, MediaTypes, token).ConfigureAwait(false);
        try
        {
            JsonElement manifest = Parsed(content);
            if (Text(manifest, "mediaType") == Index || manifest.TryGetProperty("manifests", out _))
            {
                string inner = Items(manifest, "manifests").Where(item => Text(item, "artifactType") == Project).Select(item => DigestOf(reference, item)).FirstOrDefault()
                    ?? throw Invalid(reference, "it is an index without a Compose project");
                (content, _) = await client.ReadManifestAsync(reference with { Tag = null, Digest = inner }, [Manifest], token).ConfigureAwait(false);
                manifest = Parsed(content);
            }

            string kind = Text(manifest, "artifactType") is { Length: > 0 } type ? type : manifest.TryGetProperty("config", out JsonElement config) ? Text(config, "mediaType") : "";
            if (kind is not (Project or OldConfig))
            {
                throw Invalid(reference, $"expected a Compose project, found {(kind.Length == 0 ? "another artifact" : kind)}");
            }

            JsonElement[] layers = [.. Items(manifest, "layers").Where(layer => Text(layer, "mediaType") is ComposeFile or EnvFile)];
            if (layers.Length is 0 or > MostFiles)
            {
                throw Invalid(reference, $"expected 1 to {MostFiles} files, found {layers.Length.ToString(CultureInfo.InvariantCulture)}");
            }

            var files = new List<ArtifactFile>();
            foreach (JsonElement layer in layers)
            {
                files.Add(FileOf(reference, layer, await client.ReadBlobAsync(reference, DigestOf(reference, layer), token).ConfigureAwait(false)));
            }

            return (files, digest);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            throw Invalid(reference, "its manifest is not valid");
        }
    }

    // A digest becomes a part of an address.
    private static string DigestOf(RegistryReference reference, JsonElement descriptor) =>
        Text(descriptor, "digest") is { Length: 71 } digest && digest.StartsWith("sha256:", StringComparison.Ordinal) && digest.AsSpan(7).IndexOfAnyExcept("0123456789abcdef") < 0
            ? digest
            : throw Invalid(reference, "a digest in its manifest is not valid");

    private static ArtifactFile FileOf(RegistryReference reference, JsonElement layer, byte[] content)
    {
        JsonElement annotations = layer.TryGetProperty("annotations", out JsonElement given) ? given : default;
        bool isEnvFile = Text(layer, "mediaType") == EnvFile;
        bool isExtended = !isEnvFile && annotations.ValueKind == JsonValueKind.Object && annotations.TryGetProperty(ExtendsKey, out _);
        string name = Text(annotations, isEnvFile ? EnvFileKey : FileKey);
        // The name becomes that of a file.
        if ((isEnvFile || isExtended) && (name.Length is 0 or > 200 || name is "." or ".." or "compose.yaml" || name.AsSpan().IndexOfAny("/\\:\0") >= 0))
        {
            throw Invalid(reference, "a file in it has a name that leads to another folder");
        }

        return new ArtifactFile(name, content, isEnvFile ? ArtifactFileKind.EnvFile : isExtended ? ArtifactFileKind.Extended : ArtifactFileKind.Compose);
    }

    private static byte[] ManifestOf(IReadOnlyList<ArtifactFile> files, DateTimeOffset time, bool isOld)
    {
        var manifest = new JsonObject { ["schemaVersion"] = 2, ["mediaType"] = Manifest };
        if (!isOld)
        {
            manifest["artifactType"] = Project;
        }

        manifest["config"] = Descriptor(isOld ? OldConfig : EmptyConfig, Empty);
        manifest["layers"] = new JsonArray([.. files.Select(Layer)]);
        manifest["annotations"] = new JsonObject { ["org.opencontainers.image.created"] = time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) };
        return Encoding.UTF8.GetBytes(manifest.ToJsonString());
    }

    private static JsonNode Layer(ArtifactFile file)
    {
        JsonObject layer = Descriptor(file.Kind == ArtifactFileKind.EnvFile ? EnvFile : ComposeFile, file.Content.Span);
        var annotations = new JsonObject { [VersionKey] = StackLabels.DialectVersion, [file.Kind == ArtifactFileKind.EnvFile ? EnvFileKey : FileKey] = file.Name };
        if (file.Kind == ArtifactFileKind.Extended)
        {
            annotations[ExtendsKey] = "true";
        }

        layer["annotations"] = annotations;
        return layer;
    }

    private static JsonObject Descriptor(string mediaType, ReadOnlySpan<byte> content) =>
        new() { ["mediaType"] = mediaType, ["digest"] = RegistryClient.DigestOf(content), ["size"] = content.Length };

    private static JsonElement Parsed(byte[] content)
    {
        using JsonDocument document = JsonDocument.Parse(content);
        return document.RootElement.Clone();
    }

    private static string Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement text) && text.ValueKind == JsonValueKind.String ? text.GetString()! : "";

    private static IEnumerable<JsonElement> Items(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : [];

    private static EngineException Invalid(RegistryReference reference, string why) =>
        new(EngineErrorId.RegistryFailed, $"{reference} is not a Compose project in a registry: {why}.", "Use the name of a project that was published with docker compose or with this module");
}
