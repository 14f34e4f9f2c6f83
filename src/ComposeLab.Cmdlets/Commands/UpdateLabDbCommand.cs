using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;
using ComposeLab.Completion;
using ComposeLab.Compose.Model;
using ComposeLab.Database;
using ComposeLab.Database.Backups;
using ComposeLab.Database.Updates;
using ComposeLab.Engine.Execution;
using ComposeLab.Engines;
using ComposeLab.Errors;
using ComposeLab.Pipeline;

namespace ComposeLab.Commands;

/// <summary>
/// <para type="synopsis">Updates a PostgreSQL database to another major version, and rolls the update back.</para>
/// <para type="description">A data volume can be read by one major version only. This command dumps all databases and roles, creates a new volume, restores the dumps
/// there with the new image, and compares the result with the old server: tables, row counts, sequences, extensions. Only then it changes the lines of the project
/// that set the image and the name of the volume (comments and formatting are kept), and recreates the service. Until then the old server rejects writes and can
/// still be read. The old volume is kept. If a step fails, everything is undone and the old server serves again.</para>
/// <para type="description">If the image was already changed and the server stops because of the version of its volume, no version is needed: the volume is read by a
/// server of the old version, without a network.</para>
/// </summary>
/// <example>
/// <summary><para>Shows the steps of an update.</para></summary>
/// <code>Update-LabDb 17 -Path ./shop -WhatIf</code>
/// </example>
/// <example>
/// <summary><para>Updates to PostgreSQL 17, and returns to the version before.</para></summary>
/// <code>
/// Update-LabDb 17 -Path ./shop
/// Update-LabDb -Rollback -Path ./shop
/// </code>
/// </example>
/// <example>
/// <summary><para>Rebuilds the indexes of databases whose collations changed with the image, and records the new versions.</para></summary>
/// <code>Update-LabDb -Collation -Path ./shop</code>
/// </example>
[Cmdlet(VerbsData.Update, "LabDb", DefaultParameterSetName = "Path", SupportsShouldProcess = true)]
[OutputType(typeof(LabDbUpdate), typeof(LabDbCollation))]
public sealed class UpdateLabDbCommand : LabDatabaseCmdlet
{
    /// <summary><para type="description">The new major version, such as 17. The image keeps its name and variant: postgres:16-alpine becomes
    /// postgres:17-alpine.</para></summary>
    [Parameter(Position = 0)]
    [ArgumentCompleter(typeof(DatabaseVersionCompleter))]
    [ValidateRange(9, 99)]
    public int? Version { get; set; }

    /// <summary><para type="description">The new image, if it is more than another version of the current one.</para></summary>
    [Parameter]
    [ArgumentCompleter(typeof(DatabaseImageCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Image { get; set; }

    /// <summary><para type="description">Returns to the image and the volume before the last update. Both volumes are kept; what was written since the update is only in
    /// the newer one.</para></summary>
    [Parameter]
    public SwitchParameter Rollback { get; set; }

    /// <summary><para type="description">Instead of an update to another version: rebuilds the indexes of databases whose collations have another version in this image
    /// (COLLATION VERSION mismatch), and records the version. Each database is locked while its indexes are rebuilt.</para></summary>
    [Parameter]
    public SwitchParameter Collation { get; set; }

    /// <summary><para type="description">Does not prompt before writes are rejected.</para></summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    private protected override string AfterTimeout => "The update was undone.";

    /// <inheritdoc/>
    private protected override IReadOnlyList<ParameterConflict> Conflicts =>
        [new(nameof(Rollback), [nameof(Version), nameof(Image), nameof(Collation)]), new(nameof(Collation), [nameof(Version), nameof(Image)]), new(nameof(Image), [nameof(Version)])];

    /// <inheritdoc/>
    private protected override async Task RunAsync(EngineSession session, ComposeProject project, ServiceDefinition service, IPipelineOutput output, CancellationToken token)
    {
        using var progress = new BackupProgress(output, $"Update {service.Name} of {project.Name}");
        var context = new UpdateContext(session, Selection, project, service, new VerboseEvents(output));
        await (Collation ? RefreshAsync(context, output, progress, token)
            : Rollback ? RollBackAsync(context, output, progress, token)
            : UpdateAsync(context, output, progress, token)).ConfigureAwait(false);
    }

    private async Task UpdateAsync(UpdateContext context, IPipelineOutput output, BackupProgress progress, CancellationToken token)
    {
        PreparedUpdate update = await new UpdatePreparation(context).PrepareAsync(Version, Image, token).ConfigureAwait(false);
        string name = $"{context.Service.Name} of {context.Project.Name}";
        string action = $"Update {name} from PostgreSQL {update.ServerVersion} to {update.State.NewMajor}";
        if (!await AgreedAsync(output, action, update.Plan.Steps(update.State, update.Changes, context.Relative), update.State.Runs ? "Writes are rejected until it is done." : "").ConfigureAwait(false))
        {
            return;
        }

        long clock = Stopwatch.GetTimestamp();
        await using var run = new UpdateRun(context, update, output, progress);
        try
        {
            await UpdateSequence.RunAsync(run, token).ConfigureAwait(false);
        }
        catch (UpdateFault fault)
        {
            throw context.Failed($"The update of {name}", fault);
        }

        IReadOnlyList<BackupManifest> moved = run.Moved;
        await output.WriteAsync(new LabDbUpdate
        {
            ProjectName = context.Project.Name,
            Service = context.Service.Name,
            OldVersion = update.ServerVersion,
            NewVersion = update.State.NewMajor!.Value.ToString(CultureInfo.InvariantCulture),
            OldImage = context.Service.Image ?? update.State.OldImage,
            NewImage = update.State.NewImage,
            OldVolume = update.Plan.OldVolume,
            NewVolume = update.Plan.NewVolume,
            Databases = [.. moved.Select(manifest => manifest.Database.Name)],
            Rows = moved.Sum(manifest => manifest.Rows ?? 0),
            Changes = [.. update.Changes.Select(change => string.Create(CultureInfo.InvariantCulture, $"{context.Relative(change.File)}:{change.Line}: {string.Join(" | ", change.New.Split('\n').Select(line => line.Trim()))}"))],
            Rollback = context.Command($"Update-LabDb -Rollback{(Service is null ? "" : $" -Service {Projects.CommandText.Quote(Service)}")}"),
            Duration = Stopwatch.GetElapsedTime(clock),
        }).ConfigureAwait(false);
    }

    private async Task RollBackAsync(UpdateContext context, IPipelineOutput output, BackupProgress progress, CancellationToken token)
    {
        UpdateRollback rollback = await UpdateRollback.FindAsync(context, token).ConfigureAwait(false);
        string action = $"Roll back the last update of {context.Service.Name} of {context.Project.Name}";
        if (await AgreedAsync(output, action, rollback.Steps, "What was written since the update is not in the old volume.").ConfigureAwait(false))
        {
            await output.WriteAsync(await rollback.RunAsync(progress, token).ConfigureAwait(false)).ConfigureAwait(false);
        }
    }

    private async Task RefreshAsync(UpdateContext context, IPipelineOutput output, BackupProgress progress, CancellationToken token)
    {
        await using DatabaseAccess access = await DatabaseAccess.OpenAsync(context.Session, Selection, context.Project, context.Service, new AccessRequest("postgres"), token).ConfigureAwait(false);
        await CollationRefresh.GuardAsync(access, context.Service.Name, async () =>
        {
            foreach (IGrouping<string, OutdatedCollation> database in (await CollationRefresh.FindAsync(access.OpenAsync, token).ConfigureAwait(false)).GroupBy(collation => collation.Database))
            {
                string action = $"Rebuild the indexes of database '{database.Key}' in {context.Service.Name} of {context.Project.Name}";
                string[] changes = [.. database.Select(collation => $"{collation.Collation ?? "the default collation"}: version {collation.OldVersion ?? "none"} to {collation.NewVersion ?? "none"}")];
                if (!await AgreedAsync(output, action, changes, "The database is locked until it is done.").ConfigureAwait(false))
                {
                    continue;
                }

                progress.Begin($"rebuild the indexes of {database.Key}");
                await CollationRefresh.RunAsync(access.OpenAsync, database.Key, [.. database], token).ConfigureAwait(false);
                foreach (OutdatedCollation collation in database)
                {
                    await output.WriteAsync(new LabDbCollation
                    {
                        ProjectName = context.Project.Name,
                        Service = context.Service.Name,
                        Database = collation.Database,
                        Collation = collation.Collation,
                        OldVersion = collation.OldVersion,
                        NewVersion = collation.NewVersion,
                    }).ConfigureAwait(false);
                }
            }
        }).ConfigureAwait(false);
    }

    private async Task<bool> AgreedAsync(IPipelineOutput output, string action, IReadOnlyList<string> steps, string warning)
    {
        string plan = string.Concat(steps.Select((step, index) => string.Create(CultureInfo.InvariantCulture, $"{System.Environment.NewLine}  {index + 1}. {step}")));
        return await output.ShouldProcessAsync($"{action}:{plan}", $"{action}?{plan}", "Update-LabDb").ConfigureAwait(false)
            && (Force || await output.ShouldContinueAsync($"{action}? {warning}{plan}", "Update-LabDb").ConfigureAwait(false));
    }

    private sealed class VerboseEvents(IPipelineOutput output) : IEngineEvents
    {
        public void Report(EngineEvent value) => output.Verbose($"{value.Resource}: {value.Status}");
    }
}
