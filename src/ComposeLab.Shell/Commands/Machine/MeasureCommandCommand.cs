using System.Management.Automation;

namespace ComposeLab.Shell.Commands.Machine;

/// <summary>Gives the time that a script takes; its output is dropped.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "Command")]
internal sealed class MeasureCommandCommand : PSCmdlet
{
    /// <summary>The script; it runs in the current scope.</summary>
    [Parameter(Position = 0, Mandatory = true)]
    public ScriptBlock Expression { get; set; } = ScriptBlock.Create("");

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        InvokeCommand.InvokeScript(useLocalScope: false, Expression, null);
        WriteObject(watch.Elapsed);
    }
}
