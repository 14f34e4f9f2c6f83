using Npgsql;

namespace ComposeLab.Database.Backups;

/// <summary>Reads what a database contains.</summary>
/// <param name="connection">A session in the database. What it sees is one state if it is in a transaction with repeatable reads.</param>
internal sealed class FactsReader(NpgsqlConnection connection)
{
    // Objects of users; what an extension created is restored by the extension.
    private const string OfUsers = "n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'";

    private const string DatabaseQuery =
        """
        SELECT d.datname::text, pg_catalog.pg_get_userbyid(d.datdba)::text, pg_catalog.pg_get_userbyid(10)::text, pg_catalog.pg_encoding_to_char(d.encoding)::text,
            d.datcollate::text, d.datctype::text, coalesce(j ->> 'datlocprovider', 'c'), coalesce(j ->> 'datlocale', j ->> 'daticulocale'), j ->> 'datcollversion',
            pg_catalog.pg_database_size(d.oid), d.datconnlimit, pg_catalog.shobj_description(d.oid, 'pg_database'), d.datacl IS NULL
        FROM pg_catalog.pg_database d, pg_catalog.to_jsonb(d) j WHERE d.datname = pg_catalog.current_database()
        """;

    private const string ExtensionQuery = "SELECT extname::text, extversion FROM pg_catalog.pg_extension ORDER BY 1";

    // Tables, and what cannot be restored without them: partitions, inheriting tables, sequences of columns, and views. Their exact size would need a lock.
    private const string RelationQuery =
        $"""
        SELECT n.nspname::text, c.relname::text, c.relkind::text, CASE WHEN c.relkind = 'r' THEN greatest(c.relpages, 0)::bigint * current_setting('block_size')::bigint ELSE 0 END, c.oid::bigint,
            ARRAY(SELECT i.inhparent::bigint FROM pg_catalog.pg_inherits i WHERE i.inhrelid = c.oid
                UNION SELECT o.refobjid::bigint FROM pg_catalog.pg_depend o WHERE c.relkind = 'S' AND o.classid = 'pg_catalog.pg_class'::regclass AND o.objid = c.oid
                    AND o.refclassid = 'pg_catalog.pg_class'::regclass AND o.deptype IN ('a', 'i')
                UNION SELECT v.refobjid::bigint FROM pg_catalog.pg_rewrite r JOIN pg_catalog.pg_depend v ON v.classid = 'pg_catalog.pg_rewrite'::regclass AND v.objid = r.oid
                    WHERE c.relkind IN ('v', 'm') AND r.ev_class = c.oid AND v.refclassid = 'pg_catalog.pg_class'::regclass AND v.refobjid <> c.oid),
            ARRAY(SELECT k.confrelid::bigint FROM pg_catalog.pg_constraint k WHERE k.contype = 'f' AND k.conrelid = c.oid AND k.confrelid <> c.oid)
        FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND c.relpersistence <> 't' AND {OfUsers}
            AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
        ORDER BY 1, 2
        """;

    private const string SequenceQuery =
        $"""
        SELECT n.nspname::text, c.relname::text, s.last_value, s.cycle
        FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            JOIN pg_catalog.pg_sequences s ON s.schemaname = n.nspname AND s.sequencename = c.relname
        WHERE c.relkind = 'S' AND c.relpersistence <> 't' AND {OfUsers}
            AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
        ORDER BY 1, 2
        """;

    private const string ObjectQuery =
        $"""
        WITH own AS (SELECT classid, objid FROM pg_catalog.pg_depend WHERE deptype = 'e')
        SELECT CASE c.relkind WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view' WHEN 'f' THEN 'foreign table' WHEN 'p' THEN 'partitioned table' ELSE 'index' END, count(*)
            FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('v', 'm', 'f', 'p', 'i', 'I') AND c.relpersistence <> 't' AND {OfUsers} AND ('pg_catalog.pg_class'::regclass, c.oid) NOT IN (SELECT classid, objid FROM own) GROUP BY 1
        UNION ALL SELECT 'function', count(*) FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
            WHERE {OfUsers} AND ('pg_catalog.pg_proc'::regclass, p.oid) NOT IN (SELECT classid, objid FROM own) HAVING count(*) > 0
        UNION ALL SELECT 'constraint', count(*) FROM pg_catalog.pg_constraint k JOIN pg_catalog.pg_namespace n ON n.oid = k.connamespace
            WHERE {OfUsers} AND k.contype IN ('c', 'f', 'p', 'u', 'x') HAVING count(*) > 0
        UNION ALL SELECT 'trigger', count(*) FROM pg_catalog.pg_trigger t WHERE NOT t.tgisinternal HAVING count(*) > 0
        UNION ALL SELECT 'schema', count(*) FROM pg_catalog.pg_namespace n WHERE {OfUsers} AND ('pg_catalog.pg_namespace'::regclass, n.oid) NOT IN (SELECT classid, objid FROM own) HAVING count(*) > 0
        """;

    private const string RoleQuery =
        $"""
        SELECT DISTINCT name FROM (
            SELECT pg_catalog.pg_get_userbyid(s.refobjid)::text AS name FROM pg_catalog.pg_shdepend s, pg_catalog.pg_database d
                WHERE d.datname = pg_catalog.current_database() AND s.refclassid = 'pg_catalog.pg_authid'::regclass
                    AND (s.dbid = d.oid OR (s.dbid = 0 AND s.classid = 'pg_catalog.pg_database'::regclass AND s.objid = d.oid))
            UNION SELECT pg_catalog.pg_get_userbyid(c.relowner)::text FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE {OfUsers}
            UNION SELECT pg_catalog.pg_get_userbyid(p.proowner)::text FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace WHERE {OfUsers}
            UNION SELECT pg_catalog.pg_get_userbyid(d.datdba)::text FROM pg_catalog.pg_database d WHERE d.datname = pg_catalog.current_database()) AS roles
        WHERE name !~ '^pg_' AND name !~ '^unknown \(' ORDER BY 1
        """;

    private const string SettingQuery =
        """
        SELECT pg_catalog.pg_get_userbyid(nullif(s.setrole, 0))::text, o.option FROM pg_catalog.pg_db_role_setting s JOIN pg_catalog.pg_database d ON d.oid = s.setdatabase,
            pg_catalog.unnest(s.setconfig) AS o(option) WHERE d.datname = pg_catalog.current_database() ORDER BY 1 NULLS FIRST, 2
        """;

    private const string GrantQuery =
        """
        SELECT CASE a.grantee WHEN 0 THEN NULL ELSE pg_catalog.pg_get_userbyid(a.grantee)::text END, a.privilege_type, a.is_grantable
        FROM pg_catalog.pg_database d, pg_catalog.aclexplode(d.datacl) a WHERE d.datname = pg_catalog.current_database() ORDER BY 1 NULLS FIRST, 2
        """;

    /// <summary>Reads everything except the numbers of rows.</summary>
    /// <param name="token">Cancels it.</param>
    /// <returns>The facts, and the relations with what they depend on.</returns>
    public async Task<(DatabaseFacts Facts, IReadOnlyList<Relation> Relations)> ReadAsync(CancellationToken token)
    {
        IReadOnlyList<Relation> relations = await RowsAsync(
            RelationQuery,
            row => new Relation(new TableFacts(row.GetString(0), row.GetString(1), row.GetInt64(3), null), row.GetString(2)[0], row.GetInt64(4))
            {
                Needs = row.GetFieldValue<long[]>(5),
                References = row.GetFieldValue<long[]>(6),
            },
            token).ConfigureAwait(false);
        (bool hasDefaultGrants, DatabaseFacts facts) = (await RowsAsync(DatabaseQuery, Database, token).ConfigureAwait(false))[0];
        IReadOnlyList<GrantFacts> grants = await RowsAsync(GrantQuery, row => new GrantFacts(Text(row, 0), row.GetString(1), row.GetBoolean(2)), token).ConfigureAwait(false);
        facts = facts with
        {
            Extensions = await RowsAsync(ExtensionQuery, row => new ExtensionFacts(row.GetString(0), row.GetString(1)), token).ConfigureAwait(false),
            Tables = [.. relations.Where(relation => relation.HasRows).Select(relation => relation.Table)],
            Sequences = await SequencesAsync(token).ConfigureAwait(false),
            LargeObjects = await NumberAsync("SELECT count(*) FROM pg_catalog.pg_largeobject_metadata", token).ConfigureAwait(false),
            Objects = (await RowsAsync(ObjectQuery, row => (row.GetString(0), row.GetInt64(1)), token).ConfigureAwait(false)).ToDictionary(),
            Roles = await RowsAsync(RoleQuery, row => row.GetString(0), token).ConfigureAwait(false),
            Settings = [.. (await RowsAsync(SettingQuery, row => (Text(row, 0), row.GetString(1).Split('=', 2)), token).ConfigureAwait(false))
                .Select(found => new SettingFacts(found.Item1, found.Item2[0], found.Item2[^1]))],
            Grants = hasDefaultGrants ? null : grants,
        };
        return (facts, relations);
    }

    /// <summary>Reads the sequences.</summary>
    /// <param name="token">Cancels it.</param>
    /// <returns>The sequences, with the current value as the first and the last one.</returns>
    public Task<IReadOnlyList<SequenceFacts>> SequencesAsync(CancellationToken token) =>
        RowsAsync(SequenceQuery, row => new SequenceFacts(row.GetString(0), row.GetString(1), Number(row, 2), Number(row, 2), row.GetBoolean(3)), token);

    /// <summary>Counts the rows of a table.</summary>
    /// <param name="table">The table.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>The number, without the rows of tables that inherit from it.</returns>
    public Task<long> CountAsync(TableFacts table, CancellationToken token) =>
        NumberAsync($"SELECT count(*) FROM ONLY {Queries.SqlQuote.Name(table.Schema)}.{Queries.SqlQuote.Name(table.Name)}", token);

    /// <summary>Reads everything, with the numbers of rows.</summary>
    /// <param name="counted">Whether rows are counted.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>The facts.</returns>
    public async Task<DatabaseFacts> ReadAllAsync(bool counted, CancellationToken token)
    {
        (DatabaseFacts facts, _) = await ReadAsync(token).ConfigureAwait(false);
        var tables = new List<TableFacts>();
        foreach (TableFacts table in facts.Tables)
        {
            tables.Add(counted ? table with { Rows = await CountAsync(table, token).ConfigureAwait(false) } : table);
        }

        return facts with { Tables = tables };
    }

    /// <summary>Runs a statement without a result.</summary>
    /// <param name="sql">The statement.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>Completes when it ran.</returns>
    public async Task RunAsync(string sql, CancellationToken token)
    {
        await using NpgsqlCommand command = Command(sql);
        await command.ExecuteNonQueryAsync(token).ConfigureAwait(false);
    }

    /// <summary>Reads rows.</summary>
    /// <typeparam name="T">What a row becomes.</typeparam>
    /// <param name="sql">The query.</param>
    /// <param name="read">Reads one row.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>The rows.</returns>
    public async Task<IReadOnlyList<T>> RowsAsync<T>(string sql, Func<NpgsqlDataReader, T> read, CancellationToken token)
    {
        var rows = new List<T>();
        await using NpgsqlCommand command = Command(sql);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(token).ConfigureAwait(false);
        while (await reader.ReadAsync(token).ConfigureAwait(false))
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    private async Task<long> NumberAsync(string sql, CancellationToken token) => (await RowsAsync(sql, row => row.GetInt64(0), token).ConfigureAwait(false))[0];

    private NpgsqlCommand Command(string sql) => new(sql, connection) { CommandTimeout = 0 };

    private static (bool HasDefaultGrants, DatabaseFacts Facts) Database(NpgsqlDataReader row) => (row.GetBoolean(12), new DatabaseFacts
    {
        Name = row.GetString(0),
        Owner = row.GetString(1),
        Superuser = row.GetString(2),
        Encoding = row.GetString(3),
        Collation = row.GetString(4),
        CharacterType = row.GetString(5),
        LocaleProvider = row.GetString(6),
        ProviderLocale = Text(row, 7),
        CollationVersion = Text(row, 8),
        Bytes = row.GetInt64(9),
        ConnectionLimit = row.GetInt32(10),
        Comment = Text(row, 11),
    });

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static long? Number(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt64(column);
}
