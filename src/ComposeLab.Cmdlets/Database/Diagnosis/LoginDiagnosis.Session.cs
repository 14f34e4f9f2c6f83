using System.Text.RegularExpressions;
using ComposeLab.Compose.Yaml;
using ComposeLab.Database.Probing;

namespace ComposeLab.Database.Diagnosis;

/// <content>Faults that prevent a client from working although its login succeeds.</content>
internal sealed partial class LoginDiagnosis
{
    // Errors of statements in the log count only while the client may still be producing them.
    private static readonly TimeSpan RecentErrors = TimeSpan.FromMinutes(1);

    // The login works. The session settings and the statement errors in the log may still show a fault.
    private DiagnosedCause? OfSession()
    {
        if (_login.Session is { } session)
        {
            Match? refused = Recent(ReadOnlyError());
            bool isMeant = session.ReadOnlySource is "client" or "user" || MeansReading();
            if (session is { InRecovery: true } && (!isMeant || refused is not null))
            {
                return new DiagnosedCause(
                    LabDbCause.DatabaseReadOnly, $"{_where} leads to a standby: {Server()} is in recovery, so its transactions are read-only.",
                    $"Write the primary as the host in {_where}, or promote {ServerWord()} if the primary no longer exists: {(_server is null ? "pg_promote()" : remedies.Query(_server, "SELECT pg_promote()"))}");
            }

            if (session is { ReadOnly: true, InRecovery: false } && (!isMeant || refused is not null))
            {
                return new DiagnosedCause(LabDbCause.DatabaseReadOnly, $"{_where} can log in, but its transactions are read-only: default_transaction_read_only is on ({Source(session.ReadOnlySource)}).", Writable(session.ReadOnlySource));
            }

            Match? ended = Recent(TimeoutError());
            if (session.StatementTimeout > TimeSpan.Zero && (session.StatementTimeout < TimeSpan.FromMilliseconds(200) || ended is not null))
            {
                return new DiagnosedCause(
                    LabDbCause.StatementTimeout, $"{_where} can log in, but {Server()} ends its statements after {session.StatementTimeout.TotalMilliseconds:0} ms (statement_timeout, {Source(session.StatementTimeoutSource)}).", Timeouts(session.StatementTimeoutSource));
            }

            if (Recent(SchemaDenied()) is { } denied && OfSchema(session, denied.Groups["name"].Value) is { } schema)
            {
                return schema;
            }

            if (Recent(ObjectDenied()) is { } right && session.Closed.Contains(right.Groups["name"].Value))
            {
                return new DiagnosedCause(
                    LabDbCause.PermissionDenied,
                    $"{_where} can log in, but role '{client.Tried.User}' lacks a privilege: the log of {_server!.Service} says \"{right.Value}\".",
                    $"Decide which privileges it needs, such as: {remedies.Query(_server, $"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {Quoted(client.Tried.User)}", client.Tried.Database)}\n"
                    + $"For tables that are created later: ALTER DEFAULT PRIVILEGES, as the role that creates them.");
            }

            if (Recent(SharedMemoryError()) is not null)
            {
                return new DiagnosedCause(
                    LabDbCause.SharedMemoryFull, $"{Server()} can be used, but its queries run out of shared memory (/dev/shm is too small). The disk is not full.", SharedMemory());
            }
        }

        return null;
    }

    // The log does not say whose statement failed. It was not one of this client before its container was started.
    private Match? Recent(Regex pattern) => _server?.Container?.Log.Recent(pattern, RecentErrors, client.Container?.Started);

    private DiagnosedCause? OfSchema(SessionFacts session, string schema)
    {
        bool mayNotUse = session.ClosedSchemas.Contains(schema);
        // Few roles may create objects in another schema, and few need to.
        bool mayNotCreate = schema == "public" && session.Uncreatable.Contains(schema);
        string what = mayNotCreate ? "create objects in" : "use";
        string rights = mayNotCreate ? "USAGE, CREATE" : "USAGE";
        string since = schema == "public" ? " Since PostgreSQL 15 only the database's owner may." : "";
        return !mayNotUse && !mayNotCreate
            ? null
            : new DiagnosedCause(
                LabDbCause.PermissionDenied,
                $"{_where} can log in, but role '{client.Tried.User}' is not allowed to {what} schema {schema} of '{client.Tried.Database}' (the log of {_server!.Service} says \"permission denied for schema {schema}\").{since}",
                remedies.Query(_server, $"GRANT {rights} ON SCHEMA {Quoted(schema)} TO {Quoted(client.Tried.User)}", client.Tried.Database));
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
            case "user":
                return remedies.Query(_server, $"ALTER ROLE {Quoted(client.Tried.User)} RESET default_transaction_read_only", "postgres");
            case "database user":
                return remedies.Query(_server, $"ALTER ROLE {Quoted(client.Tried.User)} IN DATABASE {Quoted(client.Tried.Database)} RESET default_transaction_read_only", "postgres");
            case "configuration file":
                return $"{remedies.Query(_server, "ALTER SYSTEM SET default_transaction_read_only = off")}\nThen: {remedies.Restart(_server.Service)}";
            default:
                ScalarNode? word = Words(_server.Definition).FirstOrDefault(node => ReadOnlySetting().IsMatch(node.Text));
                string? edit = word is null ? null : remedies.Places.Replace(word.Origin, ReadOnlySetting().Match(word.Text).Value, "default_transaction_read_only=off");
                return remedies.Then(edit, $"Switch default_transaction_read_only off in the command of {_server.Service}");
        }
    }

    // A limit of the session overrides that of the role in the database, then that of the role, then those of the database and of the server.
    private string Timeouts(string source = "")
    {
        if (source == "client")
        {
            bool isOption = client.Used.Text?.Options.ContainsKey("options") == true;
            string variable = isOption ? client.Used.Variable : "PGOPTIONS";
            string old = TimeoutOption().Match(client.Used.SessionOptions ?? "") is { Success: true } option ? option.Groups["value"].Value : "";
            string? own = old.Length == 0 ? null : remedies.Places.Edit(client.Definition, variable, old, "0", "statement_timeout%3D{0}", "statement_timeout%3d{0}", "statement_timeout={0}");
            return remedies.Then(own, $"Raise statement_timeout in {remedies.Places.Describe(client.Definition, variable)}");
        }

        if (_server is null)
        {
            return "Raise statement_timeout at the server";
        }

        if (source == "database user")
        {
            return remedies.Query(_server, $"ALTER ROLE {Quoted(client.Tried.User)} IN DATABASE {Quoted(client.Tried.Database)} RESET statement_timeout", "postgres");
        }

        ScalarNode? word = Words(_server.Definition).FirstOrDefault(node => TimeoutSetting().IsMatch(node.Text));
        return source is "" or "command line" && word is not null && remedies.Places.Replace(word.Origin, TimeoutSetting().Match(word.Text).Value, "statement_timeout=0") is { } edit
            ? $"{edit}, then: {remedies.Start()}"
            : $"{remedies.Query(_server, $"ALTER ROLE {Quoted(client.Tried.User)} SET statement_timeout = 0", "postgres")}\nIf a limit is intended, set a longer one.";
    }

    [GeneratedRegex(@"default_transaction_read_only=(?:on|true|1|yes)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ReadOnlySetting();

    [GeneratedRegex(@"statement_timeout=(?<value>\w+)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TimeoutOption();

    [GeneratedRegex(@"statement_timeout=\w+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TimeoutSetting();

    [GeneratedRegex(@"cannot execute .+ (?:in a read-only transaction|during recovery)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ReadOnlyError();

    [GeneratedRegex(@"canceling statement due to statement timeout", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TimeoutError();

    [GeneratedRegex(@"permission denied for schema (?<name>.+?)(?: at character \d+)?$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SchemaDenied();

    [GeneratedRegex(@"permission denied for (?:table|relation|sequence|view) (?<name>.+?)(?: at character \d+)?$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ObjectDenied();

    [GeneratedRegex(@"could not resize shared memory segment", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SharedMemoryError();

    [GeneratedRegex(@"(?:^|[_\-.])(?:READ|READER|READONLY|READ_?ONLY|RO|REPLICA|REPLICAS|STANDBY|SECONDARY|SLAVE|REPORT|REPORTS|REPORTING|ANALYTICS)(?:$|[_\-.])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ReadingNames();
}
