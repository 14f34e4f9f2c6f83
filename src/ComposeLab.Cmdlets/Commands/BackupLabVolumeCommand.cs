using System.IO.Compression;
using System.Management.Automation;
using System.Security.Cryptography;
using ComposeLab.Completion;
using ComposeLab.Engine;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Volumes;
using ComposeLab.Engines;
using ComposeLab.EnvFiles;
using ComposeLab.Errors;
using ComposeLab.Files;
using ComposeLab.Pipeline;
using ComposeLab.Progress;
using ComposeLab.Projects;
using ComposeLab.Stacks;
using ComposeLab.Volumes;

namespace ComposeLab.Commands;

/// <summary>
/// <para type="synopsis">Saves all files of a volume in a compressed archive.</para>
/// <para type="description">Writes a tar.gz archive with owners, modes and links, and next to it a manifest with the project, the labels, the size, the time and the SHA-256
/// checksum. The engine reads the volume through a container that is never started; no image is needed for that but one that the engine has. While a running container can
/// write to the volume, the copy would not be consistent, so this is an error: -StopService stops the containers of the stack for the time of the copy, and -Force copies
/// anyway. The archive has a temporary name until it is complete.</para>
/// </summary>
/// <example>
/// <summary><para>Saves the database files of another project, while its services are stopped.</para></summary>
/// <code>Backup-LabVolume db-data ./db-data.tar.gz -Path ./shop -StopService</code>
/// </example>
/// <example>
/// <summary><para>Saves all volumes of a stack in a folder.</para></summary>
/// <code>Get-LabVolume -ProjectName shop | Backup-LabVolume -OutFile ./backups/ -StopService</code>
/// </example>
/// <example>
/// <summary><para>Shows what would be saved and stopped.</para></summary>
/// <code>Backup-LabVolume db-data ./db-data.tar.gz -StopService -WhatIf</code>
/// </example>
[Cmdlet(VerbsData.Backup, "LabVolume", DefaultParameterSetName = "Path", SupportsShouldProcess = true)]
[OutputType(typeof(LabVolumeBackup))]
public sealed class BackupLabVolumeCommand : LabEngineCmdlet
{
    private readonly HashSet<string> _written = new(StringComparer.Ordinal);
    private string _target = "";
    private bool _isFolder;
    private string _outFile = "";

    // Read on the thread that stops the pipeline.
    private volatile string _stopped = "";

    /// <summary><para type="description">The volume: its key in the Compose files, or its name on the engine.</para></summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(VolumeCompleter))]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = "";

    /// <summary><para type="description">The archive to write, or a folder for a file with the name of the volume; a path that ends with a slash is a folder, which is
    /// created. An existing file is overwritten.</para></summary>
    [Parameter(Position = 1, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string OutFile { get; set; } = "";

    /// <summary><para type="description">Stops the running containers of the stack that can write to the volume, and starts them again after the copy.</para></summary>
    [Parameter]
    public SwitchParameter StopService { get; set; }

    /// <summary><para type="description">Copies even if running containers can write to the volume. The files may not match each other; those of a database may be
    /// useless.</para></summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    private protected override bool NeedsOneEngine => true;

    /// <inheritdoc/>
    protected override void Prepare()
    {
        base.Prepare();
        _target = ResolvePath(OutFile);
        _isFolder = OutFile.EndsWith('/') || OutFile.EndsWith('\\') || Directory.Exists(_target);
    }

    /// <inheritdoc/>
    protected override async Task RunAsync(IPipelineOutput output, CancellationToken token)
    {
        string project = ProjectLoading.NameOf(Selection, token);
        using EngineSession session = await EngineSession.OpenAsync(Selection, token).ConfigureAwait(false);
        VolumeSummary volume = await FindAsync(session.Engine, project, token).ConfigureAwait(false);
        VolumeUsers users = await VolumeUsers.ReadAsync(session.Engine, volume.Name, project, token).ConfigureAwait(false);
        if (!Force)
        {
            users.RequireNoWriter(StopService);
        }

        _outFile = _isFolder ? System.IO.Path.Combine(_target, volume.Name + ".tar.gz") : _target;
        if (!_written.Add(_outFile))
        {
            throw new LabException(LabErrorId.PathInvalid, $"Several volumes cannot be saved in the single file {_outFile}.", "Set -OutFile to a folder, with a slash at its end", _outFile);
        }

        IReadOnlyList<ContainerSummary> stopped = StopService ? users.WritersOfStack : [];
        string with = stopped.Count == 0 ? "" : $", with {string.Join(", ", stopped.Select(container => container.Name))} stopped";
        if (!await output.ShouldProcessAsync($"Save volume {volume.Name} to {_outFile}{with}", $"Save volume {volume.Name} to {_outFile}{with}?", "Backup-LabVolume").ConfigureAwait(false))
        {
            return;
        }

        if (_isFolder)
        {
            SecretFiles.MakeFolder(_target);
        }

        // Before anything is stopped.
        using var file = new ReplacedFile(_outFile);
        _stopped = string.Join(", ", stopped.Select(container => container.Name));
        bool isConsistent = users.Writers.All(stopped.Contains);
        VolumeManifest manifest = await VolumeUsers.WhileStoppedAsync(
            session.Engine, stopped, () => SaveAsync(session.Engine, project, volume, file, isConsistent, output, token), output.Verbose, token).ConfigureAwait(false);
        _stopped = "";
        await output.WriteAsync(new LabVolumeBackup
        {
            ProjectName = project,
            Volume = volume.Name,
            File = _outFile,
            Size = manifest.Size,
            ContentSize = manifest.ContentSize,
            Checksum = manifest.Sha256,
            IsConsistent = isConsistent,
            CreatedAt = manifest.CreatedAt,
        }).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    private protected override string? InterruptedText() =>
        _stopped.Length == 0 ? null : $"{_stopped} was stopped for the copy and is started again. Check it with {Typed("Get-LabService")}.";

    private async Task<VolumeSummary> FindAsync(IEngine engine, string project, CancellationToken token)
    {
        IReadOnlyList<VolumeSummary> volumes = await engine.ListVolumesAsync([], token).ConfigureAwait(false);
        IReadOnlyList<ContainerSummary> containers = await engine.ListContainersAsync([], token).ConfigureAwait(false);
        LabVolume? found = StackResources.Volumes(project, volumes, containers).FirstOrDefault(volume => volume.Name == Name || volume.Key == Name);
        return found is null
            ? throw new LabException(LabErrorId.VolumeNotFound, $"Volume '{Name}' not found in stack '{project}'.", $"Run {Typed("Get-LabVolume")} to list the volumes", Name)
            : volumes.First(volume => volume.Name == found.Name);
    }

    private async Task<VolumeManifest> SaveAsync(IEngine engine, string project, VolumeSummary volume, ReplacedFile file, bool isConsistent, IPipelineOutput output, CancellationToken token)
    {
        DateTimeOffset created = DateTimeOffset.UtcNow;
        using var progress = new ByteProgress(output, $"Save volume {volume.Name}");
        using var hash = SHA256.Create();
        long content = 0;
        await new VolumeArchives(engine).ReadAsync(
            volume.Name,
            async tar =>
            {
                await using var checksum = new CryptoStream(new CommandOutput(file.Stream, null, _ => null), hash, CryptoStreamMode.Write, leaveOpen: true);
                await using var packed = new GZipStream(checksum, CompressionLevel.Fastest);
                byte[] block = new byte[1024 * 1024];
                int read;
                while ((read = await ReadAsync(tar, block, token).ConfigureAwait(false)) > 0)
                {
                    await packed.WriteAsync(block.AsMemory(0, read), token).ConfigureAwait(false);
                    progress.Report(content += read);
                }
            },
            token).ConfigureAwait(false);
        var manifest = new VolumeManifest
        {
            Project = project,
            Volume = volume.Name,
            Driver = volume.Driver,
            DriverOptions = volume.DriverOptions,
            Labels = volume.Labels,
            Size = file.Stream.Length,
            ContentSize = content,
            Sha256 = Convert.ToHexString(hash.Hash!).ToLowerInvariant(),
            IsConsistent = isConsistent,
            CreatedAt = created,
        };
        manifest.Write(file);
        return manifest;
    }

    private static async Task<int> ReadAsync(Stream tar, byte[] block, CancellationToken token)
    {
        try
        {
            return await tar.ReadAsync(block, token).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is IOException or HttpRequestException)
        {
            throw new EngineException(EngineErrorId.EngineUnreachable, $"The connection to the engine was lost: {fault.Message}", "Run the command again", fault);
        }
    }
}
