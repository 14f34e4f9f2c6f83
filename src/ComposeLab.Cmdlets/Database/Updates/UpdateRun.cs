using System.Diagnostics;
using System.Globalization;
using ComposeLab.Compose.Model;
using ComposeLab.Database.Backups;
using ComposeLab.Database.Queries;
using ComposeLab.Engine;
using ComposeLab.Engine.Docker;
using ComposeLab.Errors;
using ComposeLab.Pipeline;
using Npgsql;

namespace ComposeLab.Database.Updates;

/// <summary>Does the work of an update: dump, new volume, restore, comparison, exchange.</summary>
/// <param name="context">The project.</param>
/// <param name="update">What was planned.</param>
/// <param name="output">Receives warnings.</param>
/// <param name="progress">Receives the progress.</param>
internal sealed class UpdateRun(UpdateContext context, PreparedUpdate update, IPipelineOutput output, BackupProgress progress) : IUpdateWork, IAsyncDisposable
{
    private const string ReadOnly = "default_transaction_read_only";
    private const string WritersQuery =
        "SELECT pid FROM pg_catalog.pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_catalog.pg_backend_pid() AND (backend_xid IS NOT NULL OR xact_start < pg_catalog.pg_conf_load_time())";

    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan UndoLimit = TimeSpan.FromMinutes(3);

    private readonly List<BackupSource> _dumps = [];
    private DirectoryInfo? _folder;
    private SideServer? _old;
    private SideServer? _new;
    private ServerSettings? _settings;
    private IReadOnlyDictionary<string, byte[]>? _files;

    /// <summary>The databases that were moved.</summary>
    public IReadOnlyList<BackupManifest> Moved => [.. _dumps.Select(dump => dump.Manifest).Where(manifest => manifest.Database.Name != "postgres" || HasContent(manifest.Database))];

    /// <inheritdoc/>
    public Task RunAsync(UpdatePhase phase, CancellationToken token) => phase switch
    {
        UpdatePhase.HoldWrites => HoldWritesAsync(token),
        UpdatePhase.Dump => DumpAsync(token),
        UpdatePhase.CreateVolume => context.Engine.CreateVolumeAsync(update.Volume, token),
        UpdatePhase.Restore => RestoreAsync(token),
        UpdatePhase.ChangeFiles => ChangeFilesAsync(token),
        UpdatePhase.Recreate => RecreateAsync(token),
        _ => CheckAsync(token),
    };

    /// <inheritdoc/>
    public async Task UndoAsync(UpdatePhase phase)
    {
        using var limit = new CancellationTokenSource(UndoLimit);
        switch (phase)
        {
            case UpdatePhase.HoldWrites:
                await ReleaseWritesAsync(limit.Token).ConfigureAwait(false);
                break;
            case UpdatePhase.Dump:
                await DisposeAsync().ConfigureAwait(false);
                break;
            case UpdatePhase.CreateVolume:
                await RemoveVolumeAsync(limit.Token).ConfigureAwait(false);
                break;
            case UpdatePhase.Restore when _new is not null:
                await _new.DisposeAsync().ConfigureAwait(false);
                break;
            case UpdatePhase.ChangeFiles when _files is not null:
                await FileEdits.RestoreAsync(_files).ConfigureAwait(false);
                break;
            case UpdatePhase.Recreate when update.State.Runs:
                await context.StartAsync(context.Project, limit.Token).ConfigureAwait(false);
                break;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_old is not null)
        {
            await _old.StopAsync(CancellationToken.None).ConfigureAwait(false);
            await _old.DisposeAsync().ConfigureAwait(false);
            _old = null;
        }

        // The dumps contain the data and the password hashes.
        _folder?.Delete(recursive: true);
        _folder = null;
    }

    private Task<DatabaseAccess> AccessAsync(CancellationToken token) =>
        _old?.OpenAsync(context.Selection, "postgres", token)
        ?? DatabaseAccess.OpenAsync(context.Session, context.Selection, context.Project, context.Service, new AccessRequest("postgres"), token);

    private async Task HoldWritesAsync(CancellationToken token)
    {
        if (!update.State.Runs)
        {
            progress.Begin("start the old server");
            _old = await SideServer.StartAsync(
                context.Engine, UpdateSpecs.Old(update.Container, update.State.OldImage, update.Plan.OldVolume, update.State.Mount!.Target!, context.Project.Name),
                update.Login with { Host = "127.0.0.1", Database = "postgres" }, $"The server of {update.State.OldImage} on volume {update.Plan.OldVolume}", "Check the volume and the settings of the service", token).ConfigureAwait(false);
        }

        await using DatabaseAccess access = await AccessAsync(token).ConfigureAwait(false);
        var reader = new FactsReader(access.Connection);
        _settings = await ServerSettings.ReadAsync(reader, token).ConfigureAwait(false);
        if (_old is not null)
        {
            return;
        }

        progress.Begin("reject writes");
        await reader.RunAsync($"ALTER SYSTEM SET {ReadOnly} = on", token).ConfigureAwait(false);
        await reader.RunAsync("SELECT pg_catalog.pg_reload_conf()", token).ConfigureAwait(false);
        long clock = Stopwatch.GetTimestamp();
        while ((await reader.RowsAsync(WritersQuery, row => row.GetInt32(0), token).ConfigureAwait(false)) is { Count: > 0 } writers)
        {
            // A transaction that began before can still write.
            if (Stopwatch.GetElapsedTime(clock) > Grace)
            {
                await reader.RunAsync($"SELECT pg_catalog.pg_terminate_backend(pid) FROM pg_catalog.unnest(ARRAY[{string.Join(", ", writers)}]) AS w(pid)", token).ConfigureAwait(false);
            }

            await Task.Delay(Pause, token).ConfigureAwait(false);
        }
    }

    private async Task ReleaseWritesAsync(CancellationToken token)
    {
        if (!update.State.Runs)
        {
            return;
        }

        await using DatabaseAccess access = await AccessAsync(token).ConfigureAwait(false);
        var reader = new FactsReader(access.Connection);
        await reader.RunAsync($"ALTER SYSTEM RESET {ReadOnly}", token).ConfigureAwait(false);
        await reader.RunAsync("SELECT pg_catalog.pg_reload_conf()", token).ConfigureAwait(false);
    }

    private async Task DumpAsync(CancellationToken token)
    {
        _folder = Directory.CreateTempSubdirectory("composelab-update-");
        int major = update.State.NewMajor!.Value;
        IReadOnlyList<string> databases = await Run(new BackupChoice()).DatabasesAsync(token).ConfigureAwait(false);
        foreach ((string database, int index) in databases.Select((database, index) => (database, index)))
        {
            string path = Path.Combine(_folder.FullName, string.Create(CultureInfo.InvariantCulture, $"{index}.dump"));
            (_, BackupManifest manifest) = await Run(new BackupChoice { Globals = index == 0 }).RunAsync(database, _ => path, progress, token).ConfigureAwait(false);
            _dumps.Add(new BackupSource(path, manifest));
        }

        BackupRun Run(BackupChoice choice) => new(context.Session, context.Selection, context.Project, context.Service, choice, TimeProvider.System, _old, major);
    }

    private async Task RestoreAsync(CancellationToken token)
    {
        progress.Begin("start the new server");
        string? password = update.Login.Password is null ? null : UpdateSpecs.RandomPassword();
        ContainerSpec spec = UpdateSpecs.New(update.Container, update.State.NewImage, update.Plan.NewVolume, update.Target, context.Project.Name, password, _settings!.InitArguments);
        _new = await SideServer.StartAsync(
            context.Engine, spec, update.Login with { Host = "127.0.0.1", Password = password, Database = "postgres" }, $"The server of {update.State.NewImage} on volume {update.Plan.NewVolume}",
            "Check whether the image has the locale, the extensions and the settings of the service", token).ConfigureAwait(false);
        await using (ClientContainer client = await OpenClientAsync(token).ConfigureAwait(false))
        {
            Require(await new DatabaseCopy(client, _new.OpenAsync, _dumps[0], progress).RestoreGlobalsAsync(token).ConfigureAwait(false));
        }

        // From now on the roles have their own passwords.
        _new.UsePassword(update.Login.Password);
        await using (ClientContainer client = await OpenClientAsync(token).ConfigureAwait(false))
        {
            foreach (BackupSource dump in _dumps.Where(dump => Moved.Contains(dump.Manifest)))
            {
                string name = dump.Manifest.Database.Name;
                if (name == "postgres")
                {
                    await ExecuteAsync("template1", ["DROP DATABASE postgres"], token).ConfigureAwait(false);
                }

                Require(await new DatabaseCopy(client, _new.OpenAsync, dump, progress).RestoreAsync(name, withRoles: true, token).ConfigureAwait(false));
                progress.Begin("collect statistics");
                await ExecuteAsync(name, ["ANALYZE"], token).ConfigureAwait(false);
            }
        }

        await using (NpgsqlConnection connection = await _new.OpenAsync("template1", token).ConfigureAwait(false))
        {
            foreach (string warning in await _settings.ApplyAsync(new FactsReader(connection), update.Plan.OldVolume, token).ConfigureAwait(false))
            {
                output.Warning(warning);
            }
        }

        await _new.StopAsync(token).ConfigureAwait(false);
        await _new.DisposeAsync().ConfigureAwait(false);
    }

    private async Task ChangeFilesAsync(CancellationToken token)
    {
        progress.Begin("change the files");
        _files = await FileEdits.WriteAsync(update.Texts, token).ConfigureAwait(false);
    }

    private async Task RecreateAsync(CancellationToken token)
    {
        progress.Begin($"recreate {context.Service.Name}");
        if (update.State.Runs)
        {
            // The old volume must not keep it. The running server is not told, so that it rejects writes until it stops.
            await using DatabaseAccess access = await AccessAsync(token).ConfigureAwait(false);
            await new FactsReader(access.Connection).RunAsync($"ALTER SYSTEM RESET {ReadOnly}", token).ConfigureAwait(false);
        }
        else
        {
            await DisposeOldAsync(token).ConfigureAwait(false);
        }

        await context.StartAsync(context.Reload(token), token).ConfigureAwait(false);
    }

    private async Task CheckAsync(CancellationToken token)
    {
        progress.Begin("check the new server");
        ComposeProject project = context.Reload(token);
        await using DatabaseAccess access = await DatabaseAccess.OpenAsync(
            context.Session, context.Selection, project, project.Services[context.Service.Name], new AccessRequest("template1"), token).ConfigureAwait(false);
        var reader = new FactsReader(access.Connection);
        int major = (await reader.RowsAsync("SELECT current_setting('server_version_num')::int / 10000", row => row.GetInt32(0), token).ConfigureAwait(false))[0];
        IReadOnlyList<string> databases = await reader.RowsAsync("SELECT datname::text FROM pg_catalog.pg_database", row => row.GetString(0), token).ConfigureAwait(false);
        if (major != update.State.NewMajor || Moved.Select(manifest => manifest.Database.Name).FirstOrDefault(name => !databases.Contains(name, StringComparer.Ordinal)) is not null)
        {
            throw new LabException(LabErrorId.UpdateFailed, $"{context.Service.Name} is PostgreSQL {major} with the databases {string.Join(", ", databases)}.", "");
        }
    }

    private async Task RemoveVolumeAsync(CancellationToken token)
    {
        try
        {
            await context.Engine.RemoveVolumeAsync(update.Plan.NewVolume, token).ConfigureAwait(false);
        }
        catch (EngineException fault) when (fault.IsNotFound)
        {
            // It was never created.
        }
    }

    private async Task DisposeOldAsync(CancellationToken token)
    {
        if (_old is not null)
        {
            await _old.StopAsync(token).ConfigureAwait(false);
            await _old.DisposeAsync().ConfigureAwait(false);
            _old = null;
        }
    }

    private Task<ClientContainer> OpenClientAsync(CancellationToken token) => ClientContainer.OpenAsync(
        context.Engine, _new!.Container, _new.Login, update.State.NewMajor!.Value, [ClientPrograms.Restore, ClientPrograms.Sql], token);

    private async Task ExecuteAsync(string database, IReadOnlyList<string> statements, CancellationToken token)
    {
        await using NpgsqlConnection connection = await _new!.OpenAsync(database, token).ConfigureAwait(false);
        foreach (string statement in statements)
        {
            await new FactsReader(connection).RunAsync(statement, token).ConfigureAwait(false);
        }
    }

    // Every server has it; what matters is whether somebody used it.
    private static bool HasContent(DatabaseFacts facts) =>
        facts.Tables.Count > 0 || facts.Objects.Any(kind => kind.Key != "schema" || kind.Value > 1) || facts.Sequences.Count > 0 || facts.LargeObjects > 0 || facts.Extensions.Count > 1 || facts.Settings.Count > 0 || facts.Grants is not null;

    private static void Require(IReadOnlyList<LabDbDifference> differences)
    {
        if (differences.Count > 0)
        {
            throw new LabException(
                LabErrorId.RestoreFailed, $"the restored database differs: {string.Join("; ", differences.Take(3))}{(differences.Count > 3 ? $"; and {differences.Count - 3} more" : "")}", "");
        }
    }

    /// <summary>The settings of a server that are not in a dump.</summary>
    /// <param name="InitArguments">Arguments of initdb.</param>
    /// <param name="Altered">The settings of ALTER SYSTEM.</param>
    /// <param name="Written">The settings in postgresql.conf.</param>
    /// <param name="Rules">The rules of pg_hba.conf.</param>
    private sealed record ServerSettings(string InitArguments, IReadOnlyList<(string Name, string Value)> Altered, IReadOnlyList<(string Name, string Value)> Written, string Rules)
    {
        private const string AlteredQuery = $"SELECT name, setting FROM pg_catalog.pg_file_settings WHERE sourcefile LIKE '%postgresql.auto.conf' AND name <> '{ReadOnly}' ORDER BY seqno";
        private const string WrittenQuery = "SELECT name, setting FROM pg_catalog.pg_file_settings WHERE sourcefile LIKE '%/postgresql.conf' ORDER BY seqno";
        private const string RuleQuery =
            "SELECT coalesce(string_agg(concat_ws(' ', type, database::text, user_name::text, address, netmask, auth_method, options::text), E'\\n' ORDER BY line_number), '') FROM pg_catalog.pg_hba_file_rules";

        private const string InitQuery =
            """
            SELECT '--encoding=' || pg_catalog.pg_encoding_to_char(encoding) || ' --lc-collate=' || datcollate || ' --lc-ctype=' || datctype
                || CASE current_setting('data_checksums') WHEN 'on' THEN ' --data-checksums' ELSE '' END FROM pg_catalog.pg_database WHERE datname = 'template1'
            """;

        public static async Task<ServerSettings> ReadAsync(FactsReader reader, CancellationToken token) => new(
            (await reader.RowsAsync(InitQuery, row => row.GetString(0), token).ConfigureAwait(false))[0],
            await PairsAsync(reader, AlteredQuery, token).ConfigureAwait(false),
            await PairsAsync(reader, WrittenQuery, token).ConfigureAwait(false),
            (await reader.RowsAsync(RuleQuery, row => row.GetString(0), token).ConfigureAwait(false))[0]);

        public async Task<IReadOnlyList<string>> ApplyAsync(FactsReader reader, string oldVolume, CancellationToken token)
        {
            var warnings = new List<string>();
            foreach ((string name, string value) in Altered)
            {
                try
                {
                    await reader.RunAsync($"ALTER SYSTEM SET {SqlQuote.Name(name)} = {SqlQuote.Literal(value)}", token).ConfigureAwait(false);
                }
                catch (PostgresException refused)
                {
                    warnings.Add($"The new version does not accept the setting {name} = '{value}' of ALTER SYSTEM: {refused.MessageText}");
                }
            }

            ServerSettings now = await ReadAsync(reader, token).ConfigureAwait(false);
            string[] missing = [.. Written.Except(now.Written).Select(setting => setting.Name).Distinct(StringComparer.Ordinal)];
            if (missing.Length > 0)
            {
                warnings.Add($"postgresql.conf of volume {oldVolume} contains settings that the new volume does not have: {string.Join(", ", missing)}. Set them with ALTER SYSTEM if they are still needed.");
            }

            if (Rules != now.Rules)
            {
                warnings.Add($"pg_hba.conf of volume {oldVolume} has other rules than that of the new volume. Compare them before clients connect from other places.");
            }

            return warnings;
        }

        private static Task<IReadOnlyList<(string Name, string Value)>> PairsAsync(FactsReader reader, string query, CancellationToken token) =>
            reader.RowsAsync(query, row => (row.GetString(0), row.IsDBNull(1) ? "" : row.GetString(1)), token);
    }
}
