using System.Management.Automation;

namespace ComposeLab.Shell.Commands.Streams;

/// <summary>Writes to the debug stream.</summary>
[Cmdlet(VerbsCommunications.Write, "Debug")]
internal sealed class WriteDebugCommand : PSCmdlet
{
    /// <summary>What to write.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true)]
    [Alias("Msg")]
    [AllowEmptyString]
    public string Message { get; set; } = "";

    /// <inheritdoc/>
    protected override void ProcessRecord() => WriteDebug(Message);
}
