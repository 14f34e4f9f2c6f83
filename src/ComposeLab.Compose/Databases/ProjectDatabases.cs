using ComposeLab.Compose.Model;
using ComposeLab.Compose.Rules.Images;

namespace ComposeLab.Compose.Databases;

/// <summary>The PostgreSQL services of a project and the logins of their clients, as far as the files contain them.</summary>
public sealed class ProjectDatabases
{
    private static readonly string[] ServerWords = ["postgres", "postgis", "pgvector", "timescale"];

    // Images with PostgreSQL in their name that are something else.
    private static readonly string[] OtherWords =
        ["exporter", "backup", "bouncer", "pgpool", "pgadmin", "postgrest", "postgraphile", "operator", "pghero", "proxy", "client", "migrat", "metrics", "pgcat", "odyssey", "meta", "dump"];

    private static readonly string[] PoolerWords = ["bouncer", "pgpool", "pgcat", "odyssey", "supavisor", "haproxy"];

    private static readonly string[] DataFolders =
        ["/var/lib/postgresql", "/var/lib/postgresql/data", "/bitnami/postgresql", "/bitnami/postgresql/data", "/var/lib/pgsql", "/var/lib/pgsql/data", "/home/postgres/pgdata", "/home/postgres/pgdata/data"];

    private static readonly string[] PasswordVariables =
        ["POSTGRES_PASSWORD", "POSTGRES_PASSWORD_FILE", "POSTGRES_HOST_AUTH_METHOD", "POSTGRESQL_PASSWORD", "POSTGRESQL_PASSWORD_FILE", "POSTGRESQL_POSTGRES_PASSWORD"];

    private readonly ComposeProject _project;
    private readonly Func<string, string?> _readHost;

    private ProjectDatabases(ComposeProject project, Func<string, string?> readHost)
    {
        _project = project;
        _readHost = readHost;
        Servers = FindServers();
    }

    /// <summary>The services that run a PostgreSQL server, in the order of their names.</summary>
    public IReadOnlyList<ServiceDefinition> Servers { get; }

    /// <summary>Reads a project.</summary>
    /// <param name="project">The project, interpolated.</param>
    /// <param name="readHost">Reads a file of this machine by its absolute path; null if it cannot.</param>
    /// <returns>The result.</returns>
    public static ProjectDatabases Of(ComposeProject project, Func<string, string?> readHost) => new(project, readHost);

    /// <summary>The logins of a service as the files declare them.</summary>
    /// <param name="service">The service.</param>
    /// <returns>The logins; none for a server itself.</returns>
    public ClientReading ClientsOf(ServiceDefinition service) => ClientsOf(service, ServiceVariables.Of(_project, service, _readHost));

    /// <summary>The logins of a service in variables other than the declared ones, such as those of its container.</summary>
    /// <param name="service">The service.</param>
    /// <param name="variables">The variables.</param>
    /// <returns>The logins; none for a server itself.</returns>
    public ClientReading ClientsOf(ServiceDefinition service, ServiceVariables variables) =>
        Servers.Contains(service) ? new ClientReading([], []) : Read(service, variables, Names(Servers));

    /// <summary>Resolves a host name from the view of another service.</summary>
    /// <param name="client">The service that uses the name.</param>
    /// <param name="host">The name.</param>
    /// <returns>The service; null if the project has none of that name.</returns>
    public ServiceDefinition? Named(ServiceDefinition client, string host)
    {
        foreach (string link in client.Links)
        {
            string[] words = link.Split(':');
            if (words[^1].Equals(host, StringComparison.OrdinalIgnoreCase) && _project.Services.TryGetValue(words[0], out ServiceDefinition? linked))
            {
                return linked;
            }
        }

        return _project.Services.Values.FirstOrDefault(service => NamesOf(service).Contains(host, StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>Whether a service forwards connections to a server instead of being one.</summary>
    /// <param name="service">The service.</param>
    /// <returns>True for known poolers and proxies.</returns>
    public static bool IsPooler(ServiceDefinition service) => PoolerWords.Any(word => (service.Image ?? "").Contains(word, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether two services share a network, according to the files.</summary>
    /// <param name="one">A service.</param>
    /// <param name="other">Another one.</param>
    /// <returns>True if they can connect; also if one of them does not use its own network stack.</returns>
    public static bool ShareNetwork(ServiceDefinition one, ServiceDefinition other) =>
        !IsApart(one) && !IsApart(other) && (one.NetworkMode is { Length: > 0 } || other.NetworkMode is { Length: > 0 } || one.Networks.Keys.Any(other.Networks.ContainsKey));

    // The engine's own bridge has no names, and none has no network.
    private static bool IsApart(ServiceDefinition service) => service.NetworkMode is "bridge" or "none";

    /// <summary>The host names of a service on its networks.</summary>
    /// <param name="service">The service.</param>
    /// <returns>The names.</returns>
    public IEnumerable<string> NamesOf(ServiceDefinition service)
    {
        yield return service.Name;
        yield return service.ContainerName ?? $"{_project.Name}-{service.Name}-1";
        if (service.Hostname is { } hostname)
        {
            yield return hostname;
        }

        foreach (string alias in service.Networks.Values.SelectMany(network => network.Aliases))
        {
            yield return alias;
        }
    }

    private static ClientReading Read(ServiceDefinition service, ServiceVariables variables, HashSet<string> servers) =>
        new ClientConventions(service.Name, variables, servers).Read();

    private HashSet<string> Names(IEnumerable<ServiceDefinition> services) => new(services.SelectMany(NamesOf), StringComparer.OrdinalIgnoreCase);

    private ServiceDefinition[] FindServers()
    {
        ServiceDefinition[] candidates = [.. _project.Services.Values.Where(service => !IsPooler(service) && !IsOtherDatabase(service))];
        HashSet<string> names = Names(candidates.Where(service => IsServerImage(service) || HasData(service)));
        HashSet<string> asked = new(
            _project.Services.Values.SelectMany(client => Read(client, ServiceVariables.Of(_project, client, _readHost), names).Logins).SelectMany(login => login.Servers).Select(server => server.Host),
            StringComparer.OrdinalIgnoreCase);
        ServiceDefinition[] found = [.. candidates.Where(service => IsServer(service, names, asked))];
        if (found.Length > 0)
        {
            return found;
        }

        // If no image and no mount indicates PostgreSQL, the service named in a connection string is the server.
        foreach (ServiceDefinition client in _project.Services.Values)
        {
            foreach (ClientLogin login in Read(client, ServiceVariables.Of(_project, client, _readHost), names).Logins.Where(login => login.Text is not null))
            {
                if (Named(client, login.Server.Host) is { } named && named != client && candidates.Contains(named) && Read(named, ServiceVariables.Of(_project, named, _readHost), names).Logins.Count == 0)
                {
                    return [named];
                }
            }
        }

        return [];
    }

    private bool IsServer(ServiceDefinition service, HashSet<string> names, HashSet<string> asked)
    {
        if (IsServerImage(service) && HasData(service))
        {
            return true;
        }

        bool usesAnother = Read(service, ServiceVariables.Of(_project, service, _readHost), names).Logins
            .Any(login => !login.Server.IsLoopback && !login.Server.IsSocket && !NamesOf(service).Contains(login.Server.Host, StringComparer.OrdinalIgnoreCase));
        if (usesAnother)
        {
            return false;
        }

        // A name alone would also match a container that runs a custom script with the programs of the image.
        return (IsServerImage(service) && !RunsOther(service))
            || HasData(service)
            || (!NamesHost(service) && (IsProbedAsServer(service) || service.Environment.Keys.Any(PasswordVariables.Contains))
                && (Offers(service) || NamesOf(service).Any(asked.Contains) || (IsProbedAsServer(service) && service.Build is not null)));
    }

    private static bool NamesHost(ServiceDefinition service) => service.Environment.Keys.Any(key =>
        key is "POSTGRES_HOST" or "POSTGRES_SERVER" or "PGHOST" or "DB_HOST" or "DATABASE_HOST" or "DATABASE_URL" or "POSTGRESQL_HOST" or "DB_HOSTNAME" or "DB_SERVER_HOST");

    private static bool RunsOther(ServiceDefinition service)
    {
        IReadOnlyList<string> words = service.Entrypoint is { Count: > 0 } entrypoint ? [.. entrypoint, .. service.Command ?? []] : [.. (service.Command ?? []).Take(1)];
        return words.Count > 0 && words[0].FirstOrDefault() != '-'
            && !words.Any(word => word.Contains("postgres", StringComparison.Ordinal) || word.Contains("docker-entrypoint", StringComparison.Ordinal) || word.Contains("/run.sh", StringComparison.Ordinal));
    }

    private static bool IsServerImage(ServiceDefinition service)
    {
        string image = (service.Image ?? "").ToLowerInvariant();
        int digest = image.IndexOf('@', StringComparison.Ordinal);
        string path = digest < 0 ? image : image[..digest];
        string name = path[(path.LastIndexOf('/') + 1)..].Split(':')[0];
        return DatabaseImage.Of(ImageReference.Parse(service.Image))?.Product is "PostgreSQL" or "PostGIS" or "TimescaleDB"
            || (ServerWords.Any(word => name.Contains(word, StringComparison.Ordinal)) && !OtherWords.Any(word => name.Contains(word, StringComparison.Ordinal)));
    }

    private static bool IsOtherDatabase(ServiceDefinition service) =>
        DatabaseImage.Of(ImageReference.Parse(service.Image)) is { } database && database.Product is not ("PostgreSQL" or "PostGIS" or "TimescaleDB");

    private static bool HasData(ServiceDefinition service) => service.Volumes.Any(mount =>
        mount.Target is { } target && (DataFolders.Contains(target.TrimEnd('/')) || (service.Environment.GetValueOrDefault("PGDATA") is { } data && (data + "/").StartsWith(target.TrimEnd('/') + "/", StringComparison.Ordinal))));

    private static bool IsProbedAsServer(ServiceDefinition service) => service.Healthcheck?.Test is { } test && test.Any(word => word.Contains("pg_isready", StringComparison.Ordinal));

    private static bool Offers(ServiceDefinition service) =>
        service.Ports.Any(port => port.Target == ServerAddress.DefaultPort) || service.Expose.Any(port => port.StartsWith("5432", StringComparison.Ordinal));
}
