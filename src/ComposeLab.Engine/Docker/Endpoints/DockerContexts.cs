using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ComposeLab.Compose.Files;
using ComposeLab.Compose.Normalizing;

namespace ComposeLab.Engine.Docker;

/// <summary>The docker client's contexts on disk: the current one, and the endpoint of each.</summary>
public sealed class DockerContexts
{
    /// <summary>The name of the context that is always there: DOCKER_HOST, or the standard socket of this machine.</summary>
    public const string DefaultName = "default";

    private readonly string? _configDirectory;
    private readonly string? _fromEnvironment;
    private readonly HostPaths _host;

    /// <summary>Prepares to read; nothing is opened yet.</summary>
    /// <param name="environment">The OS environment.</param>
    /// <param name="host">The rules of the host; null for this one.</param>
    public DockerContexts(IReadOnlyDictionary<string, string> environment, HostPaths? host = null)
    {
        ArgumentNullException.ThrowIfNull(environment);
        _host = host ?? HostPaths.Current;
        _fromEnvironment = environment.GetValueOrDefault("DOCKER_CONTEXT");
        _configDirectory = DockerConfigFolder.Find(environment, _host);
    }

    /// <summary>The current context; null for the default one.</summary>
    public string? CurrentName
    {
        get
        {
            string? name = string.IsNullOrEmpty(_fromEnvironment) ? Read("config.json", text: root => Text(root, "currentContext")) : _fromEnvironment;
            return string.IsNullOrEmpty(name) || name == DefaultName ? null : name;
        }
    }

    /// <summary>The names of the contexts on disk, without the default one, sorted. What cannot be read is left out.</summary>
    public IReadOnlyList<string> Names
    {
        get
        {
            string? folder = _configDirectory is null ? null : Path.Combine(_configDirectory, "contexts", "meta");
            if (folder is null || !Directory.Exists(folder))
            {
                return [];
            }

            var names = new List<string>();
            foreach (string context in Directory.EnumerateDirectories(folder))
            {
                try
                {
                    if (Read(Path.Combine("contexts", "meta", Path.GetFileName(context), "meta.json"), root => Text(root, "Name")) is { Length: > 0 } name)
                    {
                        names.Add(name);
                    }
                }
                catch (EngineException)
                {
                    // One broken file must not hide the other contexts; selecting it reports the fault.
                }
            }

            names.Sort(StringComparer.Ordinal);
            return names;
        }
    }

    /// <summary>The endpoint of a context.</summary>
    /// <param name="name">The context's name; not the default one.</param>
    /// <returns>Its docker endpoint.</returns>
    /// <exception cref="EngineException">ContextNotFound; EngineUnreachable: its address is not valid.</exception>
    public EngineEndpoint Find(string name)
    {
        string folder = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(name))).ToLowerInvariant();
        (string? host, bool verify) = Read(
            Path.Combine("contexts", "meta", folder, "meta.json"),
            root => (Text(root, "Endpoints", "docker", "Host"), Flag(root, "Endpoints", "docker", "SkipTLSVerify") != true));
        if (string.IsNullOrEmpty(host))
        {
            throw new EngineException(
                EngineErrorId.ContextNotFound,
                $"The docker context '{name}' does not exist in {_configDirectory ?? "the docker configuration folder, which is unknown"}, or has no docker endpoint.{Known()}",
                "docker context ls");
        }

        Uri address = EngineAddress.Parse(host, $"context {name}", _host);
        EngineTls? tls = EngineTls.In(Path.Combine(_configDirectory!, "contexts", "tls", folder, "docker"), verify);
        bool encrypts = address.Scheme == "https" || (address.Scheme == "tcp" && (tls.HasFiles || !verify));
        return new EngineEndpoint(address, $"context {name}") { Tls = encrypts ? tls : null, Context = name };
    }

    private string Known() => Names is { Count: > 0 } names ? $" Contexts: {DefaultName}, {string.Join(", ", names.Take(20))}." : "";

    private static string? Text(JsonElement root, params string[] path) =>
        At(root, path) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    private static bool? Flag(JsonElement root, params string[] path) => At(root, path)?.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    private static JsonElement? At(JsonElement element, string[] path)
    {
        foreach (string key in path)
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(key, out element))
            {
                return null;
            }
        }

        return element;
    }

    private T? Read<T>(string relativePath, Func<JsonElement, T> text)
    {
        string? file = _configDirectory is null ? null : Path.Combine(_configDirectory, relativePath);
        if (file is null || !File.Exists(file))
        {
            return default;
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(BoundedFile.Read(file, CancellationToken.None));
            return text(document.RootElement);
        }
        catch (JsonException fault)
        {
            throw Unreadable(file, "invalid JSON. " + fault.Message, fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(file, fault.Message, fault);
        }
    }

    private static EngineException Unreadable(string file, string why, Exception fault) => new(
        EngineErrorId.EngineUnreachable, $"Cannot read the docker configuration file {file}: {why}", "Fix or move the file, or set DOCKER_HOST.", fault);
}
