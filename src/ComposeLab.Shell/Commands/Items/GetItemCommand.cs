using System.Management.Automation;

namespace ComposeLab.Shell.Commands.Items;

/// <summary>Gets the item at a path.</summary>
[Cmdlet(VerbsCommon.Get, "Item", DefaultParameterSetName = "Path")]
internal sealed class GetItemCommand : PathCommand
{
    /// <summary>Includes what is hidden or read-only.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void Process(string path) =>
        WriteObject(InvokeProvider.Item.Get([path], Force, Literal), enumerateCollection: true);
}
