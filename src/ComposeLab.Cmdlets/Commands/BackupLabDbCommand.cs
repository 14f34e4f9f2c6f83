using System.Management.Automation;
using ComposeLab.Completion;
using ComposeLab.Compose.Model;
using ComposeLab.Database.Backups;
using ComposeLab.Engines;
using ComposeLab.Errors;
using ComposeLab.Pipeline;
using ComposeLab.Projects;

namespace ComposeLab.Commands;

/// <summary>
/// <para type="synopsis">Backs up PostgreSQL databases, with a manifest that makes the backup verifiable.</para>
/// <para type="description">Runs the pg_dump of the database's own container, so that the version always fits. If the container does not have it, another PostgreSQL
/// image on the engine is used. The bytes are written unchanged. Clients can continue to write: dump and row counts come from one snapshot. A manifest beside the
/// backup describes the server, the database, its tables with their row counts, and the checksum. The backup gets its name when it is complete; it can be read by its
/// owner only.</para>
/// </summary>
/// <example>
/// <summary><para>Backs up the bundled lab's database to the current folder.</para></summary>
/// <code>Backup-LabDb</code>
/// </example>
/// <example>
/// <summary><para>Backs up every database of a project, proves that each backup can be restored, and keeps one backup for each of seven days and four weeks.</para></summary>
/// <code>Backup-LabDb -Path ./shop -Database * -OutFile ./backups/ -Verify -Keep 7d4w</code>
/// </example>
/// <example>
/// <summary><para>Backs up one database as compressed SQL, without the tables of a log.</para></summary>
/// <code>Backup-LabDb -Path ./shop -Database orders -OutFile ./orders.sql.gz -Format Plain -Compress gzip -ExcludeTable 'log.*'</code>
/// </example>
[Cmdlet(VerbsData.Backup, "LabDb", DefaultParameterSetName = "Path", SupportsShouldProcess = true)]
[OutputType(typeof(LabDbBackup))]
public sealed class BackupLabDbCommand : LabDatabaseCmdlet
{
    private string _target = "";
    private bool _isFolder;
    private BackupRetention? _retention;

    /// <summary><para type="description">The databases. Default: the database of the service (POSTGRES_DB).</para></summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(DatabaseCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Database { get; set; } = [];

    /// <summary><para type="description">The file to write, or a folder, in which each backup gets a name with project, service, database and time. An existing file is
    /// replaced when the new backup is complete. Default: the current folder.</para></summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    public string? OutFile { get; set; }

    /// <summary><para type="description">Custom is the compressed format of pg_dump, Plain is SQL, Directory is a folder with one file for each table. Default:
    /// Custom.</para></summary>
    [Parameter]
    [OneValue]
    public LabDbBackupFormat Format { get; set; }

    /// <summary><para type="description">The compression: none, a level from 0 to 9, or a method with an optional level, such as gzip, zstd:3 or lz4. SQL can be
    /// compressed with gzip only. Default: that of pg_dump for the format.</para></summary>
    [Parameter]
    [ArgumentCompleter(typeof(CompressionCompleter))]
    [Form(@"^(none|(gzip|lz4|zstd)(:\d{1,2})?|\d)$", "none, a level from 0 to 9, or a method with an optional level, such as gzip or zstd:3")]
    public string? Compress { get; set; }

    /// <summary><para type="description">Tables to leave out, as NAME or SCHEMA.NAME, together with their partitions and sequences and the views that depend on
    /// them.</para></summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] ExcludeTable { get; set; } = [];

    /// <summary><para type="description">Backs up definitions only, without rows.</para></summary>
    [Parameter]
    public SwitchParameter SchemaOnly { get; set; }

    /// <summary><para type="description">Also writes the roles, with their password hashes, and the tablespaces of the server to a file beside the backup.</para></summary>
    [Parameter]
    public SwitchParameter IncludeGlobal { get; set; }

    /// <summary><para type="description">Tests each backup like Test-LabDbBackup does.</para></summary>
    [Parameter]
    public SwitchParameter Verify { get; set; }

    /// <summary><para type="description">Deletes older backups of the same database in the folder: 7d4w keeps the newest backup of each of the last seven days and four
    /// weeks that have one. Units: h, d, w, m, y. The last backup that passed its test is never deleted. With -Verify, nothing is deleted if the new backup fails
    /// its test.</para></summary>
    [Parameter]
    [ArgumentCompleter(typeof(RetentionCompleter))]
    [Retention]
    public string? Keep { get; set; }

    /// <inheritdoc/>
    private protected override string AfterTimeout => "The incomplete backup was removed.";

    /// <inheritdoc/>
    protected override void Prepare()
    {
        base.Prepare();
        _isFolder = OutFile is null || OutFile.EndsWith('/') || OutFile.EndsWith('\\') || System.IO.Directory.Exists(ResolvePath(OutFile));
        _target = ResolvePath(OutFile ?? ".");
        _retention = Keep is null ? null : BackupRetention.Read(Keep);
        if (Format == LabDbBackupFormat.Plain && Compress is { } compress && (compress.StartsWith("lz4", StringComparison.Ordinal) || compress.StartsWith("zstd", StringComparison.Ordinal)))
        {
            throw new LabException(LabErrorId.ParameterConflict, $"SQL cannot be compressed with {compress}.", "Use -Compress gzip, or another -Format");
        }
    }

    /// <inheritdoc/>
    private protected override async Task RunAsync(EngineSession session, ComposeProject project, ServiceDefinition service, IPipelineOutput output, CancellationToken token)
    {
        var choice = new BackupChoice { Format = Format, Compress = Compress, SchemaOnly = SchemaOnly, ExcludedTables = ExcludeTable, Globals = IncludeGlobal };
        var run = new BackupRun(session, Selection, project, service, choice, TimeProvider.System);
        foreach (string? database in await SelectAsync(run, token).ConfigureAwait(false))
        {
            await BackUpAsync(session, run, project, service, database, output, token).ConfigureAwait(false);
        }
    }

    private async Task<IReadOnlyList<string?>> SelectAsync(BackupRun run, CancellationToken token)
    {
        if (Database.Length == 0)
        {
            return [null];
        }

        IReadOnlyList<string> existing = await run.DatabasesAsync(token).ConfigureAwait(false);
        var selected = new List<string?>();
        foreach (string pattern in Database)
        {
            var wildcard = new WildcardPattern(pattern, WildcardOptions.CultureInvariant);
            string[] matching = existing.Contains(pattern, StringComparer.Ordinal) ? [pattern] : [.. existing.Where(wildcard.IsMatch)];
            if (matching.Length == 0)
            {
                throw new LabException(
                    LabErrorId.DatabaseNotFound, $"No database matches '{pattern}'. Databases: {string.Join(", ", existing)}.", "Specify an existing database with -Database", pattern);
            }

            selected.AddRange(matching.Except(selected));
        }

        return selected.Count == 1 || _isFolder
            ? selected
            : throw new LabException(
                LabErrorId.PathInvalid, $"{selected.Count} databases cannot be written to the single file {_target}.", "Set -OutFile to a folder, with a slash at its end", _target);
    }

    private async Task BackUpAsync(
        EngineSession session, BackupRun run, ComposeProject project, ServiceDefinition service, string? database, IPipelineOutput output, CancellationToken token)
    {
        string subject = database is null ? $"the database of {service.Name}" : $"database '{database}' of {service.Name}";
        string action = $"Back up {subject} in {project.Name} to {_target}{(Keep is null ? "" : $", and delete older backups but {Keep}")}";
        if (!await output.ShouldProcessAsync(action, $"{action}?", "Backup-LabDb").ConfigureAwait(false))
        {
            return;
        }

        CreateFolder();
        using var progress = new BackupProgress(output, $"Back up {subject} in {project.Name}");
        (string path, BackupManifest manifest) = await run.RunAsync(database, name => PathOf(project, service, name), progress, token).ConfigureAwait(false);
        LabDbBackupTest? test = Verify
            ? await new BackupTest(session.Engine, output, TimeProvider.System).RunAsync(new BackupSource(path, manifest), null, progress, token).ConfigureAwait(false)
            : null;
        IReadOnlyList<string> removed = [];
        if (_retention is not null && test is not { Ok: false })
        {
            (removed, IReadOnlyList<string> errors) = BackupPruning.Run(_retention, path, manifest, token);
            foreach (string error in errors)
            {
                output.Warning($"An outdated backup could not be deleted: {error}");
            }
        }

        await output.WriteAsync(BackupObjects.Of(path, manifest, test, removed)).ConfigureAwait(false);
        if (test is { Ok: false })
        {
            await output.WriteErrorAsync(ErrorRecords.From(new LabException(
                LabErrorId.BackupFailed,
                $"The backup {path} did not pass its test: {string.Join("; ", test.Differences.Take(3))}{(test.Differences.Count > 3 ? $"; and {test.Differences.Count - 3} more" : "")}",
                $"Test-LabDbBackup {CommandText.Quote(path)} | Select-Object -ExpandProperty Differences", path))).ConfigureAwait(false);
        }
    }

    private string PathOf(ComposeProject project, ServiceDefinition service, string database) => _isFolder
        ? System.IO.Path.Combine(
            _target, BackupNames.FileName(project.Name, service.Name, database, Format, Compress is not (null or "none" or "0"), TimeProvider.System.GetUtcNow()))
        : _target;

    private void CreateFolder()
    {
        string? folder = _isFolder ? _target : System.IO.Path.GetDirectoryName(_target);
        try
        {
            System.IO.Directory.CreateDirectory(folder ?? _target);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new LabException(LabErrorId.FileUnwritable, $"Cannot create the folder {folder}: {refused.Message}", "Specify another path with -OutFile", folder, refused);
        }
    }
}
