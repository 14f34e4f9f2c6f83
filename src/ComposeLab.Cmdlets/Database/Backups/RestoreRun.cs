using System.Diagnostics;
using ComposeLab.Compose.Model;
using ComposeLab.Database.Probing;
using ComposeLab.Engines;
using ComposeLab.Errors;
using ComposeLab.Formatting;
using ComposeLab.Projects;
using ComposeLab.Stacks;
using Npgsql;

namespace ComposeLab.Database.Backups;

/// <summary>Restores a backup into a server: beside the existing database, which is exchanged when the restored one is complete.</summary>
/// <param name="session">The engine.</param>
/// <param name="selection">How the user selected the project.</param>
/// <param name="project">The project.</param>
/// <param name="service">The database's service.</param>
/// <param name="source">The backup.</param>
/// <param name="choice">How it is restored.</param>
/// <param name="time">The clock.</param>
internal sealed class RestoreRun(
    EngineSession session, ProjectSelection selection, ComposeProject project, ServiceDefinition service, BackupSource source, RestoreChoice choice, TimeProvider time)
{
    private const int Attempts = 20;

    private static readonly TimeSpan CleanUpLimit = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private BackupManifest Manifest => source.Manifest;

    private string Name => choice.Into ?? Manifest.Database.Name;

    /// <summary>Looks at the server, without changing anything.</summary>
    /// <param name="token">Cancels it.</param>
    /// <returns>What the restore will do.</returns>
    /// <exception cref="LabException">StackNotRunning, DatabaseUnreachable, BackupTooNew, RoleNotFound, DiskFull.</exception>
    public async Task<RestorePlan> PlanAsync(CancellationToken token)
    {
        await using DatabaseAccess access = await OpenAsync(DatabaseCopy.Maintenance(Name), token).ConfigureAwait(false);
        LocatedContainer container = await FindAsync(token).ConfigureAwait(false);
        ServerState state = await GuardedAsync(() => ReadAsync(new FactsReader(access.Connection), token)).ConfigureAwait(false);
        state = state with { FreeBytes = await DiskProbe.FreeAsync(container.Engine, container.Id, token).ConfigureAwait(false) };
        return RestorePlan.Of(Manifest, source.Path, state, Name, choice, time.GetUtcNow());
    }

    /// <summary>Restores the backup. If it fails or is canceled, the existing database is unchanged and still serves.</summary>
    /// <param name="plan">What was planned.</param>
    /// <param name="progress">Receives the progress.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>The result.</returns>
    /// <exception cref="LabException">BackupInvalid, ProgramNotFound, RestoreFailed, DatabaseUnreachable.</exception>
    public async Task<LabDbRestore> RunAsync(RestorePlan plan, BackupProgress progress, CancellationToken token)
    {
        long clock = Stopwatch.GetTimestamp();
        IReadOnlyList<LabDbDifference> changed = await source.CheckAsync(progress, token).ConfigureAwait(false);
        if (changed.Count > 0)
        {
            throw new LabException(
                LabErrorId.BackupInvalid, $"{source.Path} is not the backup that its manifest describes: {string.Join("; ", changed)}. Nothing was changed.", "Use another backup", source.Path);
        }

        LocatedContainer container = await FindAsync(token).ConfigureAwait(false);
        await using DatabaseAccess access = await OpenAsync(DatabaseCopy.Maintenance(Name), token).ConfigureAwait(false);
        await using ClientContainer client = await ClientContainer.OpenAsync(
            container.Engine, container.Id, access.Login, Math.Max(Manifest.ProgramMajor, Manifest.ServerMajor), DatabaseCopy.Programs(Manifest, choice.Globals), token).ConfigureAwait(false);
        var copy = new DatabaseCopy(client, access.OpenAsync, source, progress);
        bool isDone = false;
        try
        {
            IReadOnlyList<LabDbDifference> errors = choice.Globals ? await GuardedAsync(() => copy.RestoreGlobalsAsync(token)).ConfigureAwait(false) : [];
            IReadOnlyList<LabDbDifference> differences = errors.Count > 0 ? errors : await GuardedAsync(() => copy.RestoreAsync(plan.Draft, !choice.NoOwner, token)).ConfigureAwait(false);
            if (differences.Count > 0)
            {
                throw Failed($"{string.Join("; ", differences.Take(3))}{(differences.Count > 3 ? $"; and {differences.Count - 3} more" : "")}", null);
            }

            progress.Begin("collect statistics");
            await GuardedAsync(() => AnalyzeAsync(access, plan.Draft, token)).ConfigureAwait(false);
            progress.Begin("exchange the databases");
            await GuardedAsync(() => ExchangeAsync(access, plan, token)).ConfigureAwait(false);
            isDone = true;
        }
        finally
        {
            if (!isDone)
            {
                await DropAsync(access, plan.Draft).ConfigureAwait(false);
            }
        }

        bool isDiscarded = plan.Before is not null && choice.DiscardOld && await DropAsync(access, plan.Before).ConfigureAwait(false);
        return new LabDbRestore
        {
            ProjectName = project.Name,
            Service = service.Name,
            Database = Name,
            PreviousDatabase = isDiscarded ? null : plan.Before,
            BackupFile = source.Path,
            BackupCreatedAt = Manifest.StartedAt,
            Tables = Manifest.Database.Tables.Count,
            Rows = Manifest.Rows,
            Duration = Stopwatch.GetElapsedTime(clock),
        };
    }

    private Task<LocatedContainer> FindAsync(CancellationToken token) =>
        RunningContainer.FindAsync(session, selection, project.Name, service.Name, null, null, token);

    private Task<DatabaseAccess> OpenAsync(string database, CancellationToken token) =>
        DatabaseAccess.OpenAsync(session, selection, project, service, new AccessRequest(database), token);

    private async Task<ServerState> ReadAsync(FactsReader reader, CancellationToken token)
    {
        IReadOnlyList<(string Name, long Bytes)> databases = await reader.RowsAsync(
            "SELECT datname::text, pg_catalog.pg_database_size(oid) FROM pg_catalog.pg_database", row => (row.GetString(0), row.GetInt64(1)), token).ConfigureAwait(false);
        IReadOnlyList<string> roles = await reader.RowsAsync("SELECT rolname::text FROM pg_catalog.pg_roles", row => row.GetString(0), token).ConfigureAwait(false);
        IReadOnlyList<int> version = await reader.RowsAsync("SELECT current_setting('server_version_num')::int", row => row.GetInt32(0), token).ConfigureAwait(false);
        return new ServerState(version[0] / 10_000, databases.ToDictionary(database => database.Name, database => database.Bytes, StringComparer.Ordinal), roles, null);
    }

    // Without statistics, the first queries of the clients would be slow.
    private static async Task<bool> AnalyzeAsync(DatabaseAccess access, string database, CancellationToken token)
    {
        await using NpgsqlConnection connection = await access.OpenAsync(database, token).ConfigureAwait(false);
        await new FactsReader(connection).RunAsync("ANALYZE", token).ConfigureAwait(false);
        return true;
    }

    // Clients connect again at once, so they are held off until the exchange is done. Whatever happens, the database accepts them again.
    private async Task<bool> ExchangeAsync(DatabaseAccess access, RestorePlan plan, CancellationToken token)
    {
        var reader = new FactsReader(access.Connection);
        try
        {
            for (int attempt = 1; ; attempt++)
            {
                foreach (string statement in plan.Before is null ? [] : RestoreStatements.HoldOff(Name))
                {
                    await reader.RunAsync(statement, token).ConfigureAwait(false);
                }

                try
                {
                    foreach (string statement in RestoreStatements.Exchange(Name, plan.Before, plan.Draft))
                    {
                        await reader.RunAsync(statement, token).ConfigureAwait(false);
                    }

                    break;
                }
                catch (PostgresException busy) when (busy.SqlState == PostgresErrorCodes.ObjectInUse && attempt < Attempts)
                {
                    // A session that was ended needs a moment.
                    await reader.RunAsync("ROLLBACK", token).ConfigureAwait(false);
                    await Task.Delay(Pause, token).ConfigureAwait(false);
                }
            }
        }
        catch
        {
            await RollBackAsync(reader).ConfigureAwait(false);
            if (plan.Before is not null)
            {
                await RunAlwaysAsync(access, [RestoreStatements.Accept(Name)]).ConfigureAwait(false);
            }

            throw;
        }

        if (plan.Before is { } before)
        {
            await RunAlwaysAsync(access, [RestoreStatements.Accept(before)]).ConfigureAwait(false);
        }

        return true;
    }

    // An open transaction would hold a lock on the databases.
    private static async Task RollBackAsync(FactsReader reader)
    {
        using var limit = new CancellationTokenSource(CleanUpLimit);
        try
        {
            await reader.RunAsync("ROLLBACK", limit.Token).ConfigureAwait(false);
        }
        catch (Exception lost) when (lost is NpgsqlException or InvalidOperationException or OperationCanceledException)
        {
            // A lost session has no transaction.
        }
    }

    private Task<bool> DropAsync(DatabaseAccess access, string database) => RunAlwaysAsync(access, [RestoreStatements.HoldOff(database)[1], RestoreStatements.Drop(database)]);

    // Also after Ctrl-C, and if the first session was lost.
    private async Task<bool> RunAlwaysAsync(DatabaseAccess access, IReadOnlyList<string> statements)
    {
        using var limit = new CancellationTokenSource(CleanUpLimit);
        try
        {
            await using NpgsqlConnection connection = await access.OpenAsync(DatabaseCopy.Maintenance(Name), limit.Token).ConfigureAwait(false);
            foreach (string statement in statements)
            {
                await new FactsReader(connection).RunAsync(statement, limit.Token).ConfigureAwait(false);
            }

            return true;
        }
        catch (Exception fault) when (fault is NpgsqlException or OperationCanceledException or System.Net.Sockets.SocketException)
        {
            return false;
        }
    }

    private async Task<T> GuardedAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (PostgresException answer)
        {
            throw Failed($"{answer.SqlState}: {answer.MessageText}", answer);
        }
        catch (NpgsqlException broken)
        {
            throw Failed($"the connection was lost: {broken.InnerException?.Message ?? broken.Message}", broken);
        }
    }

    private LabException Failed(string why, Exception? inner) => new(
        LabErrorId.RestoreFailed,
        $"{Path.GetFileName(source.Path)} was not restored to {service.Name} of {project.Name}: {why.TrimEnd('.')}. The existing databases are unchanged.",
        $"{new CommandText(selection).Of($"Get-LabLog {CommandText.Quote(service.Name)} -Tail 50")} shows what the server reports; Test-LabDbBackup {CommandText.Quote(source.Path)} tests the backup",
        Name,
        inner);
}

/// <summary>How a backup is restored.</summary>
internal sealed record RestoreChoice
{
    /// <summary>The name of the restored database; null for that of the backup.</summary>
    public string? Into { get; init; }

    /// <summary>Whether roles and tablespaces are restored first.</summary>
    public bool Globals { get; init; }

    /// <summary>Whether everything belongs to the role that restores.</summary>
    public bool NoOwner { get; init; }

    /// <summary>Whether the replaced database is dropped.</summary>
    public bool DiscardOld { get; init; }
}

/// <summary>A server before a restore.</summary>
/// <param name="Major">Its major version.</param>
/// <param name="Databases">Its databases with their sizes in bytes.</param>
/// <param name="Roles">Its roles.</param>
/// <param name="FreeBytes">The free space of its data disk; null if unknown.</param>
internal sealed record ServerState(int Major, IReadOnlyDictionary<string, long> Databases, IReadOnlyList<string> Roles, long? FreeBytes);

/// <summary>What a restore does.</summary>
/// <param name="Draft">The name of the database until it is complete.</param>
/// <param name="Before">The new name of the database that is replaced; null if there is none.</param>
/// <param name="ReplacedBytes">The size of the database that is replaced.</param>
internal sealed record RestorePlan(string Draft, string? Before, long ReplacedBytes)
{
    // Indexes are built while the restore writes sorted runs beside them.
    private const double RoomFactor = 1.2;

    /// <summary>Plans a restore.</summary>
    /// <param name="manifest">The backup.</param>
    /// <param name="path">Its path.</param>
    /// <param name="state">The server.</param>
    /// <param name="name">The name of the restored database.</param>
    /// <param name="choice">How it is restored.</param>
    /// <param name="now">The time.</param>
    /// <returns>The plan.</returns>
    /// <exception cref="LabException">BackupTooNew, BackupInvalid, RoleNotFound, DiskFull, ParameterConflict.</exception>
    public static RestorePlan Of(BackupManifest manifest, string path, ServerState state, string name, RestoreChoice choice, DateTimeOffset now)
    {
        if (name is "template0" or "template1")
        {
            throw new LabException(LabErrorId.RestoreFailed, $"A backup cannot be restored to '{name}', which is a template of the server.", "Specify another name with -Into", name);
        }

        if (manifest.ServerMajor > state.Major)
        {
            throw new LabException(
                LabErrorId.BackupTooNew, $"{path} is from PostgreSQL {manifest.ServerVersion}, but the server is PostgreSQL {state.Major}. Older versions cannot restore it.",
                $"Restore it to a server of version {manifest.ServerMajor} or later", path);
        }

        if (choice.NoOwner && manifest.Format == LabDbBackupFormat.Plain)
        {
            throw new LabException(LabErrorId.ParameterConflict, "-NoOwner cannot be used with a backup of the format Plain, whose SQL sets the owners.", "Omit -NoOwner, or use a backup of the format Custom", path);
        }

        if (choice.Globals && manifest.Globals is null)
        {
            throw new LabException(LabErrorId.BackupInvalid, $"{path} was created without roles and tablespaces.", "Omit -IncludeGlobal, or create a backup with Backup-LabDb -IncludeGlobal", path);
        }

        string[] missing = [.. manifest.Database.Roles.Except(state.Roles, StringComparer.Ordinal)];
        if (missing.Length > 0 && !choice.NoOwner && !choice.Globals)
        {
            throw new LabException(
                LabErrorId.RoleNotFound,
                $"{path} refers to roles that the server does not have: {string.Join(", ", missing)}. Nothing was changed.",
                manifest.Globals is not null ? "-IncludeGlobal restores the roles of the backup; -NoOwner restores without them" : "-NoOwner restores without owners and privileges, or create the roles first",
                path);
        }

        long needed = (long)(manifest.Database.Bytes * RoomFactor);
        if (state.FreeBytes is { } free && free < needed)
        {
            throw new LabException(
                LabErrorId.DiskFull,
                $"The restored database needs about {ByteText.Of(needed)} beside the existing ones, but the data disk of the server has {ByteText.Of(free)} left. Nothing was changed.",
                "Free space on the disk of the engine, for example by dropping replaced databases (name_before_...)", path);
        }

        bool isThere = state.Databases.TryGetValue(name, out long bytes);
        return new RestorePlan(Free(BackupNames.Draft(name, now), state), isThere ? Kept(name, now, state) : null, bytes);
    }

    // A restore within the same second has kept its own.
    private static string Kept(string database, DateTimeOffset now, ServerState state) => Enumerable.Range(0, int.MaxValue)
        .Select(seconds => BackupNames.Before(database, now.AddSeconds(seconds)))
        .First(name => !state.Databases.ContainsKey(name));

    // Two restores within one second.
    private static string Free(string name, ServerState state) => state.Databases.ContainsKey(name)
        ? throw new LabException(LabErrorId.RestoreFailed, $"Database '{name}' already exists: another restore is running. Nothing was changed.", "Wait for the other restore, then try again", name)
        : name;
}
