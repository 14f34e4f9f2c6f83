using System.Management.Automation;

namespace ComposeLab.Shell.Commands.Items;

/// <summary>Creates a file, a folder, or another provider's item.</summary>
[Cmdlet(VerbsCommon.New, "Item")]
internal sealed class NewItemCommand : PSCmdlet
{
    /// <summary>Where to create it.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    public string[] Path { get; set; } = [];

    /// <summary>The item's name, where the path is its folder.</summary>
    [Parameter]
    public string Name { get; set; } = "";

    /// <summary>The kind of item: File, Directory, SymbolicLink, ...</summary>
    [Parameter]
    [Alias("Type")]
    public string ItemType { get; set; } = "";

    /// <summary>What to put into it; the target of a link.</summary>
    [Parameter(ValueFromPipeline = true)]
    [Alias("Target")]
    public object? Value { get; set; }

    /// <summary>Replaces what is there; an existing folder stays.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var path in Path)
        {
            try
            {
                WriteObject(InvokeProvider.Item.New([path], Name, ItemType, Value, Force), enumerateCollection: true);
            }
            catch (RuntimeException fault) when (fault is not PipelineStoppedException)
            {
                WriteError(new ErrorRecord(fault.ErrorRecord, null));
            }
        }
    }
}
