using System.Text;
using System.Text.Json;
using ComposeLab.Compose.Files;
using ComposeLab.Engine.Docker;

namespace ComposeLab.Engine.Images.Credentials;

/// <summary>The credentials in the docker client's configuration file: in the file itself, or stored by helper programs.</summary>
internal sealed class DockerConfigFile
{
    private readonly JsonElement _root;
    private readonly string _file;
    private readonly IReadOnlyDictionary<string, string> _environment;

    private DockerConfigFile(string file, JsonElement root, IReadOnlyDictionary<string, string> environment)
    {
        _file = file;
        _root = root;
        _environment = environment;
    }

    /// <summary>Reads the file.</summary>
    /// <param name="environment">The OS environment; DOCKER_CONFIG and HOME determine the path of the file.</param>
    /// <returns>The file; one without credentials if it does not exist.</returns>
    /// <exception cref="EngineException">ImagePullFailed: the file exists and is not valid JSON.</exception>
    public static DockerConfigFile Read(IReadOnlyDictionary<string, string> environment)
    {
        string file = DockerConfigFolder.Find(environment) is { } folder ? Path.Combine(folder, "config.json") : "";
        if (!File.Exists(file))
        {
            return new DockerConfigFile(file, default, environment);
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(BoundedFile.Read(file, CancellationToken.None));
            return new DockerConfigFile(file, document.RootElement.Clone(), environment);
        }
        catch (Exception fault) when (fault is JsonException or IOException or UnauthorizedAccessException)
        {
            throw Unreadable(file, fault.Message, fault);
        }
    }

    /// <summary>Finds the credential of a registry: from the registry's own helper, the general helper, or the file itself.</summary>
    /// <param name="registry">Host and port, or docker's own registry.</param>
    /// <param name="token">Cancels the helper.</param>
    /// <returns>The credential; null if there is none.</returns>
    /// <exception cref="EngineException">ImagePullFailed: a helper is named that cannot be run, or the entry cannot be read.</exception>
    public async Task<RegistryCredential?> FindAsync(string registry, CancellationToken token)
    {
        string? helper = Entry("credHelpers", registry) is { ValueKind: JsonValueKind.String } own ? own.GetString() : Text(_root, "credsStore");
        if (!string.IsNullOrEmpty(helper) && await CredentialHelper.GetAsync(helper, registry, _environment, token).ConfigureAwait(false) is { } kept)
        {
            return kept;
        }

        return Entry("auths", registry) is { ValueKind: JsonValueKind.Object } entry ? Written(registry, entry) : null;
    }

    private static EngineException Unreadable(string file, string why, Exception? fault) => new(
        EngineErrorId.ImagePullFailed,
        $"Cannot read the credentials in {file}: {why}",
        "Fix or move the file, then log in again: docker login",
        fault);

    private RegistryCredential? Written(string registry, JsonElement entry)
    {
        if (Text(entry, "identitytoken") is { Length: > 0 } identity)
        {
            return new RegistryCredential { Server = registry, IdentityToken = identity };
        }

        string? user = Text(entry, "username");
        string? password = Text(entry, "password");
        if (Text(entry, "auth") is { Length: > 0 } packed)
        {
            try
            {
                string[] pair = Encoding.UTF8.GetString(Convert.FromBase64String(packed)).TrimEnd('\0').Split(':', 2);
                (user, password) = (pair[0], pair.Length == 2 ? pair[1] : "");
            }
            catch (FormatException fault)
            {
                throw Unreadable(_file, $"the entry of {registry} is not valid base64", fault);
            }
        }

        return string.IsNullOrEmpty(user) ? null : new RegistryCredential { Server = registry, UserName = user, Password = password };
    }

    private JsonElement? Entry(string section, string registry)
    {
        if (_root.ValueKind != JsonValueKind.Object || !_root.TryGetProperty(section, out JsonElement entries) || entries.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        if (entries.TryGetProperty(registry, out JsonElement exact))
        {
            return exact;
        }

        string host = ImageRegistry.Host(registry);
        foreach (JsonProperty entry in entries.EnumerateObject())
        {
            if (ImageRegistry.Host(entry.Name) == host)
            {
                return entry.Value;
            }
        }

        return null;
    }

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
