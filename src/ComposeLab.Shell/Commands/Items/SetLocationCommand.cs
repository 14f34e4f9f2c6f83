using System.Management.Automation;

namespace ComposeLab.Shell.Commands.Items;

/// <summary>Changes the current location; to the home folder where nothing is given.</summary>
[Cmdlet(VerbsCommon.Set, "Location")]
internal sealed class SetLocationCommand : PSCmdlet
{
    /// <summary>The new location.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("LiteralPath", "PSPath")]
    public string Path { get; set; } = "";

    /// <summary>Writes the new location.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var changed = SessionState.Path.SetLocation(Path.Length > 0 ? Path : "~");
        if (PassThru)
        {
            WriteObject(changed);
        }
    }
}
