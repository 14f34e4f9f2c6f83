using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using ComposeLab.Database.Logins;
using ComposeLab.Database.Routes;
using Npgsql;

namespace ComposeLab.Database.Probing;

/// <summary>Logs in to a server step by step and reports the failed step. A failure is a report, not an exception.</summary>
internal sealed partial class LoginProbe
{
    // The protocol's request for TLS: length 8, code 1234.5679. Every server answers it with one letter, before any login.
    private static readonly byte[] TlsRequest = [0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f];

    private const string SessionQuery =
        """
        SELECT current_setting('transaction_read_only') = 'on',
            coalesce((SELECT source FROM pg_catalog.pg_settings WHERE name = 'default_transaction_read_only'), ''),
            pg_catalog.pg_is_in_recovery(),
            coalesce((SELECT setting::bigint FROM pg_catalog.pg_settings WHERE name = 'statement_timeout'), 0),
            coalesce((SELECT source FROM pg_catalog.pg_settings WHERE name = 'statement_timeout'), ''),
            ARRAY(SELECT nspname::text FROM pg_catalog.pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'
                AND NOT pg_catalog.has_schema_privilege(oid, 'USAGE') LIMIT 200),
            ARRAY(SELECT nspname::text FROM pg_catalog.pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'
                AND NOT pg_catalog.has_schema_privilege(oid, 'CREATE') LIMIT 200),
            ARRAY(SELECT c.relname::text FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
                    AND CASE c.relkind WHEN 'S' THEN NOT pg_catalog.has_sequence_privilege(c.oid, 'USAGE') WHEN 'r' THEN NOT (
                        pg_catalog.has_table_privilege(c.oid, 'SELECT') AND pg_catalog.has_table_privilege(c.oid, 'INSERT')
                        AND pg_catalog.has_table_privilege(c.oid, 'UPDATE') AND pg_catalog.has_table_privilege(c.oid, 'DELETE')) ELSE false END
                LIMIT 200)
        """;

    private readonly IDatabaseRoute _route;
    private readonly DatabaseLogin _login;
    private readonly Dictionary<LoginStep, TimeSpan> _latencies = [];
    private bool? _offersTls;
    private SessionFacts? _session;
    private string? _untrusted;
    private LoginStep _step;
    private long _stepStarted;

    private LoginProbe(IDatabaseRoute route, DatabaseLogin login)
    {
        _route = route;
        _login = login;
    }

    /// <summary>Logs in.</summary>
    /// <param name="route">The route to the server.</param>
    /// <param name="login">The login.</param>
    /// <param name="limit">The time limit.</param>
    /// <param name="token">Cancels it without a report, when no report is needed.</param>
    /// <returns>The report.</returns>
    public static async Task<LoginReport> RunAsync(IDatabaseRoute route, DatabaseLogin login, TimeSpan limit, CancellationToken token)
    {
        using var clock = CancellationTokenSource.CreateLinkedTokenSource(token);
        clock.CancelAfter(limit);
        return await new LoginProbe(route, login).RunAsync(clock.Token, token).ConfigureAwait(false);
    }

    /// <summary>The settings of a connection without a pool.</summary>
    /// <param name="route">The route to the server.</param>
    /// <param name="login">The login.</param>
    /// <returns>The settings; they contain the password.</returns>
    public static NpgsqlConnectionStringBuilder Settings(IDatabaseRoute route, DatabaseLogin login) => new()
    {
        Host = route.Host,
        Port = route.Port,
        Username = login.User,
        Password = login.Password is { } password ? Prepared(password) : null,
        Database = login.Database,
        SslMode = login.DemandsTls ? SslMode.Require : login.TlsMode switch { "disable" => SslMode.Disable, "allow" => SslMode.Allow, _ => SslMode.Prefer },
        Options = login.SessionOptions,
        // A password in the environment or in a file of this machine is not the client's password.
        Passfile = "/dev/null",
        Pooling = false,
        IncludeErrorDetail = true,
        ApplicationName = "composelab",
        Timeout = 0,
    };

    // As client libraries prepare a password (SASLprep): invisible characters are removed, such as a byte order mark, and every kind of space is a space.
    private static string Prepared(string password) => Ignored().Replace(Spaces().Replace(password, " "), "");

    private async Task<LoginReport> RunAsync(CancellationToken limit, CancellationToken token)
    {
        try
        {
            LoginFault fault = await AskForTlsAsync(limit).WaitAsync(limit).ConfigureAwait(false);
            if (fault == LoginFault.None)
            {
                await LogInAsync(limit).WaitAsync(limit).ConfigureAwait(false);
                return _untrusted is null ? Report(LoginFault.None, "") : Report(LoginFault.CertificateNotTrusted, _untrusted);
            }

            return Report(fault, fault == LoginFault.TlsNotOffered ? "the server answered N" : _route.Complaint);
        }
        catch (Exception failed) when (!token.IsCancellationRequested)
        {
            // A client that checks the certificate gives up before it sends a password.
            if (_untrusted is not null)
            {
                return Report(LoginFault.CertificateNotTrusted, _untrusted);
            }

            LoginFault fault = LoginFaults.Of(failed);
            if (fault == LoginFault.Silent && !_route.HasStarted)
            {
                return new LoginReport { Fault = LoginFault.NotTriedInTime };
            }

            fault = fault == LoginFault.TlsNotOffered && _offersTls == true ? LoginFault.NotPostgres : fault == LoginFault.ConnectionLost ? Complained() : fault == LoginFault.Silent && _step > LoginStep.Tcp ? LoginFault.Slow : fault;
            return Report(fault, failed is PostgresException answer ? Words(answer) : _route.Complaint);
        }
    }

    private static string Words(PostgresException answer) =>
        string.IsNullOrEmpty(answer.Detail) ? answer.MessageText : $"{answer.MessageText} ({answer.Detail.TrimEnd('.')})";

    private async Task<LoginFault> AskForTlsAsync(CancellationToken limit)
    {
        Begin(LoginStep.Tcp);
        await using Stream stream = await _route.ConnectAsync(limit).ConfigureAwait(false);
        await stream.WriteAsync(TlsRequest, limit).ConfigureAwait(false);
        var answer = new byte[16];
        int count = await stream.ReadAsync(answer, limit).ConfigureAwait(false);
        if (count == 0)
        {
            return Complained();
        }

        // The answer arrived over the connection, so the connection works. The time that TLS itself takes is part of the login.
        Begin(LoginStep.Tls);
        _offersTls = answer[0] == (byte)'S';
        return answer[0] switch
        {
            // If the container has no shell, the engine's error message arrives instead of an answer.
            (byte)'O' when Encoding.ASCII.GetString(answer, 0, count).StartsWith("OCI runtime", StringComparison.Ordinal) => LoginFault.NoTool,
            // A PostgreSQL server sends one letter and waits. A server that sends more is not PostgreSQL.
            (byte)'S' or (byte)'N' when count > 1 => LoginFault.NotPostgres,
            (byte)'S' => LoginFault.None,
            (byte)'N' => _login.DemandsTls ? LoginFault.TlsNotOffered : LoginFault.None,
            _ => LoginFault.NotPostgres,
        };
    }

    private async Task LogInAsync(CancellationToken limit)
    {
        Begin(LoginStep.Authentication);
        await using var connection = new NpgsqlConnection(Settings(_route, _login).ConnectionString);
        if (_login.ChecksCertificate)
        {
            // Judged here, because the route is not the server's name.
            connection.SslClientAuthenticationOptionsCallback = options => options.RemoteCertificateValidationCallback = (_, certificate, _, _) =>
            {
                _untrusted = ServerCertificate.Fault(certificate, _login);
                return true;
            };
        }

        await connection.OpenAsync(limit).ConfigureAwait(false);
        Begin(LoginStep.Query);
        await using (var command = new NpgsqlCommand("SELECT 1", connection))
        {
            await command.ExecuteScalarAsync(limit).ConfigureAwait(false);
        }

        Note();
        _session = await SessionAsync(connection, limit).ConfigureAwait(false);
    }

    private static async Task<SessionFacts?> SessionAsync(NpgsqlConnection connection, CancellationToken limit)
    {
        try
        {
            await using var command = new NpgsqlCommand(SessionQuery, connection);
            await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(limit).ConfigureAwait(false);
            return await reader.ReadAsync(limit).ConfigureAwait(false)
                ? new SessionFacts
                {
                    ReadOnly = reader.GetBoolean(0),
                    ReadOnlySource = reader.GetString(1),
                    InRecovery = reader.GetBoolean(2),
                    StatementTimeout = TimeSpan.FromMilliseconds(reader.GetInt64(3)),
                    StatementTimeoutSource = reader.GetString(4),
                    ClosedSchemas = reader.GetFieldValue<string[]>(5),
                    Uncreatable = reader.GetFieldValue<string[]>(6),
                    Closed = reader.GetFieldValue<string[]>(7),
                }
                : null;
        }
        catch (PostgresException answer) when (answer.SqlState != PostgresErrorCodes.QueryCanceled)
        {
            // A pooler or a server with the same protocol may not support these functions. SELECT 1 has worked.
            return null;
        }
    }

    // A published port accepts every connection, even one that leads nowhere, which is then closed immediately.
    private LoginFault Complained() => _route is PublishedRoute ? LoginFault.Refused : LoginFaults.OfComplaint(_route.Complaint);

    private void Begin(LoginStep step)
    {
        if (_stepStarted != 0)
        {
            Note();
        }

        _step = step;
        _stepStarted = Stopwatch.GetTimestamp();
    }

    private void Note() => _latencies[_step] = Stopwatch.GetElapsedTime(_stepStarted);

    private LoginReport Report(LoginFault fault, string detail)
    {
        if (fault != LoginFault.None)
        {
            Note();
        }

        return new LoginReport
        {
            Fault = fault,
            // The database name is part of the login message. Its error arrives while logging in, but belongs to a later step.
            FailedStep = fault switch
            {
                LoginFault.None => null,
                LoginFault.CertificateNotTrusted => LoginStep.Tls,
                LoginFault.DatabaseMissing or LoginFault.PermissionDenied or LoginFault.ConnectionsNotAllowed => LoginStep.Database,
                _ => _step,
            },
            // A copy: an attempt that exceeds its limit may continue to record steps.
            Latencies = new Dictionary<LoginStep, TimeSpan>(_latencies),
            OffersTls = _offersTls,
            Detail = detail,
            Route = _route.Description,
            Session = _session,
        };
    }

    /// <summary>The time limit for a relay to connect, within a limit: even a slow server accepts the connection immediately.</summary>
    /// <param name="limit">The limit of the whole login.</param>
    /// <returns>Whole seconds, at least 1.</returns>
    public static int ConnectSeconds(TimeSpan limit) => (int)Math.Clamp(Math.Floor(limit.TotalSeconds), 1, 4);

    [GeneratedRegex(@"[\u00ad\u034f\u1806\u180b-\u180d\u200b-\u200d\u2060\ufe00-\ufe0f\ufeff]", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Ignored();

    [GeneratedRegex(@"[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Spaces();
}
