using System.Management.Automation;

namespace ComposeLab.Shell.Commands.Variables;

/// <summary>Creates variables.</summary>
[Cmdlet(VerbsCommon.New, "Variable")]
internal sealed class NewVariableCommand : ScopedVariableCommand
{
    /// <summary>The value.</summary>
    [Parameter(Position = 1)]
    public object? Value { get; set; }

    /// <summary>Whether it may be changed.</summary>
    [Parameter]
    public ScopedItemOptions Option { get; set; }

    /// <summary>Replaces a variable of that name.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var name in Name)
        {
            SessionState.PSVariable.Set(new PSVariable(Scoped(name), Value, Option));
        }
    }
}
