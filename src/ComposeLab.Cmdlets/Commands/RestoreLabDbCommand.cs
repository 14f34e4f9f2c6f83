using System.Management.Automation;
using ComposeLab.Completion;
using ComposeLab.Compose.Model;
using ComposeLab.Database.Backups;
using ComposeLab.Engines;
using ComposeLab.Errors;
using ComposeLab.Formatting;
using ComposeLab.Pipeline;

namespace ComposeLab.Commands;

/// <summary>
/// <para type="synopsis">Restores a backup of Backup-LabDb, beside the existing database, and then exchanges the two.</para>
/// <para type="description">The backup is restored into a new database, which is compared with the manifest. Only if it is complete, clients are disconnected for a
/// moment and the databases are renamed: the new one gets the name, and the old one is kept as NAME_before_TIME. If anything fails before, the new database is dropped
/// and the old one still serves. Files with another checksum than in the manifest, a backup of a newer server, missing roles and a disk without enough room are
/// reported before anything is changed.</para>
/// </summary>
/// <example>
/// <summary><para>Restores a backup of the bundled lab's database. The replaced database is kept.</para></summary>
/// <code>Restore-LabDb ./composelab-db-lab-20260131T023000Z.dump</code>
/// </example>
/// <example>
/// <summary><para>Restores production data into a development stack that has other roles.</para></summary>
/// <code>Restore-LabDb ./backups/shop-db-orders-20260131T023000Z.dump -Path ./shop -Profile Dev -NoOwner -Force</code>
/// </example>
/// <example>
/// <summary><para>Restores a backup beside the existing database, to look at it.</para></summary>
/// <code>Restore-LabDb ./orders.dump -Path ./shop -Into orders_yesterday</code>
/// </example>
[Cmdlet(VerbsData.Restore, "LabDb", DefaultParameterSetName = "Path", SupportsShouldProcess = true)]
[OutputType(typeof(LabDbRestore))]
public sealed class RestoreLabDbCommand : LabDatabaseCmdlet
{
    private string _backup = "";
    private BackupSource? _source;

    /// <summary><para type="description">The backup, or its manifest.</para></summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(BackupFileCompleter))]
    [ValidateNotNullOrEmpty]
    public string BackupFile { get; set; } = "";

    /// <summary><para type="description">The name of the restored database. Default: that of the backup.</para></summary>
    [Parameter]
    [ArgumentCompleter(typeof(DatabaseCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Into { get; set; }

    /// <summary><para type="description">Restores the roles and tablespaces first, if the backup was created with -IncludeGlobal. Existing roles get the properties and
    /// passwords of the backup.</para></summary>
    [Parameter]
    public SwitchParameter IncludeGlobal { get; set; }

    /// <summary><para type="description">Restores without owners and privileges: everything belongs to the role that restores.</para></summary>
    [Parameter]
    public SwitchParameter NoOwner { get; set; }

    /// <summary><para type="description">Drops the replaced database after the exchange. Default: it is kept as NAME_before_TIME.</para></summary>
    [Parameter]
    public SwitchParameter DiscardOld { get; set; }

    /// <summary><para type="description">Does not prompt before an existing database is replaced.</para></summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    private protected override string AfterTimeout => "The existing databases are unchanged.";

    /// <inheritdoc/>
    private protected override IReadOnlyList<ParameterConflict> Conflicts => [new(nameof(NoOwner), [nameof(IncludeGlobal)])];

    /// <inheritdoc/>
    protected override void Prepare()
    {
        base.Prepare();
        _backup = ResolvePath(BackupFile);
    }

    /// <inheritdoc/>
    private protected override void Check(CancellationToken token) => _source = BackupSource.Open(_backup, token);

    /// <inheritdoc/>
    private protected override async Task RunAsync(EngineSession session, ComposeProject project, ServiceDefinition service, IPipelineOutput output, CancellationToken token)
    {
        BackupSource source = _source!;
        var choice = new RestoreChoice { Into = Into, Globals = IncludeGlobal, NoOwner = NoOwner, DiscardOld = DiscardOld };
        var run = new RestoreRun(session, Selection, project, service, source, choice, TimeProvider.System);
        RestorePlan plan = await run.PlanAsync(token).ConfigureAwait(false);
        if (!await AgreedAsync(source, plan, project, service, output).ConfigureAwait(false))
        {
            return;
        }

        using var progress = new BackupProgress(output, $"Restore {System.IO.Path.GetFileName(source.Path)}");
        LabDbRestore result = await run.RunAsync(plan, progress, token).ConfigureAwait(false);
        if (DiscardOld && result.PreviousDatabase is { } kept)
        {
            output.Warning($"The replaced database could not be dropped. It was kept as '{kept}'.");
        }

        await output.WriteAsync(result).ConfigureAwait(false);
    }

    private async Task<bool> AgreedAsync(BackupSource source, RestorePlan plan, ComposeProject project, ServiceDefinition service, IPipelineOutput output)
    {
        BackupManifest manifest = source.Manifest;
        string name = Into ?? manifest.Database.Name;
        string what = $"{System.IO.Path.GetFileName(source.Path)} ({manifest.Database.Tables.Count} tables, {manifest.StartedAt.ToLocalTime():yyyy-MM-dd HH:mm})";
        string old = plan.Before is null ? "" : $" ({ByteText.Of(plan.ReplacedBytes)}), which {(DiscardOld ? "is dropped" : $"is kept as '{plan.Before}'")}";
        string action = plan.Before is null
            ? $"Restore {what} to the new database '{name}' in {service.Name} of {project.Name}"
            : $"Replace database '{name}' in {service.Name} of {project.Name}{old}, with {what}";
        return await output.ShouldProcessAsync(action, $"{action}?", "Restore-LabDb").ConfigureAwait(false)
            && (plan.Before is null || Force || await output.ShouldContinueAsync($"{action}. Its clients are disconnected for a moment. Continue?", "Restore-LabDb").ConfigureAwait(false));
    }
}
