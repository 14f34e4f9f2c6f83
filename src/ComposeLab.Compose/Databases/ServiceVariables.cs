using ComposeLab.Compose.Model;

namespace ComposeLab.Compose.Databases;

/// <summary>
/// The variables of a service or of its container. <c>NAME_FILE</c> is the path of a file with the value of <c>NAME</c>, as in the official images.
/// </summary>
public sealed class ServiceVariables
{
    private const string FileSuffix = "_FILE";

    private readonly IReadOnlyDictionary<string, string?> _values;
    private readonly Func<string, string?> _read;

    /// <summary>Creates the variables from any source.</summary>
    /// <param name="values">The variables; a null value means set without a value.</param>
    /// <param name="read">Reads a file by its path in the container; null if it cannot.</param>
    public ServiceVariables(IReadOnlyDictionary<string, string?> values, Func<string, string?> read)
    {
        _values = values;
        _read = read;
    }

    /// <summary>The paths in the container at which files or folders of this machine are mounted.</summary>
    public IReadOnlyList<string> MountTargets { get; init; } = [];

    /// <summary>Finds the file of this machine that is mounted at a path of the container; null if there is none.</summary>
    public Func<string, string?> HostFile { get; init; } = _ => null;

    /// <summary>The names that are set; <c>NAME</c> if only <c>NAME_FILE</c> is set.</summary>
    public IEnumerable<string> Names => _values.Keys
        .Select(name => name.EndsWith(FileSuffix, StringComparison.Ordinal) && !_values.ContainsKey(name[..^FileSuffix.Length]) ? name[..^FileSuffix.Length] : name)
        .Distinct(StringComparer.Ordinal);

    /// <summary>Reads the variables from the project.</summary>
    /// <param name="project">The project.</param>
    /// <param name="service">The service.</param>
    /// <param name="readHost">Reads a file of this machine by its absolute path; null if it cannot.</param>
    /// <returns>The variables; files are found among the service's secrets, configs and bind mounts.</returns>
    public static ServiceVariables Of(ComposeProject project, ServiceDefinition service, Func<string, string?> readHost) =>
        new(service.Environment, path => ContentAt(project, service, path, readHost))
        {
            MountTargets = [.. service.Volumes.Select(mount => mount.Target).OfType<string>()],
            HostFile = path => HostPath(project, service, path),
        };

    /// <summary>Reads a variable, or the file with its value.</summary>
    /// <param name="name">The variable.</param>
    /// <returns>The value, without the line break at the end of the file; null if it is not set, empty, or cannot be read from here.</returns>
    public string? Get(string name)
    {
        if (_values.GetValueOrDefault(name) is { Length: > 0 } value)
        {
            return value;
        }

        return FileOf(name) is { } path ? _read(path)?.TrimEnd('\n') : null;
    }

    /// <summary>The path, in the container, of the file with a variable's value.</summary>
    /// <param name="name">The variable.</param>
    /// <returns>The path; null if none is set.</returns>
    public string? FileOf(string name) => _values.GetValueOrDefault(name + FileSuffix) is { Length: > 0 } path ? path : null;

    /// <summary>Reads a file of the container.</summary>
    /// <param name="path">The path in the container.</param>
    /// <returns>The text; null if it cannot be read from here.</returns>
    public string? ReadFile(string path) => _read(path);

    /// <summary>Reads a file that the project mounts into a service.</summary>
    /// <param name="project">The project.</param>
    /// <param name="service">The service.</param>
    /// <param name="path">The path in the container.</param>
    /// <param name="readHost">Reads a file of this machine by its absolute path.</param>
    /// <returns>The text; null if the project mounts none there, or it cannot be read.</returns>
    public static string? ContentAt(ComposeProject project, ServiceDefinition service, string path, Func<string, string?> readHost)
    {
        if (service.Secrets.FirstOrDefault(secret => path == Place(secret, "/run/secrets/"))?.Source is { } secretKey && project.Secrets.TryGetValue(secretKey, out SecretDefinition? secret))
        {
            return secret.Content ?? (secret.File is { } file ? readHost(file) : null);
        }

        if (service.Configs.FirstOrDefault(config => path == Place(config, "/"))?.Source is { } configKey && project.Configs.TryGetValue(configKey, out ConfigDefinition? config))
        {
            return config.Content ?? (config.File is { } file ? readHost(file) : null);
        }

        return HostPath(service, path) is { } host ? readHost(host) : null;
    }

    /// <summary>Finds the file of this machine that a bind mount provides at a path.</summary>
    /// <param name="service">The service.</param>
    /// <param name="path">The path in the container.</param>
    /// <returns>The path on this machine; null if no bind mount provides one.</returns>
    public static string? HostPath(ServiceDefinition service, string path)
    {
        foreach (MountDefinition mount in service.Volumes.Where(mount => mount is { Type: MountType.Bind, Source: not null, Target: not null }))
        {
            string target = mount.Target!.TrimEnd('/');
            if (path == target)
            {
                return mount.Source;
            }

            if (path.StartsWith(target + "/", StringComparison.Ordinal))
            {
                return Path.Combine(mount.Source!, path[(target.Length + 1)..]);
            }
        }

        return null;
    }

    /// <summary>Finds the file of this machine that the project provides at a path: of a secret, a config or a bind mount.</summary>
    /// <param name="project">The project.</param>
    /// <param name="service">The service.</param>
    /// <param name="path">The path in the container.</param>
    /// <returns>The path on this machine; null if there is no such file.</returns>
    public static string? HostPath(ComposeProject project, ServiceDefinition service, string path)
    {
        string? secret = service.Secrets.FirstOrDefault(secret => path == Place(secret, "/run/secrets/"))?.Source;
        string? config = service.Configs.FirstOrDefault(config => path == Place(config, "/"))?.Source;
        return (secret is not null && project.Secrets.TryGetValue(secret, out SecretDefinition? secretFile) ? secretFile.File : null)
            ?? (config is not null && project.Configs.TryGetValue(config, out ConfigDefinition? configFile) ? configFile.File : null)
            ?? HostPath(service, path);
    }

    private static string Place(FileReferenceDefinition reference, string folder)
    {
        string target = reference.Target ?? reference.Source ?? "";
        return target.StartsWith('/') ? target : folder + target;
    }
}
