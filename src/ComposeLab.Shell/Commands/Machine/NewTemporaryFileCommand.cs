using System.Management.Automation;

namespace ComposeLab.Shell.Commands.Machine;

/// <summary>Creates an empty file in the folder for temporary files.</summary>
[Cmdlet(VerbsCommon.New, "TemporaryFile")]
internal sealed class NewTemporaryFileCommand : PSCmdlet
{
    /// <inheritdoc/>
    protected override void EndProcessing() => WriteObject(new FileInfo(Path.GetTempFileName()));
}
