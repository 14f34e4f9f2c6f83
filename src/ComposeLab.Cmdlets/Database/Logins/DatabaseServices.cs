using ComposeLab.Compose.Model;
using ComposeLab.Errors;

namespace ComposeLab.Database.Logins;

/// <summary>Finds the database of a project, and the service that uses it.</summary>
internal static class DatabaseServices
{
    private static readonly string[] ImageNames = ["postgres", "postgresql", "postgis", "pgvector", "timescaledb", "timescaledb-ha"];

    /// <summary>Finds the database's service.</summary>
    /// <param name="project">The project.</param>
    /// <param name="name">The name the user gave; null to find it by its image and variables.</param>
    /// <returns>The service.</returns>
    /// <exception cref="LabException">ServiceNotFound: there is none, or more than one.</exception>
    public static ServiceDefinition Database(ComposeProject project, string? name)
    {
        if (name is not null)
        {
            return Named(project, name);
        }

        List<ServiceDefinition> found = [.. project.Services.Values.Where(IsDatabase)];
        if (found.Count > 1 && project.Services.Values.Select(service => LoginReading.Client(ServiceVariables.Of(project, service))?.Login.Host)
            .FirstOrDefault(host => found.Any(service => service.Name == host)) is { } used)
        {
            return project.Services[used];
        }

        return found switch
        {
            [var only] => only,
            [] => throw Unknown(project, "a service that runs PostgreSQL, found none"),
            _ => throw Unknown(project, $"one service that runs PostgreSQL, found {string.Join(", ", found.Select(service => service.Name))}"),
        };
    }

    /// <summary>Finds the service that uses the database and can be asked about it.</summary>
    /// <param name="project">The project.</param>
    /// <param name="database">The database's service.</param>
    /// <param name="name">The name the user gave; null to find it by its database URL.</param>
    /// <returns>The service; null where the project has none.</returns>
    /// <exception cref="LabException">ServiceNotFound: there is no service of that name.</exception>
    public static ServiceDefinition? Api(ComposeProject project, ServiceDefinition database, string? name)
    {
        if (name is not null)
        {
            return Named(project, name);
        }

        List<ServiceDefinition> clients =
        [
            .. project.Services.Values.Where(service =>
                service.Name != database.Name && !IsDatabase(service) && LoginReading.Client(ServiceVariables.Of(project, service)) is not null),
        ];
        return clients.Find(service => service.DependsOn.ContainsKey(database.Name) && service.Ports.Count > 0)
            ?? clients.Find(service => service.Ports.Count > 0)
            ?? clients.FirstOrDefault();
    }

    /// <summary>Whether a service runs PostgreSQL, as far as its image and variables tell.</summary>
    /// <param name="service">The service.</param>
    /// <returns>True when it does.</returns>
    public static bool IsDatabase(ServiceDefinition service)
    {
        string image = (service.Image ?? "").ToLowerInvariant();
        string name = image[(image.LastIndexOf('/') + 1)..].Split(':', '@')[0];
        return ImageNames.Contains(name)
            || (service.Environment.Keys.Any(key => key is "POSTGRES_PASSWORD" or "POSTGRES_PASSWORD_FILE" or "POSTGRES_HOST_AUTH_METHOD")
                && !service.Environment.Values.Any(value => value is not null && PostgresUrl.Parse(value) is not null));
    }

    private static ServiceDefinition Named(ComposeProject project, string name) => project.Services.TryGetValue(name, out ServiceDefinition? service)
        ? service
        : throw Unknown(project, $"a service '{name}', found none");

    private static LabException Unknown(ComposeProject project, string expectation)
    {
        string names = string.Join(", ", project.Services.Keys);
        return new LabException(
            LabErrorId.ServiceNotFound, $"Expected {expectation}. The services of {project.Name}: {names}.", "Name the database's service with -Service", names);
    }
}
