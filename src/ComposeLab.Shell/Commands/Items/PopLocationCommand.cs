using System.Management.Automation;

namespace ComposeLab.Shell.Commands.Items;

/// <summary>Returns to the location remembered last.</summary>
[Cmdlet(VerbsCommon.Pop, "Location")]
internal sealed class PopLocationCommand : PSCmdlet
{
    /// <summary>Writes the new location.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var changed = SessionState.Path.PopLocation(null);
        if (PassThru)
        {
            WriteObject(changed);
        }
    }
}
