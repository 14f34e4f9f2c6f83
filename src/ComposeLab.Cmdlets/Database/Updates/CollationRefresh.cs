using ComposeLab.Database.Backups;
using ComposeLab.Database.Queries;
using ComposeLab.Errors;
using Npgsql;

namespace ComposeLab.Database.Updates;

/// <summary>A collation whose version on the system differs from the one that indexes were created with.</summary>
/// <param name="Database">The database.</param>
/// <param name="Schema">Its schema; null for the default collation of the database.</param>
/// <param name="Name">Its name; null for the default collation of the database.</param>
/// <param name="OldVersion">The recorded version.</param>
/// <param name="NewVersion">The version of the system.</param>
internal sealed record OutdatedCollation(string Database, string? Schema, string? Name, string? OldVersion, string? NewVersion)
{
    /// <summary>The collation, as schema and name; null for the default one.</summary>
    public string? Collation => Name is null ? null : $"{Schema}.{Name}";
}

/// <summary>Rebuilds the indexes of databases whose collations have another version now, and then records the version.</summary>
internal static class CollationRefresh
{
    private const string DatabaseQuery =
        """
        SELECT datname::text FROM pg_catalog.pg_database WHERE datallowconn AND datname <> 'template0' ORDER BY 1
        """;

    private const string OutdatedQuery =
        """
        SELECT NULL::text, NULL::text, datcollversion, pg_catalog.pg_database_collation_actual_version(oid) FROM pg_catalog.pg_database
            WHERE datname = pg_catalog.current_database() AND datcollversion IS DISTINCT FROM pg_catalog.pg_database_collation_actual_version(oid)
        UNION ALL SELECT n.nspname::text, c.collname::text, c.collversion, pg_catalog.pg_collation_actual_version(c.oid)
            FROM pg_catalog.pg_collation c JOIN pg_catalog.pg_namespace n ON n.oid = c.collnamespace
            WHERE c.collprovider <> 'd' AND c.collencoding IN (-1, (SELECT encoding FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database()))
                AND c.collversion IS DISTINCT FROM pg_catalog.pg_collation_actual_version(c.oid)
        """;

    /// <summary>Finds the outdated collations of a server.</summary>
    /// <param name="open">Opens a session in a database.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>The collations, by database.</returns>
    public static async Task<IReadOnlyList<OutdatedCollation>> FindAsync(Func<string, CancellationToken, Task<NpgsqlConnection>> open, CancellationToken token)
    {
        IReadOnlyList<string> databases;
        await using (NpgsqlConnection connection = await open("postgres", token).ConfigureAwait(false))
        {
            databases = await new FactsReader(connection).RowsAsync(DatabaseQuery, row => row.GetString(0), token).ConfigureAwait(false);
        }

        var found = new List<OutdatedCollation>();
        foreach (string database in databases)
        {
            await using NpgsqlConnection connection = await open(database, token).ConfigureAwait(false);
            found.AddRange(await new FactsReader(connection).RowsAsync(
                OutdatedQuery, row => new OutdatedCollation(database, Text(row, 0), Text(row, 1), Text(row, 2), Text(row, 3)), token).ConfigureAwait(false));
        }

        return found;
    }

    /// <summary>The statements for one database. The version is recorded last: until then, the server warns.</summary>
    /// <param name="database">The database.</param>
    /// <param name="outdated">Its outdated collations.</param>
    /// <returns>The statements; none of them can be in a transaction.</returns>
    public static IReadOnlyList<string> Statements(string database, IReadOnlyList<OutdatedCollation> outdated) =>
    [
        $"REINDEX DATABASE {SqlQuote.Name(database)}",
        .. outdated.Where(collation => collation.Name is not null).Select(collation => $"ALTER COLLATION {SqlQuote.Name(collation.Schema!)}.{SqlQuote.Name(collation.Name!)} REFRESH VERSION"),
        .. outdated.Any(collation => collation.Name is null) ? [$"ALTER DATABASE {SqlQuote.Name(database)} REFRESH COLLATION VERSION"] : Array.Empty<string>(),
    ];

    /// <summary>Runs the statements for one database.</summary>
    /// <param name="open">Opens a session in a database.</param>
    /// <param name="database">The database.</param>
    /// <param name="outdated">Its outdated collations.</param>
    /// <param name="token">Cancels it; the next run continues with what is left.</param>
    /// <returns>Completes when everything is rebuilt and recorded.</returns>
    public static async Task RunAsync(
        Func<string, CancellationToken, Task<NpgsqlConnection>> open, string database, IReadOnlyList<OutdatedCollation> outdated, CancellationToken token)
    {
        await using NpgsqlConnection connection = await open(database, token).ConfigureAwait(false);
        foreach (string statement in Statements(database, outdated))
        {
            await new FactsReader(connection).RunAsync(statement, token).ConfigureAwait(false);
        }
    }

    /// <summary>Converts the errors of the server.</summary>
    /// <param name="access">The session of the command.</param>
    /// <param name="service">The service, for the message.</param>
    /// <param name="work">The work.</param>
    /// <returns>Completes with the work.</returns>
    /// <exception cref="LabException">UpdateFailed, DatabaseUnreachable.</exception>
    public static async Task GuardAsync(DatabaseAccess access, string service, Func<Task> work)
    {
        try
        {
            await work().ConfigureAwait(false);
        }
        catch (PostgresException refused)
        {
            throw new LabException(
                LabErrorId.UpdateFailed, $"The indexes of {service} were not rebuilt: {refused.SqlState}: {refused.MessageText}", "Fix the reason and run the command again: it continues with what is left", service, refused);
        }
        catch (NpgsqlException broken)
        {
            throw access.Broken(broken);
        }
    }

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
