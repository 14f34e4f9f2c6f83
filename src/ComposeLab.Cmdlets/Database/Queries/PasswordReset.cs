using System.Text;
using System.Text.RegularExpressions;
using ComposeLab.Compose.Secrets;
using ComposeLab.Database.Logins;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Execution;

namespace ComposeLab.Database.Queries;

/// <summary>The result of an attempt to set the password of a role.</summary>
internal enum ResetStatus
{
    /// <summary>The password was set.</summary>
    Done,

    /// <summary>The role does not exist.</summary>
    RoleMissing,

    /// <summary>Even local logins need a password: only a stopped server can be changed.</summary>
    NeedsStop,

    /// <summary>The server rejected it.</summary>
    Refused,
}

/// <summary>The result of an attempt to set the password of a role.</summary>
/// <param name="Status">The kind of result.</param>
/// <param name="Reason">The server's message if it rejected the change; otherwise empty.</param>
/// <param name="WasStopped">Whether the server was stopped for it, and started again.</param>
internal sealed record ResetOutcome(ResetStatus Status, string Reason = "", bool WasStopped = false);

/// <summary>
/// Sets the password of a role. The server gets a verifier that is computed here, by standard input, in a session that logs no statements: the password does not leave
/// this process, and the verifier is not in any command line or log.
/// </summary>
/// <param name="engine">The engine.</param>
/// <param name="container">The server's container.</param>
/// <param name="own">The login that the server was configured to create.</param>
internal sealed partial class PasswordReset(IEngine engine, ContainerDetails container, DatabaseLogin own)
{
    // Whatever the server is set to log (statements, samples of transactions, parameters, errors), it does not log this session. A setting that the role may not change,
    // or that the server does not have, is skipped.
    private const string Quiet =
        """
        \set ON_ERROR_STOP off
        \set VERBOSITY terse
        SET log_statement = 'none';
        SET log_duration = off;
        SET log_min_duration_statement = -1;
        SET log_min_duration_sample = -1;
        SET log_transaction_sample_rate = 0;
        SET log_min_error_statement = 'panic';
        SET log_parameter_max_length = 0;
        SET log_parameter_max_length_on_error = 0;
        SET log_error_verbosity = 'terse';
        SET debug_print_parse = off;
        SET debug_print_rewritten = off;
        SET pg_stat_statements.track_utility = off;
        SET pgaudit.log = 'none';
        SET standard_conforming_strings = on;
        \set ON_ERROR_STOP on
        """;

    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(60);

    // As the superuser through the socket, where the images do not require a password; with peer authentication, as the system user with the same name.
    private const string Running =
        """
        command -v psql >/dev/null 2>&1 || PATH=$PATH:/opt/bitnami/postgresql/bin:/usr/local/pgsql/bin
        command -v psql >/dev/null 2>&1 || { echo 'no psql' >&2; exit 127; }
        sql=$(cat) port=$1 refused=; shift
        for user; do
            for host in '' /var/run/postgresql /tmp 127.0.0.1; do
                said=$(printf '%s\n' "$sql" | PGHOST=$host PGPORT=$port PGCONNECT_TIMEOUT=3 PGOPTIONS='-c client_min_messages=error -c default_transaction_read_only=off' \
                    psql -X -w -A -t -q -v ON_ERROR_STOP=1 -U "$user" -d postgres -f - 2>&1)
                code=$?
                [ $code -ne 0 ] || exit 0
                case $said in *'composelab: role is missing'*) exit 3 ;; esac
                [ $code -ne 3 ] || { refused=$said; break; }
            done
        done
        [ -z "$refused" ] || { printf '%s\n' "$refused"; exit 5; }
        case $said in *'FATAL'*|*'could not connect'*|*'no password'*) exit 4 ;; esac
        printf '%s\n' "$said"
        exit 5
        """;

    // A single-user server reads one statement per line and does not require a password.
    private const string Stopped =
        """
        data=${PGDATA:-/var/lib/postgresql/data}
        sql=$(cat)
        for program in $(command -v postgres) /usr/lib/postgresql/*/bin/postgres /usr/local/pgsql/bin/postgres /opt/bitnami/postgresql/bin/postgres; do
            [ -x "$program" ] || continue
            said=$(printf '%s\n' "$sql" | "$program" --single -D "$data" -c log_statement=none -c log_duration=off -c log_min_duration_statement=-1 -c log_transaction_sample_rate=0 \
                -c log_min_error_statement=panic -c log_error_verbosity=terse -c logging_collector=off -c log_destination=stderr postgres 2>&1) || { printf '%s\n' "$said"; exit 5; }
            case $said in *'role "'*'" does not exist'*) exit 3 ;; *ERROR*|*FATAL*) printf '%s\n' "$said"; exit 5 ;; esac
            exit 0
        done
        exit 127
        """;

    /// <summary>Sets it: on the running server, or, if even local logins need a password and this is agreed to, on the stopped one.</summary>
    /// <param name="role">The role.</param>
    /// <param name="password">The password.</param>
    /// <param name="mayStop">Asks whether the server may be stopped briefly.</param>
    /// <param name="token">Cancels the attempt.</param>
    /// <returns>The result; NeedsStop without WasStopped: it was not agreed to, and nothing was changed.</returns>
    public async Task<ResetOutcome> SetAsync(string role, string password, Func<Task<bool>> mayStop, CancellationToken token)
    {
        ResetOutcome outcome = await RunAsync(role, password, token).ConfigureAwait(false);
        return outcome.Status == ResetStatus.NeedsStop && await mayStop().ConfigureAwait(false)
            ? await RunStoppedAsync(role, password, token).ConfigureAwait(false) with { WasStopped = true }
            : outcome;
    }

    private async Task<ResetOutcome> RunAsync(string role, string password, CancellationToken token)
    {
        string verifier = ScramVerifier.Of(password);
        string sql =
            $"""
            {Quiet}
            SELECT count(*) = 0 AS missing FROM pg_roles WHERE rolname = {SqlQuote.Literal(role)} \gset
            \if :missing
            \warn 'composelab: role is missing'
            SELECT 1/0;
            \endif
            ALTER ROLE {SqlQuote.Name(role)} PASSWORD {SqlQuote.Literal(verifier)};
            SELECT format('ALTER ROLE %I VALID UNTIL ''infinity''', rolname) FROM pg_roles WHERE rolname = {SqlQuote.Literal(role)} AND rolvaliduntil < now() \gexec
            """;
        string[] users = [.. new[] { own.User, "postgres" }.Distinct(StringComparer.Ordinal)];
        var spec = new ExecSpec
        {
            Command = ["sh", "-c", Running, "reset", $"{own.Port}", .. users],
            Environment = own.Password is { } known ? ["PGPASSWORD=" + known] : [],
            Input = true,
        };
        ResetOutcome outcome = Outcome(await ExecRunner.RunAsync(engine, container.Name, spec, Encoding.UTF8.GetBytes(sql), token).ConfigureAwait(false), password, verifier);
        return outcome.Status == ResetStatus.NeedsStop
            ? Outcome(await ExecRunner.RunAsync(engine, container.Name, spec with { User = "postgres" }, Encoding.UTF8.GetBytes(sql), token).ConfigureAwait(false), password, verifier)
            : outcome;
    }

    // Stops the server, sets the password with a single-user server on its data, and always starts it again.
    private async Task<ResetOutcome> RunStoppedAsync(string role, string password, CancellationToken token)
    {
        string helper = $"composelab-reset-{Guid.NewGuid():N}"[..28];
        await engine.StopContainerAsync(container.Name, StopLimit, token).ConfigureAwait(false);
        try
        {
            await TemporaryContainers.CreateAsync(
                engine,
                new ContainerSpec
                {
                    Name = helper,
                    Image = container.ImageId,
                    Entrypoint = ["sleep"],
                    Command = ["300"],
                    Environment = [.. container.Environment.Where(pair => pair.StartsWith("PGDATA=", StringComparison.Ordinal))],
                    User = "0",
                    NetworkMode = "none",
                    VolumesFrom = [container.Id],
                },
                token).ConfigureAwait(false);
            await engine.StartContainerAsync(helper, token).ConfigureAwait(false);
            ExecResult owner = await ExecRunner.RunAsync(
                engine, helper, new ExecSpec { Command = ["sh", "-c", "stat -c %u:%g \"${PGDATA:-/var/lib/postgresql/data}\""] }, token).ConfigureAwait(false);
            string verifier = ScramVerifier.Of(password);
            string sql = $"ALTER ROLE {SqlQuote.Name(role)} PASSWORD {SqlQuote.Literal(verifier)} VALID UNTIL 'infinity';";
            var spec = new ExecSpec { Command = ["sh", "-c", Stopped], User = owner.Output.Trim(), Input = true };
            return Outcome(await ExecRunner.RunAsync(engine, helper, spec, Encoding.UTF8.GetBytes(sql), token).ConfigureAwait(false), password, verifier);
        }
        finally
        {
            await TemporaryContainers.RemoveAsync(engine, helper, anonymousVolumes: false).ConfigureAwait(false);
            await engine.StartContainerAsync(container.Name, CancellationToken.None).ConfigureAwait(false);
        }
    }

    private static ResetOutcome Outcome(ExecResult result, params string[] secrets) => result.ExitCode switch
    {
        0 => new ResetOutcome(ResetStatus.Done),
        3 => new ResetOutcome(ResetStatus.RoleMissing),
        4 or 127 => new ResetOutcome(ResetStatus.NeedsStop),
        _ => new ResetOutcome(ResetStatus.Refused, Reason(result.Output, secrets)),
    };

    // The last error in the server's words. Nothing of a statement is in it; should a module of the server quote one, what is secret in it is hidden.
    private static string Reason(string said, string[] secrets)
    {
        string error = Error().Matches(said) is { Count: > 0 } errors ? errors[^1].Groups["text"].Value.Trim() : "";
        return secrets.Aggregate(SecretMask.Standard.MaskText(error), (text, secret) => text.Replace(secret, SecretMask.Masked, StringComparison.Ordinal));
    }

    [GeneratedRegex(@"(?:ERROR|FATAL|PANIC): +(?<text>[^\n]+)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Error();
}
