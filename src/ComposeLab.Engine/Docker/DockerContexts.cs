using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ComposeLab.Compose.Files;

namespace ComposeLab.Engine.Docker;

/// <summary>The docker client's contexts on disk: the current one, and the address of each.</summary>
internal sealed class DockerContexts
{
    private readonly string? _configDirectory;
    private readonly string? _fromEnvironment;

    /// <summary>Prepares to read; nothing is opened yet.</summary>
    /// <param name="environment">The OS environment.</param>
    public DockerContexts(IReadOnlyDictionary<string, string> environment)
    {
        _fromEnvironment = environment.GetValueOrDefault("DOCKER_CONTEXT");
        _configDirectory = DockerConfigFolder.Find(environment);
    }

    /// <summary>The current context; null for the default one.</summary>
    public string? CurrentName
    {
        get
        {
            string? name = string.IsNullOrEmpty(_fromEnvironment) ? ReadText("config.json", "currentContext") : _fromEnvironment;
            return string.IsNullOrEmpty(name) || name == "default" ? null : name;
        }
    }

    /// <summary>The address of a context.</summary>
    /// <param name="name">The context's name.</param>
    /// <returns>The host text of its docker endpoint.</returns>
    public string HostOf(string name)
    {
        string folder = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(name))).ToLowerInvariant();
        string? host = ReadText(Path.Combine("contexts", "meta", folder, "meta.json"), "Endpoints", "docker", "Host");
        return string.IsNullOrEmpty(host)
            ? throw new EngineException(
                EngineErrorId.EngineUnreachable,
                $"The current docker context '{name}' does not exist in {_configDirectory}, or has no docker endpoint.",
                "Select another context, for example: docker context use default")
            : host;
    }

    private string? ReadText(string relativePath, params string[] path)
    {
        string? file = _configDirectory is null ? null : Path.Combine(_configDirectory, relativePath);
        if (file is null || !File.Exists(file))
        {
            return null;
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(BoundedFile.Read(file, CancellationToken.None));
            JsonElement element = document.RootElement;
            foreach (string key in path)
            {
                if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(key, out element))
                {
                    return null;
                }
            }

            return element.ValueKind == JsonValueKind.String ? element.GetString() : null;
        }
        catch (Exception fault) when (fault is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new EngineException(
                EngineErrorId.EngineUnreachable,
                $"Cannot read the docker configuration file {file}: invalid JSON. {fault.Message}",
                "Fix or move the file, or set DOCKER_HOST.",
                fault);
        }
    }
}
