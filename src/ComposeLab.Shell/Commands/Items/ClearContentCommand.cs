using System.Management.Automation;

namespace ComposeLab.Shell.Commands.Items;

/// <summary>Empties files.</summary>
[Cmdlet(VerbsCommon.Clear, "Content", DefaultParameterSetName = "Path")]
internal sealed class ClearContentCommand : PathCommand
{
    /// <summary>Includes what is hidden or read-only.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void Process(string path) =>
        InvokeProvider.Content.Clear([path], Force, Literal);
}
