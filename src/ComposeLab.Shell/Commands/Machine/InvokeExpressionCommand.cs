using System.Management.Automation;

namespace ComposeLab.Shell.Commands.Machine;

/// <summary>Runs a text as PowerShell code in the current scope.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "Expression")]
internal sealed class InvokeExpressionCommand : PSCmdlet
{
    /// <summary>The code.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true)]
    public string Command { get; set; } = "";

    /// <inheritdoc/>
    protected override void ProcessRecord() =>
        WriteObject(InvokeCommand.InvokeScript(useLocalScope: false, InvokeCommand.NewScriptBlock(Command), null), enumerateCollection: true);
}
