using System.Globalization;
using System.Text.RegularExpressions;
using ComposeLab.Compose.Databases;
using ComposeLab.Compose.Model;
using ComposeLab.Compose.Yaml;
using ComposeLab.Database.Probing;
using ComposeLab.Engine.Docker;

namespace ComposeLab.Database.Diagnosis;

/// <summary>Names what keeps one login of a service from the database, or makes it useless.</summary>
/// <param name="seen">What was seen.</param>
/// <param name="client">The login and how it went.</param>
/// <param name="remedies">What fixes it.</param>
internal sealed partial class LoginDiagnosis(DatabaseEvidence seen, ClientEvidence client, Remedies remedies)
{
    // What the log tells about errors of statements counts while the client may still be making them.
    private static readonly TimeSpan RecentErrors = TimeSpan.FromMinutes(2);

    private readonly ServerEvidence? _server = seen.ServerOf(client);
    private readonly LoginReport _login = client.Login;
    private readonly string _where = remedies.Places.Describe(client.Definition, client.Used.Variable, client.Tried.Host);

    /// <summary>Makes the diagnosis.</summary>
    /// <returns>The cause; null when nothing is wrong.</returns>
    public Finding? Find() => _login.Fault switch
    {
        _ when client.Used.Text is { IsNotEncoded: true } => NotEncoded(),
        LoginFault.None => OfSession(),
        LoginFault.NoTool => new Finding(
            LabDbCause.Unknown, $"{client.Service} has neither nc nor bash to connect with, and no container with them could be started beside it.", remedies.ReadLog(client.Service)),
        LoginFault.AuthenticationFailed when client.AsWritten is { IsGood: true } => NotEncoded(),
        LoginFault.NameUnknown => OfName(),
        LoginFault.Refused or LoginFault.Unreachable or LoginFault.Silent or LoginFault.ConnectionLost => OfAddress(),
        LoginFault.Slow => new Finding(
            LabDbCause.SlowDatabase,
            $"{Server()} accepts connections, but a login of {client.Service} did not finish within {Seconds()} s.",
            $"{remedies.Command($"Test-LabDb -TimeoutSec {Math.Max(60, (int)seen.Limit.TotalSeconds * 4)}")}\nIf it stays slow: raise the CPU limit of {Server()} (cpus), or look for long queries and a full host."),
        LoginFault.NotPostgres => OfStranger(),
        LoginFault.TlsNotOffered => new Finding(LabDbCause.TlsNotOffered, $"{_where} requires TLS, which {Server()} does not offer.", DropTls()),
        LoginFault.NotReady => Starting(),
        LoginFault.TooManyConnections => OfLimit(),
        LoginFault.AuthenticationFailed or LoginFault.RoleMissing => new PasswordDiagnosis(seen, client, remedies).Find(),
        LoginFault.RoleCannotLogIn => new Finding(
            LabDbCause.RoleCannotLogIn, $"{_where} logs in as '{client.Tried.User}', a role of {Server()} that may not log in (NOLOGIN).",
            _server is null ? $"Let the role log in: ALTER ROLE \"{client.Tried.User}\" LOGIN" : remedies.Query(_server, $"ALTER ROLE {Quoted(client.Tried.User)} LOGIN")),
        LoginFault.NotAllowedByHba => OfHba(),
        LoginFault.PermissionDenied => new Finding(
            LabDbCause.PermissionDenied, $"Role '{client.Tried.User}' of {_where} may not connect to database '{client.Tried.Database}': {_login.Detail}.",
            _server is null ? $"Grant it: GRANT CONNECT ON DATABASE {Quoted(client.Tried.Database)} TO {Quoted(client.Tried.User)}"
                : remedies.Query(_server, $"GRANT CONNECT ON DATABASE {Quoted(client.Tried.Database)} TO {Quoted(client.Tried.User)}")),
        LoginFault.ConnectionsNotAllowed => new Finding(
            LabDbCause.ConnectionsNotAllowed, $"Database '{client.Tried.Database}' of {Server()} accepts no connections: {_login.Detail}.",
            _server is null ? "Allow them there: ALTER DATABASE ... ALLOW_CONNECTIONS true" : remedies.Query(_server, $"ALTER DATABASE {Quoted(client.Tried.Database)} ALLOW_CONNECTIONS true", "postgres")),
        LoginFault.DatabaseMissing => OfMissingDatabase(),
        LoginFault.DiskFull => new Finding(
            LabDbCause.DiskFull, $"The disk that holds the data of {Server()} is full.", _server is null ? "Free space on the database's disk" : remedies.FreeSpace(_server)),
        LoginFault.SharedMemoryFull => new Finding(LabDbCause.SharedMemoryFull, $"{Server()} has too little shared memory (/dev/shm): {_login.Detail}. The disk is not full.", SharedMemory()),
        LoginFault.StatementTimeout => new Finding(LabDbCause.StatementTimeout, $"{Server()} ends even SELECT 1 of '{client.Tried.User}' by its statement timeout: {_login.Detail}.", Timeouts()),
        LoginFault.Other => new Finding(LabDbCause.Unknown, $"{Server()} answered {client.Service}: {_login.Detail}", remedies.ReadLog(_server?.Service ?? client.Service)),
        _ => null,
    };

    /// <summary>A name as SQL writes it.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The name in quotes.</returns>
    internal static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private string Server() => _server?.Service ?? client.Target?.Name ?? client.Tried.Host;

    private string Seconds() => (seen.Limit.TotalSeconds * 0.8).ToString("0.#", CultureInfo.InvariantCulture);

    private bool IsHostMode => client.Definition.NetworkMode == "host";

    private Finding NotEncoded() => new(
        LabDbCause.UrlNotEncoded,
        $"The password in {_where} is not URL-encoded: it holds a character that has a meaning of its own in a URL, so the rest is read as another part.",
        remedies.EncodePassword(client));

    private Finding Starting() => _server is null
        ? new Finding(LabDbCause.DatabaseStarting, $"{Server()} is starting, recovering or shutting down.", remedies.Wait())
        : ServerDiagnosis.Starting(_server, remedies);

    private Finding OfName()
    {
        string host = client.Tried.Host;
        if (IsHostMode && client.Target is { } named)
        {
            return new Finding(
                LabDbCause.WrongHost,
                $"{_where} names the host '{host}', but {client.Service} uses the host's network (network_mode: host), where service names do not resolve.",
                Published(named) is { } port
                    ? remedies.ChangeAddress(client, "127.0.0.1", port)
                    : $"Publish the port of {named.Name} (ports: [\"127.0.0.1:5432:5432\"]) and use 127.0.0.1 in {_where}, or take {client.Service} out of the host's network, then: {remedies.Start()}");
        }

        if (client.Target is { } target)
        {
            if (client.TargetContainer is not { Runs: true })
            {
                return Down(target);
            }

            if (!ProjectDatabases.ShareNetwork(client.Definition, target))
            {
                return Apart(target);
            }

            return new Finding(
                LabDbCause.DatabaseDetached, $"{client.TargetContainer.Name} is on no network that {client.Container?.Name ?? client.Service} is on: the name '{host}' does not resolve.", remedies.Start());
        }

        if (host == "host.docker.internal")
        {
            return new Finding(
                LabDbCause.WrongHost, $"{_where} names the host '{host}', which this engine does not define for {client.Service}.",
                $"Give {client.Service} extra_hosts: [\"host.docker.internal:host-gateway\"], then: {remedies.Start()}");
        }

        ServerEvidence? meant = Meant(host);
        string known = seen.Servers.Count == 0 ? "the project has no PostgreSQL service" : $"the database is '{string.Join("', '", seen.Servers.Select(server => server.Service))}'";
        return new Finding(
            LabDbCause.WrongHost,
            $"{_where} names the host '{host}', which does not exist on the network of {client.Service}; {known}.",
            meant is null
                ? $"Correct the host in {_where}, then: {remedies.Start()}"
                : !ProjectDatabases.ShareNetwork(client.Definition, meant.Definition)
                    ? Apart(meant.Definition).Recommendation
                    : remedies.ChangeAddress(client, meant.Service, OwnPort(meant)));
    }

    private Finding Apart(ServiceDefinition target) => new(
        LabDbCause.DatabaseDetached,
        $"{client.Service} and {target.Name} share no network in the Compose files ({Networks(client.Definition)}; {Networks(target)}), so '{client.Tried.Host}' of {_where} does not resolve.",
        $"Put {client.Service} and {target.Name} on one network, such as networks: [{target.Networks.Keys.FirstOrDefault() ?? "default"}] for {client.Service}, then: {remedies.Start()}");

    private static string Networks(ServiceDefinition service) => $"{service.Name}: {(service.Networks.Count == 0 ? "none" : string.Join(", ", service.Networks.Keys))}";

    // With one database there is no doubt which is meant; with several, only a name that is close tells.
    private ServerEvidence? Meant(string host) => seen.Servers.Count == 1
        ? seen.Servers[0]
        : Near.Of(host, seen.Servers.Select(server => server.Service)) is { } name ? seen.Servers.First(server => server.Service == name) : null;

    private static int OwnPort(ServerEvidence server) => server.Facts?.Port ?? server.Own.Port;

    private static int? Published(ServiceDefinition service) =>
        service.Ports.FirstOrDefault(port => port.Target == ServerAddress.DefaultPort || service.Ports.Count == 1) is { Published: { } text } ? ConnectionText.Port(text) : null;

    private Finding Down(ServiceDefinition target)
    {
        string state = client.TargetContainer is not { } container
            ? "has no container"
            : container.State == ContainerState.Paused ? "is paused"
            : $"{(container.State == ContainerState.Restarting ? "exits again and again" : "has exited")} (exit code {container.ExitCode})"
                + (container.Log.LastError is { Length: > 0 } error ? $": {error.TrimEnd('.')}" : "");
        bool isFault = client.TargetContainer is { ExitCode: not 0 };
        return new Finding(
            LabDbCause.PoolerDown,
            $"{_where} leads to {target.Name}, between {client.Service} and the database: {target.Name} {state}.",
            isFault ? $"Fix what {target.Name} reports, then: {remedies.Start()}\nIts log: {remedies.ReadLog(target.Name)}" : remedies.Start());
    }

    private Finding OfAddress()
    {
        ServerAddress address = new(client.Tried.Host, client.Tried.Port);
        string how = _login.Fault switch
        {
            LoginFault.Refused => "nothing listens there",
            LoginFault.Unreachable => "no route leads there",
            LoginFault.Silent => "nothing answers there",
            _ => "the connection is closed at once",
        };
        if (Shadow() is { } shadow && client.Target is { } real)
        {
            return new Finding(
                LabDbCause.WrongHost,
                $"extra_hosts of {client.Service} gives '{address.Host}' the address {shadow.Address}, which hides the service {real.Name}: {how}.",
                remedies.Then(
                    (client.Definition.ExtraHosts.Count > 1 ? remedies.Places.CommentOut(shadow.Origin, "-") ?? remedies.Places.CommentOut(shadow.Origin, address.Host) : null)
                        ?? remedies.Places.Replace(shadow.Origin, $"{address.Host}:{shadow.Address}", $"{address.Host}.unused:{shadow.Address}")
                        ?? remedies.Places.Replace(shadow.Origin, $"{address.Host}={shadow.Address}", $"{address.Host}.unused={shadow.Address}"),
                    $"Remove the entry for {address.Host} from extra_hosts of {client.Service}"));
        }

        if (address.IsLoopback && !SharesNetworkWithServer())
        {
            return OfLoopback(address, how);
        }

        if (client.Target is not { } target)
        {
            return new Finding(
                LabDbCause.DatabaseNotAnswering,
                $"{_where} leads to {address}, outside of the project; seen from {client.Service}, {how}.",
                $"Start the database at {address} and let it listen for {client.Service}, or correct {_where}, then: {remedies.Start()}");
        }

        if (client.TargetContainer is not { Runs: true } container)
        {
            return Down(target);
        }

        if (_server is null || _server.Definition != target)
        {
            return new Finding(
                LabDbCause.PoolerDown,
                $"{_where} leads to {target.Name}, between {client.Service} and the database; it runs, but at port {address.Port} {how}.",
                $"Correct the port in {_where} or the port that {target.Name} listens at, then: {remedies.Start()}\nIts log: {remedies.ReadLog(target.Name)}");
        }

        if (!container.SharesNetworkWith(client.Container ?? container) || (container.Networks.Count == 0 && !container.SharesNetworkStack))
        {
            return new Finding(
                LabDbCause.DatabaseDetached, $"{container.Name} is on no network that {client.Container?.Name ?? client.Service} is on: no packet arrives.",
                ProjectDatabases.ShareNetwork(client.Definition, target) ? remedies.Start() : Apart(target).Recommendation);
        }

        if (address.Port != OwnPort(_server))
        {
            return new Finding(
                LabDbCause.WrongPort,
                $"{_where} asks {target.Name} at port {address.Port}, where {how.Replace("there", "", StringComparison.Ordinal).Trim()}; inside the network it listens at {OwnPort(_server)}{(IsPublished(address.Port) ? $" ({address.Port} is its published port, for the host)" : "")}.",
                Port(OwnPort(_server)));
        }

        if (container.Health == HealthStatus.Starting)
        {
            return Starting();
        }

        if (_server.Facts is not null && _login.Fault == LoginFault.Refused)
        {
            ScalarNode? word = Words(_server.Definition).FirstOrDefault(node => ListenAddresses().IsMatch(node.Text));
            string? edit = word is null ? null : remedies.Places.Replace(word.Origin, ListenAddresses().Match(word.Text).Value, "listen_addresses=*");
            return new Finding(
                LabDbCause.DatabaseNotAnswering,
                $"{container.Name} runs and answers inside its container, but not on the network: its listen_addresses do not include it.",
                remedies.Then(edit, $"Set listen_addresses=* for {target.Name}"));
        }

        return new Finding(LabDbCause.DatabaseNotAnswering, $"{container.Name} is running, but at {address} {how}.", remedies.Restart(target.Name));
    }

    private bool IsPublished(int port) => _server!.Definition.Ports.Any(entry => entry.Published == $"{port}");

    private Finding OfLoopback(ServerAddress address, string how)
    {
        if (IsHostMode)
        {
            (ServerEvidence Server, int Port)? published = seen.Servers.Select(server => (server, Published(server.Definition))).Where(pair => pair.Item2 is not null).Select(pair => ((ServerEvidence, int)?)(pair.server, pair.Item2!.Value)).FirstOrDefault();
            return published is { } found && found.Port != address.Port
                ? new Finding(
                    LabDbCause.WrongPort, $"{_where} asks the host at port {address.Port}, where nothing listens; {found.Server.Service} is published at {found.Port}.", Port(found.Port))
                : new Finding(
                    LabDbCause.WrongHost,
                    $"{_where} asks the host at {address}, and {how}; {(seen.Servers.Count > 0 ? $"{seen.Servers[0].Service} publishes no port there" : "the project has no PostgreSQL service")}.",
                    $"Publish the port of the database (ports: [\"127.0.0.1:{address.Port}:5432\"]), or start one on the host, then: {remedies.Start()}");
        }

        ServerEvidence? meant = seen.Servers.Count == 1 ? seen.Servers[0] : null;
        return new Finding(
            LabDbCause.WrongHost,
            $"{_where} names the host '{address.Host}', which inside the container is {client.Service} itself; {(meant is null ? "the database runs elsewhere" : $"the database is '{meant.Service}'")}.",
            meant is null ? $"Write the database's service as the host in {_where}, then: {remedies.Start()}" : remedies.ChangeAddress(client, meant.Service, OwnPort(meant)));
    }

    private bool SharesNetworkWithServer() => client.Definition.NetworkMode is { } mode && mode.StartsWith("service:", StringComparison.Ordinal) && seen.Servers.Any(server => mode == $"service:{server.Service}");

    private (string Address, Origin Origin)? Shadow()
    {
        foreach (Node entry in client.Definition.Node["extra_hosts"] switch { SequenceNode list => list.Items, MappingNode map => map.Entries.Select(item => item.Value), _ => [] })
        {
            if (entry is ScalarNode { Text: var text } && HostEntry().Match(text) is { Success: true } found && found.Groups["name"].Value.Equals(client.Tried.Host, StringComparison.OrdinalIgnoreCase))
            {
                return (found.Groups["address"].Value, entry.Origin);
            }
        }

        return null;
    }

    private string Port(int port) => client.Used.Server.Port == port ? remedies.Start() : remedies.Change(
        client, LoginPart.Port, $"{client.Used.Server.Port}", $"{port}", $"write the port {port}");

    private Finding OfStranger()
    {
        bool isOther = _server is not null && _server.Definition == client.Target && client.Tried.Port != OwnPort(_server);
        return new Finding(
            LabDbCause.NotPostgres,
            $"{_where} leads to {client.Tried.Host}:{client.Tried.Port}, where something listens that is not a PostgreSQL server.",
            isOther ? Port(OwnPort(_server!)) : seen.Servers.Count == 1 && client.Target is not null && client.Target != seen.Servers[0].Definition
                ? remedies.ChangeAddress(client, seen.Servers[0].Service, OwnPort(seen.Servers[0]))
                : $"Correct host and port in {_where}, then: {remedies.Start()}");
    }

    private string DropTls()
    {
        string old = client.Used.TlsMode ?? "require";
        bool isFlag = client.Used.Text?.Options.GetValueOrDefault("sslmode") is null && client.Used.Text?.TlsMode is not null;
        string written = isFlag ? client.Used.Text!.Options.GetValueOrDefault("ssl") ?? "true" : old;
        return _server is null
            ? $"Enable TLS at {Server()}, or do not require it in {_where}, then: {remedies.Start()}"
            : remedies.Change(client, LoginPart.Tls, written, isFlag ? "false" : "prefer", $"do not require TLS, or give {Server()} a certificate and ssl=on");
    }

    private Finding OfLimit()
    {
        string limit = _login.Detail.Contains("for role", StringComparison.Ordinal) ? $"role '{client.Tried.User}'"
            : _login.Detail.Contains("for database", StringComparison.Ordinal) ? $"database '{client.Tried.Database}'"
            : "server";
        string message = $"Every connection is taken, by the limit of the {limit}: {Server()} answers {client.Service} \"{_login.Detail}\".";
        if (_server is null || client.Target != _server.Definition)
        {
            return new Finding(LabDbCause.TooManyConnections, message, $"Raise the limit of {client.Target?.Name ?? Server()}, or use smaller pools in its clients");
        }

        if (limit != "server")
        {
            string statement = limit.StartsWith("role", StringComparison.Ordinal)
                ? $"ALTER ROLE {Quoted(client.Tried.User)} CONNECTION LIMIT -1"
                : $"ALTER DATABASE {Quoted(client.Tried.Database)} CONNECTION LIMIT -1";
            return new Finding(LabDbCause.TooManyConnections, message, $"{remedies.Query(_server, statement, "postgres")}\nIf the limit is meant: use a smaller pool in {client.Service}.");
        }

        ScalarNode? word = Words(_server.Definition).FirstOrDefault(node => MaxConnections().IsMatch(node.Text));
        if (word is not null && MaxConnections().Match(word.Text) is var setting && ConnectionText.Port(setting.Groups["value"].Value) is < 100
            && remedies.Places.Replace(word.Origin, setting.Groups["name"].Value + setting.Groups["value"].Value, setting.Groups["name"].Value + "100") is { } edit)
        {
            return new Finding(LabDbCause.TooManyConnections, message, $"{edit}, then: {remedies.Start()}\nOr use smaller pools in its clients.");
        }

        return new Finding(
            LabDbCause.TooManyConnections, message + Holders(),
            $"{remedies.Restart(Holder() ?? _server.Service)}\nIf it comes again: raise max_connections of {_server.Service}, or use smaller pools in its clients.");
    }

    // The service that holds more than half of the sessions: restarting it frees them without touching the server.
    private string? Holder() => _server?.Facts is { Sessions.Count: > 0 } facts && facts.Sessions.MaxBy(session => session.Count) is { } most && most.Count * 2 > facts.MaxConnections
        ? seen.Apps.FirstOrDefault(app => app.Container?.Networks.Values.Any(names => names.Contains(most.Address)) == true)?.Service
        : null;

    private string Holders() => Holder() is { } service ? $" {service} holds most of them." : "";

    private Finding OfHba()
    {
        if (client.WithTls is { } tls && tls.Fault != LoginFault.NotAllowedByHba)
        {
            string add = client.Used.TlsMode is { } mode
                ? remedies.Change(client, LoginPart.Tls, mode, "require", "write sslmode=require")
                : $"In {_where} add sslmode=require, then: {remedies.Start()}";
            return new Finding(LabDbCause.TlsRequired, $"{Server()} accepts '{client.Tried.User}' only with TLS, which {_where} does not use.", add);
        }

        bool rejects = _login.Detail.Contains("reject", StringComparison.OrdinalIgnoreCase);
        bool isMethod = _login.Detail.Contains("authentication failed", StringComparison.OrdinalIgnoreCase);
        string what = rejects ? "a line of pg_hba.conf rejects it" : isMethod ? "its line of pg_hba.conf asks for another kind of login than a password" : "pg_hba.conf has no line for it";
        string line = $"host {client.Tried.Database} {client.Tried.User} samenet scram-sha-256";
        string file = _server is { Facts.HbaFile: { Length: > 0 } path }
            ? ServerVariablesHost(path) is { } host ? $"{Path.GetRelativePath(seen.Project.WorkingDirectory, host)}" : $"{path} in {_server.Service}"
            : "pg_hba.conf";
        string how = rejects ? $"Decide whether {client.Service} may log in. If so, write above the line that rejects it, in {file}: {line}"
            : isMethod ? $"Write in {file}, above the line that fits now: {line}"
            : $"Add to {file}: {line}";
        string reload = _server is null ? "" : $"\nThen: {remedies.Restart(_server.Service)}";
        return new Finding(LabDbCause.PgHbaDenied, $"{Server()} refuses the login of {_where} as '{client.Tried.User}': {what} ({_login.Detail.TrimEnd('.')}).", how + reload);
    }

    private string? ServerVariablesHost(string path) => ServiceVariables.HostPath(_server!.Definition, path);

    private Finding OfMissingDatabase()
    {
        string name = client.Tried.Database;
        if (_server is null || client.Target != _server.Definition)
        {
            return new Finding(LabDbCause.MissingDatabase, $"{Server()} has no database '{name}', which {_where} names.", $"Correct the database in {_where}, or create it there, then: {remedies.Start()}");
        }

        string[] there = [.. (_server.Facts?.Databases ?? []).Select(database => database.Name).Where(other => other != "postgres")];
        string list = there.Length == 0 ? "" : $" It has: {string.Join(", ", there)}.";
        string hint = name == _server.Own.Database ? " POSTGRES_DB applies only to a new volume." : "";
        string message = $"{_server.Service} has no database '{name}', which {_where} names.{list}{hint}";
        if (Near.Of(name, there) is { } near && (name.Equals(near, StringComparison.OrdinalIgnoreCase) || name != _server.Own.Database))
        {
            return new Finding(LabDbCause.MissingDatabase, message, remedies.Change(client, LoginPart.Database, name, near, $"write the database {near}"));
        }

        string owner = client.Tried.User == _server.Own.User ? "" : $" OWNER {Quoted(client.Tried.User)}";
        string create = remedies.Query(_server, $"CREATE DATABASE {Quoted(name)}{owner}", "postgres");
        string rename = there.Length == 1 && name == _server.Own.Database
            ? $"\nThat creates an empty one. If '{there[0]}' holds the data, rename it instead: {remedies.Query(_server, $"ALTER DATABASE {Quoted(there[0])} RENAME TO {Quoted(name)}", "postgres")}"
            : there.Length > 0 ? $"\nThat creates an empty one. If the data is in {string.Join(" or ", there)}, write that name in {_where} instead." : "";
        return new Finding(LabDbCause.MissingDatabase, message, create + rename);
    }

    private string SharedMemory() => _server is null ? $"Give the server more shared memory" : remedies.Then(
        _server.Definition.Node["shm_size"] is { } node ? remedies.Places.Rewrite(node.Origin, "shm_size:", "shm_size: 256m") : null, $"Give {_server.Service} shm_size: 256m");

    // The login works; what the session is like, and what the log tells of its statements, may still keep the client from its work.
    private Finding? OfSession()
    {
        if (_login.Session is { } session)
        {
            Match? refused = _server?.Container?.Log.Recent(ReadOnlyError(), RecentErrors);
            bool isMeant = session.ReadOnlySource is "client" or "user" || MeansReading();
            if (session is { InRecovery: true } && (!isMeant || refused is not null))
            {
                return new Finding(
                    LabDbCause.DatabaseReadOnly, $"{_where} leads to a standby: {Server()} is in recovery, and its transactions can only read.",
                    $"Write the primary as the host in {_where}, or promote {Server()} if the primary is gone: {(_server is null ? "pg_promote()" : remedies.Query(_server, "SELECT pg_promote()"))}");
            }

            if (session is { ReadOnly: true, InRecovery: false } && (!isMeant || refused is not null))
            {
                return new Finding(LabDbCause.DatabaseReadOnly, $"{_where} can log in, but its transactions can only read: default_transaction_read_only is on ({Source(session.ReadOnlySource)}).", Writable(session.ReadOnlySource));
            }

            Match? ended = _server?.Container?.Log.Recent(TimeoutError(), RecentErrors);
            if (session.StatementTimeout > TimeSpan.Zero && (session.StatementTimeout < TimeSpan.FromMilliseconds(200) || ended is not null))
            {
                return new Finding(
                    LabDbCause.StatementTimeout, $"{_where} can log in, but {Server()} ends its statements after {session.StatementTimeout.TotalMilliseconds:0} ms (statement_timeout).", Timeouts());
            }

            if (_server?.Container?.Log.Recent(SchemaDenied(), RecentErrors) is { } denied && session.CanCreate == false && denied.Groups["name"].Value == "public")
            {
                return new Finding(
                    LabDbCause.PermissionDenied,
                    $"{_where} can log in, but role '{client.Tried.User}' may not create objects in schema public of '{client.Tried.Database}' ({denied.Value}). Since PostgreSQL 15 only the database's owner may.",
                    remedies.Query(_server, $"GRANT USAGE, CREATE ON SCHEMA public TO {Quoted(client.Tried.User)}", client.Tried.Database));
            }

            if (_server?.Container?.Log.Recent(ObjectDenied(), RecentErrors) is { } right && session.Closed.Contains(right.Groups["name"].Value))
            {
                return new Finding(
                    LabDbCause.PermissionDenied,
                    $"{_where} can log in, but role '{client.Tried.User}' lacks a right: the log of {_server.Service} says \"{right.Value}\".",
                    $"Decide which rights it needs, such as: {remedies.Query(_server, $"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {Quoted(client.Tried.User)}", client.Tried.Database)}\n"
                    + $"For tables that are created later: ALTER DEFAULT PRIVILEGES, as the role that creates them.");
            }

            if (_server?.Container?.Log.Recent(SharedMemoryError(), RecentErrors) is not null)
            {
                return new Finding(
                    LabDbCause.SharedMemoryFull, $"{Server()} can be used, but its queries run out of shared memory (/dev/shm is too small). The disk is not full.", SharedMemory());
            }
        }

        return null;
    }

    private bool MeansReading() => client.Used.TargetSession is "read-only" or "standby" or "prefer-standby" or "secondary" or "any"
        || ReadingNames().IsMatch(client.Used.Variable) || (client.Target is { } target && ReadingNames().IsMatch(target.Name));

    private static string Source(string source) => source switch
    {
        "command line" => "by the server's command",
        "database" => "set for the database",
        "user" or "database user" => "set for the role",
        "client" => "by the client",
        "configuration file" => "in the server's configuration",
        _ => source,
    };

    private string Writable(string source)
    {
        if (_server is null)
        {
            return "Switch default_transaction_read_only off at the server";
        }

        switch (source)
        {
            case "database":
                return remedies.Query(_server, $"ALTER DATABASE {Quoted(client.Tried.Database)} RESET default_transaction_read_only", "postgres");
            case "user" or "database user":
                return remedies.Query(_server, $"ALTER ROLE {Quoted(client.Tried.User)} RESET default_transaction_read_only", "postgres");
            case "configuration file":
                return $"{remedies.Query(_server, "ALTER SYSTEM RESET default_transaction_read_only")}\nThen: {remedies.Restart(_server.Service)}";
            default:
                ScalarNode? word = Words(_server.Definition).FirstOrDefault(node => ReadOnlySetting().IsMatch(node.Text));
                string? edit = word is null ? null : remedies.Places.Replace(word.Origin, ReadOnlySetting().Match(word.Text).Value, "default_transaction_read_only=off");
                return remedies.Then(edit, $"Switch default_transaction_read_only off in the command of {_server.Service}");
        }
    }

    private string Timeouts()
    {
        if (_server is null)
        {
            return "Raise statement_timeout at the server";
        }

        ScalarNode? word = Words(_server.Definition).FirstOrDefault(node => TimeoutSetting().IsMatch(node.Text));
        return word is not null && remedies.Places.Replace(word.Origin, TimeoutSetting().Match(word.Text).Value, "statement_timeout=0") is { } edit
            ? $"{edit}, then: {remedies.Start()}"
            : $"{remedies.Query(_server, $"ALTER ROLE {Quoted(client.Tried.User)} SET statement_timeout = 0", "postgres")}\nIf the limit is set for the database or in the connection string of {client.Service}, raise it there.";
    }

    private static IEnumerable<ScalarNode> Words(ServiceDefinition service) =>
        (service.Node["command"] switch { SequenceNode list => list.Items, { } one => [one], _ => [] }).OfType<ScalarNode>();

    [GeneratedRegex(@"^(?<name>[^:=]+)[:=](?<address>.+)$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex HostEntry();

    [GeneratedRegex(@"listen_addresses=(?:'[^']*'|[^\s'""]*)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ListenAddresses();

    [GeneratedRegex(@"(?<name>max_connections=|(?:^|\s)-N\s*)(?<value>\d+)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex MaxConnections();

    [GeneratedRegex(@"default_transaction_read_only=(?:on|true|1|yes)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ReadOnlySetting();

    [GeneratedRegex(@"statement_timeout=\w+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TimeoutSetting();

    [GeneratedRegex(@"cannot execute .+ (?:in a read-only transaction|during recovery)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ReadOnlyError();

    [GeneratedRegex(@"canceling statement due to statement timeout", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TimeoutError();

    [GeneratedRegex(@"permission denied for schema (?<name>\w+)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SchemaDenied();

    [GeneratedRegex(@"permission denied for (?:table|relation|sequence|view) (?<name>\w+)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ObjectDenied();

    [GeneratedRegex(@"could not resize shared memory segment", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SharedMemoryError();

    [GeneratedRegex(@"(?:^|[_\-.])(?:READ|READER|READONLY|READ_?ONLY|RO|REPLICA|REPLICAS|STANDBY|SECONDARY|SLAVE|REPORT|REPORTS|REPORTING|ANALYTICS)(?:$|[_\-.])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ReadingNames();
}

/// <summary>Finds the name that a misspelt one means.</summary>
internal static class Near
{
    /// <summary>Looks for a name.</summary>
    /// <param name="name">The name as it is written.</param>
    /// <param name="known">The names that there are.</param>
    /// <returns>The only one that differs by case or by at most two signs; null where none or several do.</returns>
    public static string? Of(string name, IEnumerable<string> known)
    {
        string[] all = [.. known.Distinct(StringComparer.Ordinal)];
        string[] same = [.. all.Where(other => other.Equals(name, StringComparison.OrdinalIgnoreCase))];
        string[] close = same.Length > 0 ? same : [.. all.Where(other => Distance(name, other) <= (name.Length < 4 ? 1 : 2))];
        return close.Length == 1 ? close[0] : null;
    }

    private static int Distance(string one, string other)
    {
        int[] row = [.. Enumerable.Range(0, other.Length + 1)];
        for (int index = 1; index <= one.Length; index++)
        {
            int corner = row[0];
            row[0] = index;
            for (int column = 1; column <= other.Length; column++)
            {
                int above = row[column];
                row[column] = Math.Min(Math.Min(row[column] + 1, row[column - 1] + 1), corner + (one[index - 1] == other[column - 1] ? 0 : 1));
                corner = above;
            }
        }

        return row[other.Length];
    }
}
