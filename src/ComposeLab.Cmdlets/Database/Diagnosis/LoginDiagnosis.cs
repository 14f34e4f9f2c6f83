using System.Globalization;
using System.Text.RegularExpressions;
using ComposeLab.Compose.Databases;
using ComposeLab.Compose.Model;
using ComposeLab.Compose.Yaml;
using ComposeLab.Database.Probing;
using ComposeLab.Projects;

namespace ComposeLab.Database.Diagnosis;

/// <summary>Finds out why a login of a service fails, or is useless.</summary>
/// <param name="seen">The evidence.</param>
/// <param name="client">The login and its result.</param>
/// <param name="remedies">The fixes.</param>
internal sealed partial class LoginDiagnosis(DatabaseEvidence seen, ClientEvidence client, Remedies remedies)
{
    private readonly ServerEvidence? _server = seen.ServerOf(client);
    private readonly LoginReport _login = client.Login;
    private readonly string _where = remedies.Places.Describe(client.Definition, client.Used.Variable, client.Tried.Host);

    /// <summary>Creates the diagnosis.</summary>
    /// <returns>The cause; null if nothing is wrong.</returns>
    public DiagnosedCause? Find() => _login.Fault switch
    {
        _ when client.Used.Text is { IsNotEncoded: true } => NotEncoded(),
        LoginFault.None => OfSession(),
        LoginFault.NoTool => new DiagnosedCause(
            LabDbCause.Unknown, $"{client.Service} has neither nc nor bash to connect with, and no helper container with them could be started in its network.", remedies.ReadLog(client.Service)),
        LoginFault.AuthenticationFailed when client.AsWritten is { IsGood: true } => NotEncoded(),
        LoginFault.NameUnknown => OfName(),
        LoginFault.Refused or LoginFault.Unreachable or LoginFault.Silent or LoginFault.ConnectionLost => OfAddress(),
        LoginFault.Slow => new DiagnosedCause(
            LabDbCause.SlowDatabase,
            $"{Server()} accepts connections, but a login of {client.Service} did not finish within {Seconds()} s.",
            $"{remedies.Command($"Test-LabDb -TimeoutSec {Math.Max(60, (int)seen.Limit.TotalSeconds * 4)}")}\nIf it is still slow: raise the CPU limit of {ServerWord()} (cpus), or look for long queries and a full host."),
        LoginFault.NotPostgres => OfStranger(),
        LoginFault.TlsNotOffered => new DiagnosedCause(LabDbCause.TlsNotOffered, $"{_where} requires TLS, which {Server()} does not offer.", DropTls()),
        LoginFault.CertificateNotTrusted => new DiagnosedCause(
            LabDbCause.TlsNotTrusted, $"{_where} checks the certificate of {Server()} (sslmode={client.Tried.TlsMode}) and rejects it: {_login.Detail}.",
            $"Decide: give {client.Service} the certificate that signed the one of {ServerWord()} (a mount, and sslrootcert in {_where}), or write sslmode=require there, which encrypts but checks nothing, then: {remedies.Start()}"),
        LoginFault.NotReady => Starting(),
        LoginFault.TooManyConnections => OfLimit(),
        LoginFault.AuthenticationFailed or LoginFault.RoleMissing => new PasswordDiagnosis(seen, client, remedies).Find(),
        LoginFault.RoleCannotLogIn => new DiagnosedCause(
            LabDbCause.RoleCannotLogIn, $"{_where} logs in as '{client.Tried.User}', a role of {Server()} that is not allowed to log in (NOLOGIN).",
            _server is null ? $"Allow the role to log in, with the statement {CommandText.Quote($"ALTER ROLE {Quoted(client.Tried.User)} LOGIN")}" : remedies.Query(_server, $"ALTER ROLE {Quoted(client.Tried.User)} LOGIN")),
        LoginFault.NotAllowedByHba => OfHba(),
        LoginFault.PermissionDenied => new DiagnosedCause(
            LabDbCause.PermissionDenied, $"Role '{client.Tried.User}' of {_where} is not allowed to connect to database '{client.Tried.Database}': {_login.Detail}.",
            _server is null ? $"Grant it, with the statement {CommandText.Quote($"GRANT CONNECT ON DATABASE {Quoted(client.Tried.Database)} TO {Quoted(client.Tried.User)}")}"
                : remedies.Query(_server, $"GRANT CONNECT ON DATABASE {Quoted(client.Tried.Database)} TO {Quoted(client.Tried.User)}")),
        LoginFault.ConnectionsNotAllowed => new DiagnosedCause(
            LabDbCause.ConnectionsNotAllowed, $"Database '{client.Tried.Database}' of {Server()} accepts no connections: {_login.Detail}.",
            _server is null ? "Allow them there: ALTER DATABASE ... ALLOW_CONNECTIONS true" : remedies.Query(_server, $"ALTER DATABASE {Quoted(client.Tried.Database)} ALLOW_CONNECTIONS true", "postgres")),
        LoginFault.DatabaseMissing => OfMissingDatabase(),
        LoginFault.DiskFull => new DiagnosedCause(
            LabDbCause.DiskFull, $"The data disk of {Server()} is full.", _server is null ? "Free space on the database's disk" : remedies.FreeSpace(_server)),
        LoginFault.SharedMemoryFull => new DiagnosedCause(LabDbCause.SharedMemoryFull, $"{Server()} has too little shared memory (/dev/shm): {_login.Detail}. The disk is not full.", SharedMemory()),
        LoginFault.StatementTimeout => new DiagnosedCause(LabDbCause.StatementTimeout, $"{Server()} ends even SELECT 1 of '{client.Tried.User}' by its statement timeout: {_login.Detail}.",
            Timeouts(client.Used.SessionOptions?.Contains("statement_timeout", StringComparison.Ordinal) == true ? "client" : "")),
        LoginFault.Other => new DiagnosedCause(LabDbCause.Unknown, $"{Server()} answered {client.Service}: {_login.Detail}", remedies.ReadLog(_server?.Service ?? client.Service)),
        _ => null,
    };

    /// <summary>Quotes a name for SQL.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The name in quotes.</returns>
    internal static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private string Server() => _server?.Service ?? client.Target?.Name ?? client.Tried.Host;

    // In a recommendation, so that pasting it runs nothing of the name.
    private string ServerWord() => CommandText.Quote(Server());

    private string Seconds() => (seen.Limit.TotalSeconds * 0.8).ToString("0.#", CultureInfo.InvariantCulture);

    private bool IsHostMode => client.Definition.NetworkMode == "host";

    private DiagnosedCause NotEncoded() => new(
        LabDbCause.UrlNotEncoded,
        $"The password in {_where} is not URL-encoded: it contains a character with a special meaning in a URL, so the rest is read as another part.",
        remedies.EncodePassword(client));

    private DiagnosedCause Starting() => _server is null
        ? new DiagnosedCause(LabDbCause.DatabaseStarting, $"{Server()} is starting, recovering or shutting down.", remedies.Wait())
        : ServerDiagnosis.Starting(_server, remedies);

    private string DropTls()
    {
        string old = client.Used.TlsMode ?? "require";
        bool isFlag = client.Used.Text?.Options.GetValueOrDefault("sslmode") is null && client.Used.Text?.TlsMode is not null;
        string written = isFlag ? client.Used.Text!.Options.GetValueOrDefault("ssl") ?? "true" : old;
        return _server is null
            ? $"Enable TLS at {ServerWord()}, or do not require it in {_where}, then: {remedies.Start()}"
            : remedies.Change(client, LoginPart.Tls, written, isFlag ? "false" : "prefer", $"do not require TLS, or give {ServerWord()} a certificate and ssl=on");
    }

    private DiagnosedCause OfLimit()
    {
        string limit = _login.Detail.Contains("for role", StringComparison.Ordinal) ? $"role '{client.Tried.User}'"
            : _login.Detail.Contains("for database", StringComparison.Ordinal) ? $"database '{client.Tried.Database}'"
            : "server";
        string message = $"All connections are in use (limit of the {limit}): {Server()} answers {client.Service} \"{_login.Detail}\".";
        if (_server is null || client.Target != _server.Definition)
        {
            return new DiagnosedCause(LabDbCause.TooManyConnections, message, $"Raise the limit of {client.Target?.Name ?? ServerWord()}, or use smaller pools in its clients");
        }

        if (limit != "server")
        {
            string statement = limit.StartsWith("role", StringComparison.Ordinal)
                ? $"ALTER ROLE {Quoted(client.Tried.User)} CONNECTION LIMIT -1"
                : $"ALTER DATABASE {Quoted(client.Tried.Database)} CONNECTION LIMIT -1";
            return new DiagnosedCause(LabDbCause.TooManyConnections, message, $"{remedies.Query(_server, statement, "postgres")}\nIf the limit is intended: use a smaller pool in {client.Service}.");
        }

        ScalarNode? word = Words(_server.Definition).FirstOrDefault(node => MaxConnections().IsMatch(node.Text));
        if (word is not null && MaxConnections().Match(word.Text) is var setting && ConnectionText.Port(setting.Groups["value"].Value) is < 100
            && remedies.Places.Replace(word.Origin, setting.Groups["name"].Value + setting.Groups["value"].Value, setting.Groups["name"].Value + "100") is { } edit)
        {
            return new DiagnosedCause(LabDbCause.TooManyConnections, message, $"{edit}, then: {remedies.Start()}\nOr use smaller pools in its clients.");
        }

        return new DiagnosedCause(
            LabDbCause.TooManyConnections, message + Holders(),
            $"{remedies.Restart(Holder() ?? _server.Service)}\nIf it happens again: raise max_connections of {_server.Service}, or use smaller pools in its clients.");
    }

    // The service with more than half of the sessions: restarting it frees them without restarting the server.
    private string? Holder() => _server?.Facts is { Sessions.Count: > 0 } facts && facts.Sessions.MaxBy(session => session.Count) is { } most && most.Count * 2 > facts.MaxConnections
        ? seen.Apps.FirstOrDefault(app => app.Container?.Networks.Values.Any(names => names.Contains(most.Address)) == true)?.Service
        : null;

    private string Holders() => Holder() is { } service ? $" {service} uses most of them." : "";

    private DiagnosedCause OfHba()
    {
        if (client.WithTls is { } tls && tls.Fault != LoginFault.NotAllowedByHba)
        {
            string add = client.Used.TlsMode is { } mode
                ? remedies.Change(client, LoginPart.Tls, mode, "require", "write sslmode=require")
                : $"In {_where} add sslmode=require, then: {remedies.Start()}";
            return new DiagnosedCause(LabDbCause.TlsRequired, $"{Server()} accepts '{client.Tried.User}' only with TLS, which {_where} does not use.", add);
        }

        bool rejects = _login.Detail.Contains("reject", StringComparison.OrdinalIgnoreCase);
        bool isMethod = _login.Detail.Contains("authentication failed", StringComparison.OrdinalIgnoreCase);
        string what = rejects ? "a line in pg_hba.conf rejects it" : isMethod ? "its line in pg_hba.conf requires a login method other than a password" : "pg_hba.conf has no line for it";
        string line = $"host {CommandText.Quote(client.Tried.Database)} {CommandText.Quote(client.Tried.User)} samenet scram-sha-256";
        string file = _server is { Facts.HbaFile: { Length: > 0 } path }
            ? ServerVariablesHost(path) is { } host ? CommandText.Quote(Path.GetRelativePath(seen.Project.WorkingDirectory, host)) : $"{CommandText.Quote(path)} in {_server.Service}"
            : "pg_hba.conf";
        string how = rejects ? $"Decide whether {client.Service} should be allowed to log in. If so, write above the line that rejects it, in {file}: {line}"
            : isMethod ? $"Write in {file}, above the line that fits now: {line}"
            : $"Add to {file}: {line}";
        string reload = _server is null ? "" : $"\nThen: {remedies.Restart(_server.Service)}";
        return new DiagnosedCause(LabDbCause.PgHbaDenied, $"{Server()} rejects the login of {_where} as '{client.Tried.User}': {what} ({_login.Detail.TrimEnd('.')}).", how + reload);
    }

    private string? ServerVariablesHost(string path) => ServiceVariables.HostPath(_server!.Definition, path);

    private DiagnosedCause OfMissingDatabase()
    {
        string name = client.Tried.Database;
        if (_server is null || client.Target != _server.Definition)
        {
            return new DiagnosedCause(LabDbCause.MissingDatabase, $"{Server()} has no database '{name}', which {_where} names.", $"Correct the database in {_where}, or create it there, then: {remedies.Start()}");
        }

        string[] there = [.. (_server.Facts?.Databases ?? []).Select(database => database.Name).Where(other => other != "postgres")];
        string list = there.Length == 0 ? "" : $" Databases: {string.Join(", ", there)}.";
        string hint = name == _server.Own.Database ? " POSTGRES_DB applies only to a new volume." : "";
        string message = $"{_server.Service} has no database '{name}', which {_where} names.{list}{hint}";
        if (Near.Of(name, there) is { } near && (name.Equals(near, StringComparison.OrdinalIgnoreCase) || name != _server.Own.Database))
        {
            return new DiagnosedCause(LabDbCause.MissingDatabase, message, remedies.Change(client, LoginPart.Database, name, near, $"write the database {CommandText.Quote(near)}"));
        }

        string owner = client.Tried.User == _server.Own.User ? "" : $" OWNER {Quoted(client.Tried.User)}";
        string create = remedies.Query(_server, $"CREATE DATABASE {Quoted(name)}{owner}", "postgres");
        string rename = there.Length == 1 && name == _server.Own.Database
            ? $"\nThis creates an empty one. If {CommandText.Quote(there[0])} contains the data, rename it instead: {remedies.Query(_server, $"ALTER DATABASE {Quoted(there[0])} RENAME TO {Quoted(name)}", "postgres")}"
            : there.Length > 0 ? $"\nThis creates an empty one. If the data is in {string.Join(" or ", there.Select(CommandText.Quote))}, write that name in {_where} instead." : "";
        return new DiagnosedCause(LabDbCause.MissingDatabase, message, create + rename);
    }

    private string SharedMemory() => _server is null ? $"Give the server more shared memory" : remedies.EnlargeSharedMemory(_server.Definition);

    private static IEnumerable<ScalarNode> Words(ServiceDefinition service) =>
        (service.Node["command"] switch { SequenceNode list => list.Items, { } one => [one], _ => [] }).OfType<ScalarNode>();

    [GeneratedRegex(@"(?<name>max_connections=|(?:^|\s)-N\s*)(?<value>\d+)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex MaxConnections();
}
