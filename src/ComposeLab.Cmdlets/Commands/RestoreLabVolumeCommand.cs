using System.IO.Compression;
using System.Management.Automation;
using ComposeLab.Completion;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Volumes;
using ComposeLab.Engines;
using ComposeLab.Errors;
using ComposeLab.Pipeline;
using ComposeLab.Progress;
using ComposeLab.Projects;
using ComposeLab.Stacks;
using ComposeLab.Volumes;

namespace ComposeLab.Commands;

/// <summary>
/// <para type="synopsis">Restores the files of a volume from a backup.</para>
/// <para type="description">Checks the archive against the checksum in its manifest, and changes nothing if they do not match. Then creates the volume with the labels of
/// the backup, and writes the files with their owners, modes and links. An existing volume is replaced, after a prompt, because its data is deleted. A volume that a container
/// uses is not replaced, not even if the container is stopped: Remove-LabStack removes the containers and keeps the volumes. If the restore fails, the incomplete volume is
/// removed.</para>
/// </summary>
/// <example>
/// <summary><para>Restores a volume of another project and starts it again.</para></summary>
/// <code>Remove-LabStack -Path ./shop; Restore-LabVolume -InFile ./db-data.tar.gz -Path ./shop; Start-LabStack -Path ./shop</code>
/// </example>
/// <example>
/// <summary><para>Restores into a volume with another name, to look at the files.</para></summary>
/// <code>Restore-LabVolume inspection -InFile ./db-data.tar.gz -Path ./shop</code>
/// </example>
[Cmdlet(VerbsData.Restore, "LabVolume", DefaultParameterSetName = "Path", SupportsShouldProcess = true)]
[OutputType(typeof(LabVolume))]
public sealed class RestoreLabVolumeCommand : LabEngineCmdlet
{
    private string _inFile = "";
    private bool _isWhatIf;
    private bool _isConfirmed;

    /// <summary><para type="description">The volume to restore: its key in the Compose files, or a name on the engine. Default: the volume of the backup.</para></summary>
    [Parameter(Position = 0)]
    [ArgumentCompleter(typeof(VolumeCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary><para type="description">The archive of Backup-LabVolume. Its manifest must be next to it.</para></summary>
    [Parameter(Position = 1, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string InFile { get; set; } = "";

    /// <summary><para type="description">Replaces an existing volume without a prompt.</para></summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    private protected override bool NeedsOneEngine => true;

    /// <inheritdoc/>
    protected override void Prepare()
    {
        base.Prepare();
        _inFile = ResolvePath(InFile);
        _isWhatIf = IsWhatIf;
        _isConfirmed = IsConfirmed;
    }

    /// <inheritdoc/>
    protected override async Task RunAsync(IPipelineOutput output, CancellationToken token)
    {
        string project = ProjectLoading.NameOf(Selection, token);
        using var progress = new ByteProgress(output, $"Check {_inFile}");
        VolumeManifest manifest = await VolumeManifest.VerifyAsync(_inFile, progress.Report, token).ConfigureAwait(false);
        VolumeSpec target = manifest.Target(project, Name);
        using EngineSession session = await EngineSession.OpenAsync(Selection, token).ConfigureAwait(false);
        bool exists = (await session.Engine.ListVolumesAsync([], token).ConfigureAwait(false)).Any(volume => volume.Name == target.Name);
        VolumeUsers users = await VolumeUsers.ReadAsync(session.Engine, target.Name, project, token).ConfigureAwait(false);
        if (users.All.Count > 0)
        {
            throw new LabException(
                LabErrorId.ResourceInUse,
                $"Volume '{target.Name}' is used by {string.Join(", ", users.All.Select(container => container.Name))}, so it cannot be replaced. Nothing was changed.",
                $"{Typed("Remove-LabStack")} removes the containers and keeps the volumes",
                target.Name);
        }

        if (!await ConfirmAsync(target.Name, exists, manifest, output).ConfigureAwait(false))
        {
            return;
        }

        await using (FileStream file = System.IO.File.OpenRead(_inFile))
        await using (var tar = new GZipStream(file, CompressionMode.Decompress))
        {
            await new VolumeArchives(session.Engine).CreateAsync(target, exists, tar, token).ConfigureAwait(false);
        }

        IReadOnlyList<VolumeSummary> volumes = await session.Engine.ListVolumesAsync([], token).ConfigureAwait(false);
        await output.WriteAsync(StackResources.Volume(project, volumes.First(volume => volume.Name == target.Name), [])).ConfigureAwait(false);
    }

    private Task<bool> ConfirmAsync(string volume, bool exists, VolumeManifest manifest, IPipelineOutput output)
    {
        string action = $"{(exists ? "Replace" : "Create")} volume {volume} with the backup of {manifest.Volume} from {manifest.CreatedAt.ToLocalTime():yyyy-MM-dd HH:mm}";
        return exists && !Force && !_isWhatIf && !_isConfirmed
            ? output.ShouldContinueAsync($"This permanently deletes all data in volume {volume}. Continue?", "Restore-LabVolume")
            : output.ShouldProcessAsync(action, action + "?", "Restore-LabVolume");
    }
}
