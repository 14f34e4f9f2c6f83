using System.Management.Automation;
using ComposeLab.Completion;
using ComposeLab.Database.Backups;
using ComposeLab.Engines;
using ComposeLab.Errors;
using ComposeLab.Pipeline;
using ComposeLab.Projects;

namespace ComposeLab.Commands;

/// <summary>
/// <para type="synopsis">Proves that a backup of Backup-LabDb can be restored.</para>
/// <para type="description">Compares the files with the checksums in the manifest. Then restores the backup into a new server on the same engine, without a network and
/// without a published port, and compares tables, row counts, sequences, extensions and other objects with the manifest. The server and its data volume are removed
/// afterwards. A backup is good if Ok is true. The result is recorded in the manifest; Backup-LabDb -Keep never deletes the last good backup.</para>
/// </summary>
/// <example>
/// <summary><para>Tests a backup.</para></summary>
/// <code>Test-LabDbBackup ./shop.dump</code>
/// </example>
/// <example>
/// <summary><para>Tests every backup in a folder and shows what is wrong with those that are not good.</para></summary>
/// <code>Get-ChildItem ./backups/*.dump | Test-LabDbBackup | Where-Object -not Ok | Select-Object BackupFile, Differences</code>
/// </example>
[Cmdlet(VerbsDiagnostic.Test, "LabDbBackup")]
[OutputType(typeof(LabDbBackupTest))]
public sealed class TestLabDbBackupCommand : LabCmdlet
{
    private string _path = "";

    /// <summary><para type="description">The backup, or its manifest.</para></summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("FullName", "PSPath", "LP")]
    [ArgumentCompleter(typeof(BackupFileCompleter))]
    [ValidateNotNullOrEmpty]
    public string BackupFile { get; set; } = "";

    /// <summary><para type="description">The image of the server that restores the backup; its version of PostgreSQL must not be older. Default: the image of the
    /// database's container.</para></summary>
    [Parameter]
    [ArgumentCompleter(typeof(DatabaseImageCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Image { get; set; }

    /// <summary><para type="description">The Docker engine to use: a docker context, or an address such as ssh://admin@edge1. Default: DOCKER_HOST, the current docker
    /// context, or the engine of this machine.</para></summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Engine")]
    [ArgumentCompleter(typeof(ContextCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Context { get; set; }

    /// <summary><para type="description">The time limit for each backup, in seconds. Default: no limit but Ctrl-C.</para></summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue / 1000)]
    public int? TimeoutSec { get; set; }

    /// <inheritdoc/>
    protected override void Prepare() => _path = ResolvePath(BackupFile);

    /// <inheritdoc/>
    protected override async Task RunAsync(IPipelineOutput output, CancellationToken token)
    {
        BackupSource source = BackupSource.Open(_path, token);
        using var deadline = new Deadline(TimeoutSec is { } seconds ? TimeSpan.FromSeconds(seconds) : Timeout.InfiniteTimeSpan, token);
        try
        {
            using EngineSession session = await EngineSession.OpenAsync(new ProjectSelection { Location = "", Environment = ProcessEnvironment.Read(), Context = Context }, deadline.Token).ConfigureAwait(false);
            using var progress = new BackupProgress(output, $"Test {System.IO.Path.GetFileName(source.Path)}");
            await output.WriteAsync(
                await new BackupTest(session.Engine, output, TimeProvider.System).RunAsync(source, Image, progress, deadline.Token).ConfigureAwait(false)).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (deadline.Expired)
        {
            throw new LabException(LabErrorId.TimedOut, $"The test did not finish within {TimeoutSec} s and was stopped.", "Raise -TimeoutSec", source.Path);
        }
    }
}
