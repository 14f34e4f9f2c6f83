using ComposeLab.Compose.Model;
using ComposeLab.Engine.Docker;
using ComposeLab.Files;

namespace ComposeLab.Database.Logins;

/// <summary>A service's variables, where <c>NAME_FILE</c> stands for a file that holds the value of <c>NAME</c>.</summary>
internal sealed class ServiceVariables
{
    private readonly IReadOnlyDictionary<string, string?> _values;
    private readonly Func<string, string?> _readFile;

    private ServiceVariables(IReadOnlyDictionary<string, string?> values, Func<string, string?> readFile)
    {
        _values = values;
        _readFile = readFile;
    }

    /// <summary>The names that are set.</summary>
    public IEnumerable<string> Names => _values.Keys;

    /// <summary>Reads what the project says; files are looked up among the service's secrets.</summary>
    /// <param name="project">The project.</param>
    /// <param name="service">The service.</param>
    /// <returns>The variables.</returns>
    public static ServiceVariables Of(ComposeProject project, ServiceDefinition service) =>
        new(service.Environment, path => SecretAt(project, service, path));

    /// <summary>Reads what a container was made with; files are looked up among its mounts, then among the service's secrets.</summary>
    /// <param name="container">The container.</param>
    /// <param name="project">The project.</param>
    /// <param name="service">The container's service.</param>
    /// <returns>The variables.</returns>
    public static ServiceVariables Of(ContainerDetails container, ComposeProject project, ServiceDefinition service)
    {
        var values = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (string pair in container.Environment)
        {
            int sign = pair.IndexOf('=', StringComparison.Ordinal);
            values[sign < 0 ? pair : pair[..sign]] = sign < 0 ? null : pair[(sign + 1)..];
        }

        return new ServiceVariables(values, path => MountedAt(container, path) ?? SecretAt(project, service, path));
    }

    /// <summary>Reads a variable or the file that stands for it.</summary>
    /// <param name="name">The variable.</param>
    /// <returns>The value; null where it is not set, empty, or cannot be read from here.</returns>
    public string? Get(string name)
    {
        if (_values.GetValueOrDefault(name) is { Length: > 0 } value)
        {
            return value;
        }

        return _values.GetValueOrDefault(name + "_FILE") is { Length: > 0 } path ? _readFile(path)?.TrimEnd('\r', '\n') : null;
    }

    private static string? MountedAt(ContainerDetails container, string path) =>
        container.Mounts.FirstOrDefault(mount => mount.Target == path) is { Source.Length: > 0 } mount ? TextFile.Find(mount.Source) : null;

    private static string? SecretAt(ComposeProject project, ServiceDefinition service, string path)
    {
        FileReferenceDefinition? use = service.Secrets.FirstOrDefault(secret => path == Place(secret));
        return use?.Source is { } key && project.Secrets.TryGetValue(key, out SecretDefinition? secret)
            ? secret.Content ?? (secret.File is { } file ? TextFile.Find(file) : null)
            : null;
    }

    private static string Place(FileReferenceDefinition secret)
    {
        string target = secret.Target ?? secret.Source ?? "";
        return target.StartsWith('/') ? target : "/run/secrets/" + target;
    }
}
