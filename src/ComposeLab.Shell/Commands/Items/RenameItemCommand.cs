using System.Management.Automation;

namespace ComposeLab.Shell.Commands.Items;

/// <summary>Renames an item.</summary>
[Cmdlet(VerbsCommon.Rename, "Item", DefaultParameterSetName = "Path")]
internal sealed class RenameItemCommand : PathCommand
{
    /// <summary>The new name, without a folder.</summary>
    [Parameter(Position = 1, Mandatory = true)]
    public string NewName { get; set; } = "";

    /// <summary>Includes what is hidden or read-only.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void Process(string path) =>
        InvokeProvider.Item.Rename(path, NewName, Force);
}
