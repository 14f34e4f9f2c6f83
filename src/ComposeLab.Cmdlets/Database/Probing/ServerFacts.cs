using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using ComposeLab.Database.Logins;
using ComposeLab.Engine;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Execution;

namespace ComposeLab.Database.Probing;

/// <summary>A role of the server.</summary>
/// <param name="Name">Its name.</param>
/// <param name="CanLogIn">Whether it may log in.</param>
/// <param name="IsSuperuser">Whether it is a superuser.</param>
/// <param name="Limit">The maximum number of connections; -1 for no limit.</param>
/// <param name="IsExpired">Whether its password has expired.</param>
/// <param name="HasPassword">Whether it has one; null if unknown.</param>
internal sealed record RoleFacts(string Name, bool CanLogIn, bool IsSuperuser, int Limit, bool IsExpired, bool? HasPassword);

/// <summary>A database of the server.</summary>
/// <param name="Name">Its name.</param>
/// <param name="TakesConnections">Whether it accepts connections.</param>
/// <param name="Limit">The maximum number of connections; -1 for no limit.</param>
internal sealed record CatalogFacts(string Name, bool TakesConnections, int Limit);

/// <summary>Sessions of one origin.</summary>
/// <param name="Address">The client's address; empty for local ones.</param>
/// <param name="Count">The number of sessions.</param>
internal sealed record SessionCount(string Address, int Count);

/// <summary>Data of a server about itself, queried as its own superuser inside its container, where the images do not require a password.</summary>
internal sealed record ServerFacts
{
    private const string Query =
        """
        SELECT json_build_object(
            'roles', (SELECT json_agg(json_build_array(rolname, rolcanlogin, rolsuper, rolconnlimit, coalesce(rolvaliduntil < now(), false), NULL)) FROM pg_roles WHERE rolname !~ '^pg_'),
            'databases', (SELECT json_agg(json_build_array(datname, datallowconn, datconnlimit)) FROM pg_database WHERE NOT datistemplate),
            'max', current_setting('max_connections')::int,
            'port', current_setting('port')::int,
            'hba', current_setting('hba_file'),
            'sessions', (SELECT json_agg(json_build_array(coalesce(host(client_addr), ''), n)) FROM (
                SELECT client_addr, count(*) AS n FROM pg_stat_activity WHERE backend_type = 'client backend' GROUP BY client_addr) s))
        """;

    // The socket is tried in the default location of the programs and in the usual locations of servers, then the loopback.
    private const string Script =
        """
        command -v psql >/dev/null 2>&1 || PATH=$PATH:/opt/bitnami/postgresql/bin:/usr/local/pgsql/bin
        command -v psql >/dev/null 2>&1 || exit 127
        query=$1 port=$2; shift 2
        for user; do
            for host in '' /var/run/postgresql /tmp 127.0.0.1; do
                for database in postgres template1; do
                    said=$(PGHOST=$host PGPORT=$port PGCONNECT_TIMEOUT=3 PGOPTIONS='-c statement_timeout=0 -c default_transaction_read_only=off -c client_min_messages=error' \
                        psql -X -w -A -t -q -U "$user" -d "$database" -c "$query" 2>&1) && { printf '%s\n' "$said"; exit 0; }
                    case $said in *'database "'*'does not exist'*) ;; *) break ;; esac
                done
                case $said in *'role "'*'does not exist'*) printf 'norole %s\n' "$user" >&2; break ;; esac
            done
        done
        exit 1
        """;

    /// <summary>The roles, without system roles.</summary>
    public IReadOnlyList<RoleFacts> Roles { get; init; } = [];

    /// <summary>The databases, without templates.</summary>
    public IReadOnlyList<CatalogFacts> Databases { get; init; } = [];

    /// <summary>The maximum number of sessions.</summary>
    public int MaxConnections { get; init; }

    /// <summary>The port it listens on.</summary>
    public int Port { get; init; }

    /// <summary>The path of its pg_hba.conf in its container.</summary>
    public string HbaFile { get; init; } = "";

    /// <summary>The open sessions.</summary>
    public IReadOnlyList<SessionCount> Sessions { get; init; } = [];

    /// <summary>Queries the server.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="container">The server's container, running.</param>
    /// <param name="own">The login that it was configured to create.</param>
    /// <param name="token">Cancels the attempt.</param>
    /// <returns>The facts; null if no query was possible.</returns>
    public static async Task<ServerFacts?> AskAsync(IEngine engine, string container, DatabaseLogin own, CancellationToken token)
    {
        string[] users = [.. new[] { own.User, "postgres" }.Distinct(StringComparer.Ordinal)];
        (string? answer, bool isRoleMissing) = await AskAsync(engine, container, own, users, token).ConfigureAwait(false);
        if (answer is null && isRoleMissing)
        {
            // Created with another user: the file of the system catalog contains its name.
            IReadOnlyList<string> names = await RoleFile.ReadAsync(engine, container, token).ConfigureAwait(false);
            string[] others = [.. names.Except(users)];
            (answer, _) = others.Length == 0 ? (null, false) : await AskAsync(engine, container, own, others, token).ConfigureAwait(false);
        }

        return answer is null ? null : Parse(answer);
    }

    /// <summary>Runs one statement as the first of several users that works, and reads the output.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="container">The server's container, running.</param>
    /// <param name="own">Port and password.</param>
    /// <param name="users">The users.</param>
    /// <param name="query">The statement.</param>
    /// <param name="token">Cancels the attempt.</param>
    /// <returns>The output; null if no user could log in; and whether a user was missing.</returns>
    public static async Task<(string? Answer, bool IsRoleMissing)> RunAsync(
        IEngine engine, string container, DatabaseLogin own, IReadOnlyList<string> users, string query, CancellationToken token)
    {
        var spec = new ExecSpec
        {
            Command = ["sh", "-c", Script, "facts", query, $"{own.Port}", .. users],
            Environment = own.Password is { } password ? ["PGPASSWORD=" + password] : [],
        };
        try
        {
            ExecResult result = await ExecRunner.RunAsync(engine, container, spec, token).ConfigureAwait(false);
            return (result.ExitCode == 0 ? result.Output.Trim() : null, result.Error.Contains("norole ", StringComparison.Ordinal));
        }
        catch (EngineException)
        {
            return (null, false);
        }
    }

    /// <summary>Finds a role.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The role; null if it does not exist.</returns>
    public RoleFacts? Role(string name) => Roles.FirstOrDefault(role => role.Name == name);

    private static Task<(string? Answer, bool IsRoleMissing)> AskAsync(IEngine engine, string container, DatabaseLogin own, IReadOnlyList<string> users, CancellationToken token) =>
        RunAsync(engine, container, own, users, Query, token);

    private static ServerFacts? Parse(string answer)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(answer);
            JsonElement root = json.RootElement;
            return new ServerFacts
            {
                Roles = [.. Rows(root, "roles").Select(row => new RoleFacts(
                    row[0].GetString()!, row[1].GetBoolean(), row[2].GetBoolean(), row[3].GetInt32(), row[4].GetBoolean(), row[5].ValueKind == JsonValueKind.Null ? null : row[5].GetBoolean()))],
                Databases = [.. Rows(root, "databases").Select(row => new CatalogFacts(row[0].GetString()!, row[1].GetBoolean(), row[2].GetInt32()))],
                MaxConnections = root.GetProperty("max").GetInt32(),
                Port = root.GetProperty("port").GetInt32(),
                HbaFile = root.GetProperty("hba").GetString() ?? "",
                Sessions = [.. Rows(root, "sessions").Select(row => new SessionCount(row[0].GetString()!, row[1].GetInt32()))],
            };
        }
        catch (Exception unfit) when (unfit is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return null;
        }
    }

    private static IEnumerable<JsonElement> Rows(JsonElement root, string name) =>
        root.TryGetProperty(name, out JsonElement rows) && rows.ValueKind == JsonValueKind.Array ? rows.EnumerateArray().ToArray() : [];
}

/// <summary>Reads role names from the server's file (<c>global/1260</c>), if no login is possible.</summary>
internal static class RoleFile
{
    private const int PageBytes = 8192;
    private const int NameBytes = 64;
    private const int LargestFile = 1024 * 1024;

    /// <summary>Reads the file.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="container">The server's container, running.</param>
    /// <param name="token">Cancels the attempt.</param>
    /// <returns>The names, without system roles.</returns>
    public static async Task<IReadOnlyList<string>> ReadAsync(IEngine engine, string container, CancellationToken token)
    {
        var spec = new ExecSpec { Command = ["sh", "-c", $"head -c {LargestFile} \"${{PGDATA:-/var/lib/postgresql/data}}/global/1260\""], User = "0" };
        try
        {
            using IExecSession session = await engine.StartExecAsync(container, spec, token).ConfigureAwait(false);
            using var output = new MemoryStream();
            await session.CopyOutputAsync(output, Stream.Null, token).ConfigureAwait(false);
            return Names(output.ToArray());
        }
        catch (EngineException)
        {
            return [];
        }
    }

    /// <summary>Reads the pages of the table.</summary>
    /// <param name="file">The file's bytes.</param>
    /// <returns>The names, each once.</returns>
    public static IReadOnlyList<string> Names(ReadOnlySpan<byte> file)
    {
        var names = new SortedSet<string>(StringComparer.Ordinal);
        for (int start = 0; start + PageBytes <= file.Length; start += PageBytes)
        {
            ReadOnlySpan<byte> page = file.Slice(start, PageBytes);
            int end = BinaryPrimitives.ReadUInt16LittleEndian(page[12..]);
            for (int at = 24; at + 4 <= Math.Min(end, PageBytes); at += 4)
            {
                // Offset, state and length of a row share four bytes. Its header contains the start of its columns: the number, then the name.
                uint pointer = BinaryPrimitives.ReadUInt32LittleEndian(page[at..]);
                int row = (int)(pointer & 0x7fff);
                int column = row + 23 < PageBytes ? row + page[row + 22] + 4 : PageBytes;
                if (((pointer >> 15) & 3) != 1 || column + NameBytes > PageBytes)
                {
                    continue;
                }

                ReadOnlySpan<byte> name = page.Slice(column, NameBytes);
                string text = Encoding.UTF8.GetString(name[..Math.Max(name.IndexOf((byte)0), 0)]);
                if (text.Length > 0 && !text.StartsWith("pg_", StringComparison.Ordinal))
                {
                    names.Add(text);
                }
            }
        }

        return [.. names];
    }
}
