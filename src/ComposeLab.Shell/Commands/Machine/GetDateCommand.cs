using System.Management.Automation;

namespace ComposeLab.Shell.Commands.Machine;

/// <summary>Gives the current time, or one that was given, as an object or as text.</summary>
[Cmdlet(VerbsCommon.Get, "Date")]
internal sealed class GetDateCommand : PSCmdlet
{
    /// <summary>The time; now where nothing is given.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    public DateTime Date { get; set; } = DateTime.Now;

    /// <summary>A .NET format for the text.</summary>
    [Parameter]
    public string Format { get; set; } = "";

    /// <summary>Gives the time in UTC.</summary>
    [Parameter]
    public SwitchParameter AsUTC { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var time = AsUTC ? Date.ToUniversalTime() : Date;
        WriteObject(Format.Length > 0 ? time.ToString(Format, System.Globalization.CultureInfo.InvariantCulture) : time);
    }
}
