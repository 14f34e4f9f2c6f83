using System.Text;
using ComposeLab.Database.Logins;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Execution;

namespace ComposeLab.Database.Queries;

/// <summary>The result of an attempt to set the password of a role.</summary>
internal enum ResetOutcome
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

/// <summary>Sets the password of a role. The password is passed by standard input: it is not in any command line or log.</summary>
/// <param name="engine">The engine.</param>
/// <param name="container">The server's container.</param>
/// <param name="own">The login that the server was configured to create.</param>
internal sealed class PasswordReset(IEngine engine, ContainerDetails container, DatabaseLogin own)
{
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(60);

    // As the superuser through the socket, where the images do not require a password; with peer authentication, as the system user with the same name.
    private const string Running =
        """
        command -v psql >/dev/null 2>&1 || PATH=$PATH:/opt/bitnami/postgresql/bin:/usr/local/pgsql/bin
        command -v psql >/dev/null 2>&1 || { echo 'no psql' >&2; exit 127; }
        sql=$(cat) port=$1; shift
        for user; do
            for host in '' /var/run/postgresql /tmp 127.0.0.1; do
                said=$(printf '%s\n' "$sql" | PGHOST=$host PGPORT=$port PGCONNECT_TIMEOUT=3 PGOPTIONS='-c client_min_messages=error -c default_transaction_read_only=off' \
                    psql -X -w -A -t -q -v ON_ERROR_STOP=1 -U "$user" -d postgres -f - 2>&1) && exit 0
                case $said in *'composelab: role is missing'*) exit 3 ;; esac
                case $said in *'must be'*|*'ermission denied'*|*'nly roles'*) break ;; esac
            done
        done
        case $said in *'FATAL'*|*'could not connect'*|*'no password'*) exit 4 ;; esac
        exit 5
        """;

    // A single-user server reads one statement per line and does not require a password.
    private const string Stopped =
        """
        data=${PGDATA:-/var/lib/postgresql/data}
        sql=$(cat)
        for program in $(command -v postgres) /usr/lib/postgresql/*/bin/postgres /usr/local/pgsql/bin/postgres /opt/bitnami/postgresql/bin/postgres; do
            [ -x "$program" ] || continue
            said=$(printf '%s\n' "$sql" | "$program" --single -D "$data" -c log_statement=none -c log_min_error_statement=panic postgres 2>&1) || exit 5
            case $said in *'does not exist'*) exit 3 ;; *ERROR*|*FATAL*) exit 5 ;; esac
            exit 0
        done
        exit 127
        """;

    /// <summary>Sets it on a running server.</summary>
    /// <param name="role">The role.</param>
    /// <param name="password">The password.</param>
    /// <param name="token">Cancels the attempt.</param>
    /// <returns>The result.</returns>
    public async Task<ResetOutcome> RunAsync(string role, string password, CancellationToken token)
    {
        string sql =
            $"""
            \set ON_ERROR_STOP off
            SET log_statement = 'none';
            SET log_min_duration_statement = -1;
            SET log_min_error_statement = 'panic';
            SET standard_conforming_strings = on;
            \set ON_ERROR_STOP on
            SELECT count(*) = 0 AS missing FROM pg_roles WHERE rolname = {Literal(role)} \gset
            \if :missing
            \warn 'composelab: role is missing'
            SELECT 1/0;
            \endif
            ALTER ROLE {Name(role)} PASSWORD {Literal(password)};
            SELECT format('ALTER ROLE %I VALID UNTIL ''infinity''', rolname) FROM pg_roles WHERE rolname = {Literal(role)} AND rolvaliduntil < now() \gexec
            """;
        string[] users = [.. new[] { own.User, "postgres" }.Distinct(StringComparer.Ordinal)];
        var spec = new ExecSpec
        {
            Command = ["sh", "-c", Running, "reset", $"{own.Port}", .. users],
            Environment = own.Password is { } known ? ["PGPASSWORD=" + known] : [],
            Input = true,
        };
        ResetOutcome outcome = Outcome(await ExecRunner.RunAsync(engine, container.Name, spec, Encoding.UTF8.GetBytes(sql), token).ConfigureAwait(false));
        return outcome == ResetOutcome.NeedsStop
            ? Outcome(await ExecRunner.RunAsync(engine, container.Name, spec with { User = "postgres" }, Encoding.UTF8.GetBytes(sql), token).ConfigureAwait(false))
            : outcome;
    }

    /// <summary>Stops the server, sets the password with a single-user server on its data, and always starts it again.</summary>
    /// <param name="role">The role.</param>
    /// <param name="password">The password.</param>
    /// <param name="token">Cancels the attempt.</param>
    /// <returns>The result.</returns>
    public async Task<ResetOutcome> RunStoppedAsync(string role, string password, CancellationToken token)
    {
        string helper = $"composelab-reset-{Guid.NewGuid():N}"[..28];
        await engine.StopContainerAsync(container.Name, StopLimit, token).ConfigureAwait(false);
        try
        {
            await engine.CreateContainerAsync(
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
            string sql = $"ALTER ROLE {Name(role)} PASSWORD {Literal(password)} VALID UNTIL 'infinity';";
            var spec = new ExecSpec { Command = ["sh", "-c", Stopped], User = owner.Output.Trim(), Input = true };
            return Outcome(await ExecRunner.RunAsync(engine, helper, spec, Encoding.UTF8.GetBytes(sql), token).ConfigureAwait(false));
        }
        finally
        {
            await engine.RemoveContainerAsync(helper, force: true, anonymousVolumes: false, CancellationToken.None).ConfigureAwait(false);
            await engine.StartContainerAsync(container.Name, CancellationToken.None).ConfigureAwait(false);
        }
    }

    private static ResetOutcome Outcome(ExecResult result) => result.ExitCode switch
    {
        0 => ResetOutcome.Done,
        3 => ResetOutcome.RoleMissing,
        4 or 127 => ResetOutcome.NeedsStop,
        _ => ResetOutcome.Refused,
    };

    private static string Name(string role) => $"\"{role.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
