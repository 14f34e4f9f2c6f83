using System.Management.Automation;

namespace ComposeLab.Shell.Commands.Items;

/// <summary>Moves items.</summary>
[Cmdlet(VerbsCommon.Move, "Item", DefaultParameterSetName = "Path")]
internal sealed class MoveItemCommand : PathCommand
{
    /// <summary>Where to.</summary>
    [Parameter(Position = 1, Mandatory = true)]
    public string Destination { get; set; } = "";

    /// <summary>Includes what is hidden or read-only.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void Process(string path) =>
        InvokeProvider.Item.Move([path], Destination, Force, Literal);
}
