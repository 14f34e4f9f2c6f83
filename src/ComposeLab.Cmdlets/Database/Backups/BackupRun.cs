using System.Diagnostics;
using ComposeLab.Compose.Model;
using ComposeLab.Engine.Docker;
using ComposeLab.Engines;
using ComposeLab.Errors;
using ComposeLab.Files;
using ComposeLab.Projects;
using ComposeLab.Stacks;
using Npgsql;

namespace ComposeLab.Database.Backups;

/// <summary>Backs up one database: in one snapshot, it is dumped and its rows are counted, while clients continue to write.</summary>
/// <param name="session">The engine.</param>
/// <param name="selection">How the user selected the project.</param>
/// <param name="project">The project.</param>
/// <param name="service">The database's service.</param>
/// <param name="choice">What the backup contains.</param>
/// <param name="time">The clock.</param>
/// <param name="server">The server that has the data of the service while it does not run itself; null for the service.</param>
/// <param name="oldest">The oldest major version of the programs; 0 for that of the server.</param>
internal sealed class BackupRun(
    EngineSession session, ProjectSelection selection, ComposeProject project, ServiceDefinition service, BackupChoice choice, TimeProvider time, SideServer? server = null, int oldest = 0)
{
    private const string DatabaseQuery = "SELECT datname::text FROM pg_catalog.pg_database WHERE NOT datistemplate AND datallowconn ORDER BY 1";

    /// <summary>Lists the databases of the server.</summary>
    /// <param name="token">Cancels it.</param>
    /// <returns>The names, without templates.</returns>
    /// <exception cref="LabException">StackNotRunning, DatabaseUnreachable.</exception>
    public async Task<IReadOnlyList<string>> DatabasesAsync(CancellationToken token)
    {
        await using DatabaseAccess access = await OpenAsync(null, token).ConfigureAwait(false);
        return await Guarded(access, () => new FactsReader(access.Connection).RowsAsync(DatabaseQuery, row => row.GetString(0), token)).ConfigureAwait(false);
    }

    /// <summary>Backs up a database.</summary>
    /// <param name="database">The database; null for that of the service.</param>
    /// <param name="pathOf">Returns the full path of the backup of a database.</param>
    /// <param name="progress">Receives the progress.</param>
    /// <param name="token">Cancels it; nothing is left behind then.</param>
    /// <returns>The path and the manifest of the backup, which is complete.</returns>
    /// <exception cref="LabException">StackNotRunning, DatabaseUnreachable, ProgramNotFound, TableNotFound, FileUnwritable, BackupFailed.</exception>
    public async Task<(string Path, BackupManifest Manifest)> RunAsync(string? database, Func<string, string> pathOf, BackupProgress progress, CancellationToken token)
    {
        (IEngine engine, string container) = server is null ? await FindAsync(token).ConfigureAwait(false) : (session.Engine, server.Container);
        ContainerDetails details = await engine.InspectContainerAsync(container, token).ConfigureAwait(false)
            ?? throw Failed(database ?? service.Name, "its container no longer exists.", null);
        await using DatabaseAccess access = await OpenAsync(database, token).ConfigureAwait(false);
        (string version, int major) = await Guarded(access, () => VersionAsync(access.Connection, token)).ConfigureAwait(false);
        string[] programs = choice.Globals ? [ClientPrograms.Dump, ClientPrograms.DumpAll] : [ClientPrograms.Dump];
        await using ClientContainer client = await ClientContainer.OpenAsync(engine, container, access.Login, Math.Max(major, oldest), programs, token).ConfigureAwait(false);

        progress.Begin("read the catalog");
        DateTimeOffset started = time.GetUtcNow();
        long clock = Stopwatch.GetTimestamp();
        var reader = new FactsReader(access.Connection);
        (string snapshot, DatabaseFacts facts, IReadOnlyList<Relation> relations) = await Guarded(access, () => BeginAsync(reader, token)).ConfigureAwait(false);
        IReadOnlyList<Relation> excluded = TableExclusion.Resolve(relations, choice.ExcludedTables);
        TableFacts[] dumped = [.. facts.Tables.Except(excluded.Select(table => table.Table))];
        string path = pathOf(facts.Name);
        await using BackupTarget target = BackupTarget.Open(path, choice.Format, progress.Bytes);
        progress.Begin("dump", dumped.Length);

        // If one of the two fails, the other one is stopped.
        using var both = CancellationTokenSource.CreateLinkedTokenSource(token);
        Task<TableFacts[]> counting = EndingAsync(Guarded(access, () => CountAsync(reader, dumped, both.Token)), both);
        Task<bool> dumping = EndingAsync(DumpAsync(client, facts.Name, snapshot, excluded, target.Stream, progress, both.Token), both);
        await FirstFaultAsync(dumping, counting).ConfigureAwait(false);
        facts = facts with
        {
            Tables = await counting.ConfigureAwait(false),
            Sequences = await Guarded(access, () => SequencesAsync(reader, facts.Sequences, [.. excluded.Select(relation => relation.Table.ToString())], token)).ConfigureAwait(false),
        };

        IReadOnlyList<BackupPart> files = await target.CompleteAsync().ConfigureAwait(false);
        await using HashedFile? globals = choice.Globals ? new HashedFile(path + ".globals.sql", _ => { }) : null;
        if (globals is not null)
        {
            progress.Begin("roles and tablespaces");
            await RunAsync(client, client.Programs.Command(ClientPrograms.DumpAll, client.Login, ["--globals-only"]), "The roles", globals, _ => { }, token).ConfigureAwait(false);
        }

        var manifest = new BackupManifest
        {
            ManifestVersion = BackupManifest.CurrentVersion,
            ProjectName = project.Name,
            Service = service.Name,
            Image = details.Image,
            ImageId = details.ImageId,
            ServerVersion = version,
            ServerMajor = major,
            ProgramMajor = client.Programs.Major,
            Format = choice.Format,
            SchemaOnly = choice.SchemaOnly,
            ExcludedTables = [.. excluded.Select(table => table.Table.ToString())],
            StartedAt = started,
            Duration = Stopwatch.GetElapsedTime(clock),
            Files = files,
            Globals = globals?.Describe(),
            Database = facts,
        };
        // A manifest without its backup is reported as missing; a backup never has the manifest of another one.
        File.Delete(BackupManifest.PathOf(path));
        globals?.Keep();
        target.Keep();
        await PrivateFile.WriteAsync(BackupManifest.PathOf(path), manifest.Write(), PrivateFile.OwnerOnly, token).ConfigureAwait(false);
        return (path, manifest);
    }

    private async Task<(IEngine Engine, string Container)> FindAsync(CancellationToken token)
    {
        LocatedContainer found = await RunningContainer.FindAsync(session, selection, project.Name, service.Name, null, null, token).ConfigureAwait(false);
        return (found.Engine, found.Id);
    }

    private Task<DatabaseAccess> OpenAsync(string? database, CancellationToken token) => server is not null
        ? server.OpenAsync(selection, database ?? server.Login.Database, token)
        : DatabaseAccess.OpenAsync(session, selection, project, service, new AccessRequest(database), token);

    private static async Task<(string Version, int Major)> VersionAsync(NpgsqlConnection connection, CancellationToken token)
    {
        (string text, int number) = (await new FactsReader(connection).RowsAsync(
            "SELECT current_setting('server_version'), current_setting('server_version_num')::int", row => (row.GetString(0), row.GetInt32(1)), token).ConfigureAwait(false))[0];
        return (text.Split(' ')[0], number / 10_000);
    }

    private static async Task<(string Snapshot, DatabaseFacts Facts, IReadOnlyList<Relation> Relations)> BeginAsync(FactsReader reader, CancellationToken token)
    {
        await reader.RunAsync("SET statement_timeout = 0; SET lock_timeout = '60s'; SET idle_in_transaction_session_timeout = 0; SET row_security = off", token).ConfigureAwait(false);
        await reader.RunAsync("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", token).ConfigureAwait(false);
        string snapshot = (await reader.RowsAsync("SELECT pg_catalog.pg_export_snapshot()", row => row.GetString(0), token).ConfigureAwait(false))[0];
        (DatabaseFacts facts, IReadOnlyList<Relation> relations) = await reader.ReadAsync(token).ConfigureAwait(false);
        return (snapshot, facts, relations);
    }

    private async Task<TableFacts[]> CountAsync(FactsReader reader, TableFacts[] tables, CancellationToken token)
    {
        if (choice.SchemaOnly)
        {
            return tables;
        }

        var counted = new List<TableFacts>(tables.Length);
        foreach (TableFacts table in tables)
        {
            counted.Add(table with { Rows = await reader.CountAsync(table, token).ConfigureAwait(false) });
        }

        return [.. counted];
    }

    private static async Task<IReadOnlyList<SequenceFacts>> SequencesAsync(FactsReader reader, IReadOnlyList<SequenceFacts> before, HashSet<string> excluded, CancellationToken token)
    {
        Dictionary<string, SequenceFacts> first = before.ToDictionary(sequence => sequence.ToString(), StringComparer.Ordinal);
        return [.. (await reader.SequencesAsync(token).ConfigureAwait(false))
            .Where(sequence => !excluded.Contains(sequence.ToString()) && first.ContainsKey(sequence.ToString()))
            .Select(sequence => sequence with { Before = first[sequence.ToString()].Before })];
    }

    private Task<bool> DumpAsync(
        ClientContainer client, string database, string snapshot, IReadOnlyList<Relation> excluded, Stream file, BackupProgress progress, CancellationToken token)
    {
        IReadOnlyList<string> arguments = ClientPrograms.DumpArguments(choice, snapshot, [.. excluded.Select(table => table.Table)]);
        ExecSpec spec = client.Programs.Command(ClientPrograms.Dump, client.Login, arguments, database);
        return RunAsync(client, choice.Format == LabDbBackupFormat.Directory ? ClientPrograms.Packed(spec) : spec, $"Database '{database}'", file, progress.Table, token);
    }

    private async Task<bool> RunAsync(ClientContainer client, ExecSpec spec, string subject, Stream file, Action<string> onTable, CancellationToken token)
    {
        await using var messages = new ClientMessages(onTable);
        int code = await client.RunAsync(spec, null, file, messages, token).ConfigureAwait(false);
        if (code != 0)
        {
            string why = messages.Errors is [.., var error] ? error : messages.Last.Length > 0 ? messages.Last : $"the program ended with exit code {code}.";
            throw Failed(subject, why, null);
        }

        return true;
    }

    private LabException Failed(string subject, string why, Exception? inner) => new(
        LabErrorId.BackupFailed,
        $"{subject} in {service.Name} of {project.Name} was not backed up: {why}",
        $"Run {new CommandText(selection).Of("Test-LabDb")} to check the database, or {new CommandText(selection).Of($"Get-LabLog {CommandText.Quote(service.Name)} -Tail 50")} to see its log",
        subject,
        inner);

    private async Task<T> Guarded<T>(DatabaseAccess access, Func<Task<T>> query)
    {
        try
        {
            return await query().ConfigureAwait(false);
        }
        catch (PostgresException answer)
        {
            throw Failed($"Database '{access.Login.Database}'", $"{answer.SqlState}: {answer.MessageText}", answer);
        }
        catch (NpgsqlException broken)
        {
            throw access.Broken(broken);
        }
    }

    private static async Task<T> EndingAsync<T>(Task<T> work, CancellationTokenSource others)
    {
        try
        {
            return await work.ConfigureAwait(false);
        }
        catch
        {
            await others.CancelAsync().ConfigureAwait(false);
            throw;
        }
    }

    // The cause is the first error; that the other work was canceled is its consequence.
    private static async Task FirstFaultAsync(params Task[] works)
    {
        await Task.WhenAll(works).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Task? failed = Array.Find(works, work => work.Exception is not null) ?? Array.Find(works, work => work.IsCanceled);
        await (failed ?? Task.CompletedTask).ConfigureAwait(false);
    }
}
