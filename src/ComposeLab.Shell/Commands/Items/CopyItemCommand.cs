using System.Management.Automation;

namespace ComposeLab.Shell.Commands.Items;

/// <summary>Copies items.</summary>
[Cmdlet(VerbsCommon.Copy, "Item", DefaultParameterSetName = "Path")]
internal sealed class CopyItemCommand : PathCommand
{
    /// <summary>Where to.</summary>
    [Parameter(Position = 1, Mandatory = true)]
    public string Destination { get; set; } = "";

    /// <summary>Goes into folders.</summary>
    [Parameter]
    public SwitchParameter Recurse { get; set; }

    /// <summary>Includes what is hidden or read-only.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void Process(string path) =>
        InvokeProvider.Item.Copy([path], Destination, Recurse, CopyContainers.CopyTargetContainer, Force, Literal);
}
