using System.Management.Automation;

namespace ComposeLab.Shell.Commands.Variables;

/// <summary>Gets variables by name.</summary>
[Cmdlet(VerbsCommon.Get, "Variable")]
internal sealed class GetVariableCommand : ScopedVariableCommand
{
    /// <summary>Writes the values only.</summary>
    [Parameter]
    public SwitchParameter ValueOnly { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var name in Name)
        {
            if (SessionState.PSVariable.Get(Scoped(name)) is { } variable)
            {
                WriteObject(ValueOnly ? variable.Value : variable);
            }
            else if (WildcardPattern.ContainsWildcardCharacters(name))
            {
                WriteObject(InvokeProvider.ChildItem.Get($"Variable:{name}", recurse: false), enumerateCollection: true);
            }
            else
            {
                WriteError(new ErrorRecord(
                    new ItemNotFoundException($"Expected a variable '{name}', found none."), "VariableNotFound", ErrorCategory.ObjectNotFound, name));
            }
        }
    }
}
