using System.Management.Automation;

namespace ComposeLab.Shell.Commands.Variables;

/// <summary>Removes variables.</summary>
[Cmdlet(VerbsCommon.Remove, "Variable")]
internal sealed class RemoveVariableCommand : ScopedVariableCommand
{
    /// <summary>Removes a read-only variable, too.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var name in Name)
        {
            SessionState.PSVariable.Remove(Scoped(name));
        }
    }
}
