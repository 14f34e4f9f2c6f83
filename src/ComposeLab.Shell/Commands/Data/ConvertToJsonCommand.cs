using System.Management.Automation;

namespace ComposeLab.Shell.Commands.Data;

/// <summary>Writes objects as JSON, by the engine's own writer.</summary>
[Cmdlet(VerbsData.ConvertTo, "Json")]
internal sealed class ConvertToJsonCommand : Objects.CollectingCommand
{
    private readonly CancellationTokenSource _stop = new();

    /// <summary>How many levels are written as objects; deeper ones as text.</summary>
    [Parameter]
    [ValidateRange(0, 100)]
    public int Depth { get; set; } = 2;

    /// <summary>Leaves white space out.</summary>
    [Parameter]
    public SwitchParameter Compress { get; set; }

    /// <summary>Writes enumerations by name.</summary>
    [Parameter]
    public SwitchParameter EnumsAsStrings { get; set; }

    /// <summary>Writes an array, also around one object.</summary>
    [Parameter]
    public SwitchParameter AsArray { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (Items.Count == 0 && !AsArray)
        {
            WriteObject("null");
            return;
        }

        object value = Items.Count == 1 && !AsArray ? Items[0] : Items;
        WriteObject(JsonWriter.Write(value, Depth, EnumsAsStrings, Compress, _stop.Token));
    }

    /// <inheritdoc/>
    protected override void StopProcessing() => _stop.Cancel();
}
