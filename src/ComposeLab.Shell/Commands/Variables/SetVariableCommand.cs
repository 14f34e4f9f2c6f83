using System.Management.Automation;

namespace ComposeLab.Shell.Commands.Variables;

/// <summary>Sets variables.</summary>
[Cmdlet(VerbsCommon.Set, "Variable")]
internal sealed class SetVariableCommand : ScopedVariableCommand
{
    /// <summary>The value.</summary>
    [Parameter(Position = 1)]
    public object? Value { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var name in Name)
        {
            SessionState.PSVariable.Set(Scoped(name), Value);
        }
    }
}
