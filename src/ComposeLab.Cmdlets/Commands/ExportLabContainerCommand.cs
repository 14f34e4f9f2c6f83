using System.Management.Automation;
using ComposeLab.Engines;
using ComposeLab.Errors;
using ComposeLab.Files;
using ComposeLab.Pipeline;
using ComposeLab.Stacks;

namespace ComposeLab.Commands;

/// <summary>
/// <para type="synopsis">Saves the file system of a container as a tar archive.</para>
/// <para type="description">Writes the files of the container, running or not, without its volumes and without the history of its image. The data is written to a
/// temporary file in the same folder, which gets its final name when it is complete.</para>
/// </summary>
/// <example>
/// <summary><para>Saves the files of the bundled lab's database container.</para></summary>
/// <code>Export-LabContainer db -OutFile ./db.tar</code>
/// </example>
/// <example>
/// <summary><para>Compresses the archive while it is written.</para></summary>
/// <code>Export-LabContainer web -ProjectName shop -AsByteStream | gzip > web.tar.gz</code>
/// </example>
[Cmdlet(VerbsData.Export, "LabContainer", DefaultParameterSetName = "Path", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo), typeof(byte))]
public sealed class ExportLabContainerCommand : LabContainerCmdlet
{
    private const int BlockSize = 64 * 1024;

    private string? _outFile;

    /// <summary><para type="description">The file to write. An existing file is overwritten.</para></summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    public string? OutFile { get; set; }

    /// <summary><para type="description">Writes the bytes of the archive to the pipeline instead of a file.</para></summary>
    [Parameter]
    public SwitchParameter AsByteStream { get; set; }

    /// <inheritdoc/>
    private protected override bool NeedsOneEngine => true;

    /// <inheritdoc/>
    private protected override IReadOnlyList<ParameterConflict> Conflicts => [new(nameof(OutFile), [nameof(AsByteStream)])];

    /// <inheritdoc/>
    protected override void Prepare()
    {
        base.Prepare();
        _outFile = OutFile is null ? null : ResolvePath(OutFile);
        if (_outFile is null && !AsByteStream)
        {
            throw new LabException(LabErrorId.PathInvalid, "The file for the archive is missing.", "Specify -OutFile or -AsByteStream");
        }
    }

    /// <inheritdoc/>
    protected override async Task RunAsync(IPipelineOutput output, CancellationToken token)
    {
        using EngineSession session = await EngineSession.OpenAsync(Selection, token).ConfigureAwait(false);
        LocatedContainer container = await FindContainerAsync(session, token, anyState: true).ConfigureAwait(false);
        if (_outFile is not null && !await output.ShouldProcessAsync($"Write the files of {container.Container.Name} to {_outFile}", $"Write {_outFile}?", "Export-LabContainer").ConfigureAwait(false))
        {
            return;
        }

        await using Stream archive = await container.Engine.ExportContainerAsync(container.Id, token).ConfigureAwait(false);
        if (_outFile is null)
        {
            await WriteBytesAsync(archive, output, token).ConfigureAwait(false);
            return;
        }

        using var file = new ReplacedFile(_outFile);
        await new CommandOutput(file.Stream, null, _ => null).CopyFromAsync(archive, token).ConfigureAwait(false);
        file.Keep();
        await output.WriteAsync(new FileInfo(_outFile)).ConfigureAwait(false);
    }

    private static async Task WriteBytesAsync(Stream archive, IPipelineOutput output, CancellationToken token)
    {
        byte[] block = new byte[BlockSize];
        int read;
        while ((read = await archive.ReadAsync(block, token).ConfigureAwait(false)) > 0)
        {
            await output.WriteEachAsync(block[..read]).ConfigureAwait(false);
        }
    }
}
