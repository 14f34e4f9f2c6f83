using System.Management.Automation;

namespace ComposeLab.Shell.Commands.Objects;

/// <summary>A command that needs every input object before it can answer.</summary>
internal abstract class CollectingCommand : PSCmdlet
{
    /// <summary>One object of the input.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>The input so far; null objects are left out.</summary>
    protected List<PSObject> Items { get; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (InputObject is not null && !ReferenceEquals(InputObject, System.Management.Automation.Internal.AutomationNull.Value))
        {
            Items.Add(InputObject);
        }
    }
}
