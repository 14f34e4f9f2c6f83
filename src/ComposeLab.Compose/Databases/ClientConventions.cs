using System.Text.RegularExpressions;

namespace ComposeLab.Compose.Databases;

/// <summary>
/// Reads the logins of a service from its variables by common conventions: connection strings, regardless of the variable's name, and families of
/// variables with one part each, such as <c>DB_HOST</c>, <c>KC_DB_USERNAME</c> or libpq's <c>PGPASSWORD</c>.
/// </summary>
/// <param name="service">The service's name.</param>
/// <param name="variables">Its variables.</param>
/// <param name="servers">The host names of the project's PostgreSQL services.</param>
internal sealed partial class ClientConventions(string service, ServiceVariables variables, IReadOnlySet<string> servers)
{
    private static readonly string[] FamilyWords =
        ["DB", "DATABASE", "POSTGRES", "POSTGRESQL", "PG", "PGSQL", "PSQL", "POSTGRESDB", "DATASOURCE", "JDBC", "SQL", "PGDB", "TIMESCALE", "TIMESCALEDB", "PGBOUNCER", "R2DBC", "DATASOURCES"];

    // Longer endings first: DB_SERVER_HOST is the host of DB, not of DB_SERVER.
    private static readonly (string Ending, LoginPart Part)[] Endings =
    [
        ("DATABASE_NAME", LoginPart.Database), ("URL_DATABASE", LoginPart.Database), ("SERVER_HOST", LoginPart.Host), ("SERVER_PORT", LoginPart.Port),
        ("SERVER_USER", LoginPart.User), ("SERVER_DBNAME", LoginPart.Database), ("PORT_NUMBER", LoginPart.Port), ("USER_NAME", LoginPart.User), ("HOST_NAME", LoginPart.Host),
        ("URL_HOST", LoginPart.Host), ("URL_PORT", LoginPart.Port), ("HOSTNAME", LoginPart.Host), ("HOSTADDR", LoginPart.Host), ("USERNAME", LoginPart.User),
        ("PASSWORD", LoginPart.Password), ("SSL_MODE", LoginPart.Tls), ("SSLMODE", LoginPart.Tls), ("DATABASE", LoginPart.Database), ("DB_NAME", LoginPart.Database),
        ("DBNAME", LoginPart.Database), ("ADDRESS", LoginPart.Host), ("PASSWD", LoginPart.Password), ("SERVER", LoginPart.Host), ("LOGIN", LoginPart.User),
        ("HOST", LoginPart.Host), ("ADDR", LoginPart.Host), ("PORT", LoginPart.Port), ("USER", LoginPart.User), ("PASS", LoginPart.Password), ("NAME", LoginPart.Database),
        ("PWD", LoginPart.Password), ("SEEDS", LoginPart.Host), ("SSL", LoginPart.Tls), ("PW", LoginPart.Password), ("DB", LoginPart.Database),
    ];

    private static readonly string[] UrlEndings = ["JDBC_URL", "SQL_ALCHEMY_CONN", "CONNECTION_STRING", "URL", "URI", "DSN", "CONN"];

    private static readonly string[] KindEndings = ["TYPE", "ENGINE", "DRIVER", "CLIENT", "DIALECT", "VENDOR", "ADAPTER", "CONNECTION", "BACKEND", "PROVIDER", "KIND"];

    private static readonly string[] OtherKinds = ["mysql", "maria", "sqlite", "sqlserver", "mssql", "oracle", "mongo", "h2", "redis", "derby", "hsql", "clickhouse", "better-sqlite3"];

    private static readonly int[] OtherPorts = [3306, 33060, 27017, 6379, 1433, 1521, 11211, 9042, 9200, 5984, 26257];

    // Meant for a test run or a migration tool, not for the running service.
    private static readonly string[] UnusedWords = ["TEST", "TESTING", "SHADOW", "EXAMPLE"];

    private readonly Dictionary<string, Dictionary<LoginPart, string>> _families = new(StringComparer.Ordinal);
    private readonly HashSet<string> _otherDatabases = new(StringComparer.Ordinal);
    private readonly HashSet<string> _namedFamilies = new(StringComparer.Ordinal);
    private readonly List<(string Name, string Family, ConnectionText Text)> _texts = [];

    /// <summary>Reads them.</summary>
    /// <returns>The logins, those of connection strings first, and the remaining variables.</returns>
    public ClientReading Read()
    {
        // TYPEORM_HOST: the prefix says nothing, but the value is a database of the project.
        foreach (string name in variables.Names.Where(name => variables.Get(name) is { } host && servers.Contains(host.Split(':')[0])))
        {
            string words = Words(name);
            _namedFamilies.UnionWith(Endings.Where(entry => entry.Part == LoginPart.Host).Select(entry => Before(words, entry.Ending)).OfType<string>());
        }

        foreach (string name in variables.Names.Order(StringComparer.Ordinal))
        {
            Sort(name);
        }

        List<ClientLogin> logins = [];
        foreach ((string name, string family, ConnectionText text) in _texts.OrderBy(found => found.Name == "DATABASE_URL" ? 0 : 1))
        {
            Add(logins, OfText(name, family, text));
        }

        // The settings of a service file override libpq's variables.
        ClientLogin? service = OfServiceFile();
        foreach ((string family, Dictionary<LoginPart, string> parts) in _families.Where(pair => !_otherDatabases.Contains(pair.Key) && (service is null || pair.Key != "PG")))
        {
            Add(logins, OfParts(family, parts));
        }

        Add(logins, service);
        string[] fragments = logins.Count > 0
            ? []
            : [.. _families.Where(pair => !_otherDatabases.Contains(pair.Key)).SelectMany(pair => pair.Value.Values).Order(StringComparer.Ordinal)];
        return new ClientReading(logins, fragments);
    }

    private static void Add(List<ClientLogin> logins, ClientLogin? login)
    {
        if (login is not null && !logins.Any(login.IsSameAs))
        {
            logins.Add(login);
        }
    }

    private void Sort(string name)
    {
        string words = Words(name);
        if (words.Split('_').Any(word => UnusedWords.Contains(word)))
        {
            return;
        }

        if (variables.Get(name) is { } value && ConnectionText.Parse(Expanded(value)) is { } text
            && (text.IsCertain || text.Servers.Any(server => servers.Contains(server.Host))))
        {
            _texts.Add((name, Family(words, UrlEndings) ?? UrlEndings.Select(ending => Before(words, ending)).FirstOrDefault(family => family is not null) ?? words, text));
            return;
        }

        if (Family(words, KindEndings) is { } kindFamily && variables.Get(name) is { } kind && OtherKinds.Any(other => kind.Contains(other, StringComparison.OrdinalIgnoreCase)))
        {
            _otherDatabases.Add(kindFamily);
        }
        else if (IsFamily(words) && variables.Get(name) is { } own && OtherKinds.Any(other => own.StartsWith(other, StringComparison.OrdinalIgnoreCase)))
        {
            // KC_DB: mysql tells the type of KC_DB_URL.
            _otherDatabases.Add(words);
        }

        if (Part(name, words) is { } found)
        {
            if (!_families.TryGetValue(found.Family, out Dictionary<LoginPart, string>? parts))
            {
                _families[found.Family] = parts = [];
            }

            // libpq connects to PGHOSTADDR, whatever PGHOST is.
            if (!parts.TryAdd(found.Part, name) && name == "PGHOSTADDR")
            {
                parts[found.Part] = name;
            }
        }
    }

    private (string Family, LoginPart Part)? Part(string name, string words)
    {
        foreach ((string ending, LoginPart part) in Endings)
        {
            if (Before(words, ending) is { } family && (IsFamily(family) || _namedFamilies.Contains(family)))
            {
                return (family, part);
            }
        }

        // Odoo's HOST, USER and PASSWORD, and Redmine's DB_POSTGRES: only where the value is a database of the project.
        if (name == "HOST" && variables.Get("HOST") is { } host && servers.Contains(host))
        {
            return ("", LoginPart.Host);
        }

        if (variables.Get("HOST") is { } own && servers.Contains(own) && Endings.FirstOrDefault(entry => entry.Ending == name) is { Ending: not null } bare)
        {
            return ("", bare.Part);
        }

        return Before(words, "POSTGRES") is { } before && IsFamily(before) && variables.Get(name) is { } value && servers.Contains(value) ? (before, LoginPart.Host) : null;
    }

    private ClientLogin? OfText(string name, string family, ConnectionText text)
    {
        Dictionary<LoginPart, string> parts = _families.GetValueOrDefault(family) ?? Neighbors(family);
        Dictionary<LoginPart, string> sources = new() { [LoginPart.Host] = name, [LoginPart.Port] = name };
        IReadOnlyList<ServerAddress> addresses = text.Servers;
        if (addresses.Count == 0 && Value(parts, LoginPart.Host) is { } host)
        {
            addresses = [ConnectionText.Server(host, Value(parts, LoginPart.Port) ?? "")];
            sources[LoginPart.Host] = parts[LoginPart.Host];
        }

        if (addresses.Count == 0)
        {
            return null;
        }

        string? user = Take(text.User, LoginPart.User);
        string? password = Take(text.Password, LoginPart.Password);
        string? database = Take(text.Database, LoginPart.Database);
        (string? filed, string? ignored) = password is null ? Passfile(addresses[0], database ?? user, user) : default;
        string? roots = text.Options.GetValueOrDefault("sslrootcert") ?? variables.Get("PGSSLROOTCERT");
        sources[LoginPart.Tls] = text.TlsMode is not null ? name : "PGSSLMODE";
        return new ClientLogin
        {
            Service = service,
            Variable = name,
            Servers = addresses,
            User = user,
            Password = password ?? filed,
            Database = database,
            IgnoredPassfile = ignored,
            RootCertificatePath = roots,
            RootCertificates = Roots(roots),
            TlsMode = text.TlsMode ?? variables.Get("PGSSLMODE"),
            SessionOptions = text.Options.GetValueOrDefault("options") ?? variables.Get("PGOPTIONS"),
            TargetSession = text.Options.GetValueOrDefault("targetsessionattrs") ?? text.Options.GetValueOrDefault("targetservertype"),
            Text = text,
            Variables = sources,
        };

        string? Take(string? own, LoginPart part)
        {
            if (own is not null)
            {
                sources[part] = name;
                return own;
            }

            string? variable = parts.GetValueOrDefault(part) ?? Borrow(part);
            if (variable is null || variables.Get(variable) is not { } value)
            {
                return null;
            }

            sources[part] = variable;
            return value;
        }
    }

    private ClientLogin? OfParts(string family, Dictionary<LoginPart, string> parts)
    {
        if (Value(parts, LoginPart.Host) is not { } host)
        {
            return null;
        }

        Dictionary<LoginPart, string> sources = new(parts);
        foreach (LoginPart part in new[] { LoginPart.User, LoginPart.Password, LoginPart.Database })
        {
            if (!sources.ContainsKey(part) && Borrow(part) is { } borrowed)
            {
                sources[part] = borrowed;
            }
        }

        if (host.Contains("://", StringComparison.Ordinal) || (!sources.ContainsKey(LoginPart.User) && !sources.ContainsKey(LoginPart.Password) && !sources.ContainsKey(LoginPart.Database)))
        {
            return null;
        }

        string[] ports = (Value(parts, LoginPart.Port) ?? "").Split(',');
        // libpq takes PGHOST as a name, even if it contains a port.
        ServerAddress[] addresses = [.. host.Split(',').Select((name, index) => parts[LoginPart.Host] is "PGHOST" or "PGHOSTADDR"
            ? new ServerAddress(name.Trim(), ConnectionText.Port(ports[Math.Min(index, ports.Length - 1)]) ?? ServerAddress.DefaultPort)
            : ConnectionText.Server(name, ports[Math.Min(index, ports.Length - 1)]))];
        bool isPostgres = family is "" || family.Split('_').Any(word => word is "POSTGRES" or "POSTGRESQL" or "PG" or "PGSQL" or "PSQL" or "POSTGRESDB")
            || addresses.Any(address => servers.Contains(address.Host)) || Value(parts, LoginPart.Port) == "5432" || servers.Count > 0;
        if (!isPostgres || addresses.Any(address => OtherPorts.Contains(address.Port)))
        {
            return null;
        }

        string? user = Value(sources, LoginPart.User);
        string? database = Value(sources, LoginPart.Database);
        string? tls = Value(sources, LoginPart.Tls);
        string? password = Value(sources, LoginPart.Password);
        (string? filed, string? ignored) = password is null ? Passfile(addresses[0], database ?? user, user) : default;
        string? roots = family == "PG" ? variables.Get("PGSSLROOTCERT") : null;
        return new ClientLogin
        {
            Service = service,
            Variable = parts[LoginPart.Host],
            Servers = addresses,
            User = user,
            Password = password ?? filed,
            Database = database,
            IgnoredPassfile = ignored,
            RootCertificatePath = roots,
            RootCertificates = Roots(roots),
            TlsMode = tls is null ? null : tls.ToLowerInvariant() is "true" or "1" or "on" or "yes" ? "require" : tls.ToLowerInvariant() is "false" or "0" or "off" or "no" ? "disable" : tls.ToLowerInvariant(),
            SessionOptions = family == "PG" ? variables.Get("PGOPTIONS") : null,
            TargetSession = family == "PG" ? variables.Get("PGTARGETSESSIONATTRS") : null,
            Variables = sources,
        };
    }

    // PGSERVICE is the name of a section in a file with the other settings.
    private ClientLogin? OfServiceFile()
    {
        if (variables.Get("PGSERVICE") is not { } section)
        {
            return null;
        }

        string[] places = [variables.Get("PGSERVICEFILE") ?? "", .. InHome(".pg_service.conf"), "/etc/pg_service.conf", "/etc/postgresql-common/pg_service.conf", $"{variables.Get("PGSYSCONFDIR")}/pg_service.conf"];
        if (places.Where(place => place.StartsWith('/')).Select(variables.ReadFile).FirstOrDefault(text => text is not null) is not { } file)
        {
            return null;
        }

        IEnumerable<string> lines = file.Split('\n').Select(line => line.Trim()).SkipWhile(line => line != $"[{section}]").Skip(1).TakeWhile(line => !line.StartsWith('['));
        return ConnectionText.Parse(string.Join(' ', lines.Where(line => line.Length > 0 && line[0] != '#'))) is { } found ? OfText("PGSERVICE", "PG", found) : null;
    }

    // The password, or the file that has it and is ignored: client libraries do not read a password file that others can read.
    private (string? Password, string? Ignored) Passfile(ServerAddress server, string? database, string? user)
    {
        string[] places = [variables.Get("PGPASSFILE") ?? "", .. InHome(".pgpass"), "/var/lib/postgresql/.pgpass"];
        (string Place, string? Text) file = places.Where(place => place.StartsWith('/')).Select(place => (place, variables.ReadFile(place))).FirstOrDefault(found => found.Item2 is not null);
        foreach (string line in file.Text?.Split('\n') ?? [])
        {
            string[] cells = [.. Colons().Split(line.TrimEnd('\r')).Select(cell => cell.Replace(@"\:", ":", StringComparison.Ordinal))];
            if (cells.Length == 5 && Fits(cells[0], server.Host) && Fits(cells[1], $"{server.Port}") && Fits(cells[2], database) && Fits(cells[3], user))
            {
                return variables.HostFile(file.Place) is { } host && IsOpenToOthers(host) ? (null, host) : (cells[4], null);
            }
        }

        return default;
    }

    private static bool IsOpenToOthers(string file)
    {
        const UnixFileMode others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
        try
        {
            // On Windows, the mode in the container is not that of the file.
            return !OperatingSystem.IsWindows() && (File.GetUnixFileMode(file) & others) != 0;
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    // The home folder of the client's user is not known; a file that is mounted into one is.
    private IEnumerable<string> InHome(string name) =>
        [.. variables.Get("HOME") is { } home ? [$"{home}/{name}"] : Array.Empty<string>(), $"/root/{name}", .. variables.MountTargets.Where(target => target.EndsWith($"/{name}", StringComparison.Ordinal))];

    private string? Roots(string? path) => (path is null ? InHome(".postgresql/root.crt") : [path]).Where(place => place.StartsWith('/')).Select(variables.ReadFile).FirstOrDefault(text => text is not null);

    // FLYWAY_USER belongs to FLYWAY_URL.
    private Dictionary<LoginPart, string> Neighbors(string prefix)
    {
        var parts = new Dictionary<LoginPart, string>();
        foreach (string name in variables.Names.Order(StringComparer.Ordinal))
        {
            string words = Words(name);
            if (Endings.FirstOrDefault(entry => words == $"{prefix}_{entry.Ending}") is { Ending: not null } found)
            {
                parts.TryAdd(found.Part, name);
            }
        }

        return parts;
    }

    private static bool Fits(string pattern, string? value) => pattern == "*" || pattern == value;

    // A part that is missing in one group may be in another one, if only one has it: DB_HOST with POSTGRES_PASSWORD.
    private string? Borrow(LoginPart part)
    {
        string[] candidates = [.. _families
            .Where(pair => !_otherDatabases.Contains(pair.Key) && (!pair.Value.ContainsKey(LoginPart.Host) || pair.Key == "PG"))
            .Select(pair => pair.Value.GetValueOrDefault(part)).OfType<string>().Where(name => variables.Get(name) is not null)];
        return candidates.Length == 1 ? candidates[0] : candidates.FirstOrDefault(name => name.StartsWith("PG", StringComparison.Ordinal));
    }

    private string? Value(Dictionary<LoginPart, string> parts, LoginPart part) => parts.TryGetValue(part, out string? name) ? variables.Get(name) : null;

    // Some clients expand variables themselves; other text is unchanged.
    private string Expanded(string value) => value.Contains('$', StringComparison.Ordinal)
        ? Reference().Replace(value, match => variables.Get(match.Groups["name"].Value) ?? match.Value)
        : value;

    private static string? Family(string words, string[] endings) =>
        endings.Select(ending => Before(words, ending)).FirstOrDefault(family => family is not null && IsFamily(family));

    private static string? Before(string words, string ending) => words.EndsWith("_" + ending, StringComparison.Ordinal) ? words[..^(ending.Length + 1)] : null;

    private static bool IsFamily(string words) => words.Split('_').Any(word => FamilyWords.Contains(word));

    // DBHOST and PGHOST are written without a line between the words, others with two, dots or dashes.
    private static string Words(string name) => Glued().Replace(Separators().Replace(name, "_").ToUpperInvariant(), "${before}${family}_${part}");

    [GeneratedRegex(@"[_.\-:]+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Separators();

    [GeneratedRegex(@"(?<before>^|_)(?<family>DB|PG)(?<part>HOSTADDR|HOST|PORT|USERNAME|USER|PASSWORD|PASS|NAME|DATABASE|SSLMODE)$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Glued();

    [GeneratedRegex(@"\$(?:\{(?<name>[A-Za-z_]\w*)\}|(?<name>[A-Za-z_]\w*))", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Reference();

    [GeneratedRegex(@"(?<!\\):", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Colons();
}
