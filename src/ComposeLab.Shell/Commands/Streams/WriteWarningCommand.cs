using System.Management.Automation;

namespace ComposeLab.Shell.Commands.Streams;

/// <summary>Writes to the warning stream.</summary>
[Cmdlet(VerbsCommunications.Write, "Warning")]
internal sealed class WriteWarningCommand : PSCmdlet
{
    /// <summary>What to write.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true)]
    [Alias("Msg")]
    [AllowEmptyString]
    public string Message { get; set; } = "";

    /// <inheritdoc/>
    protected override void ProcessRecord() => WriteWarning(Message);
}
