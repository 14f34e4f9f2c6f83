using System.Management.Automation;

namespace ComposeLab.Shell.Commands.Items;

/// <summary>Remembers the current location and changes it.</summary>
[Cmdlet(VerbsCommon.Push, "Location")]
internal sealed class PushLocationCommand : PSCmdlet
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
        SessionState.Path.PushCurrentLocation(null);
        if (Path.Length > 0)
        {
            SessionState.Path.SetLocation(Path);
        }

        if (PassThru)
        {
            WriteObject(SessionState.Path.CurrentLocation);
        }
    }
}
