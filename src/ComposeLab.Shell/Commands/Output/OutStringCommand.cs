using System.Management.Automation;
using System.Management.Automation.Internal;
using ComposeLab.Shell.Hosting;
using Microsoft.PowerShell.Commands.Internal.Format;

namespace ComposeLab.Shell.Commands.Output;

/// <summary>Formats objects to text, as they would be shown.</summary>
[Cmdlet(VerbsData.Out, "String")]
public sealed class OutStringCommand : FrontEndCommandBase
{
    private readonly StringWriter _text = new() { NewLine = "\n" };

    /// <summary>Writes one string for each line.</summary>
    [Parameter]
    public SwitchParameter Stream { get; set; }

    /// <summary>Joins the lines without line ends.</summary>
    [Parameter]
    public SwitchParameter NoNewline { get; set; }

    /// <summary>The width of a line, in columns; 120 where nothing is given.</summary>
    [Parameter]
    [ValidateRange(2, int.MaxValue)]
    public int Width { get; set; } = 120;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        EngineInternals.Output(this, _text, Width);
        base.BeginProcessing();
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        base.EndProcessing();
        var text = new StringDecorated(_text.ToString()).ToString(OutputRendering.PlainText);
        if (Stream)
        {
            WriteObject(text.TrimEnd('\n').Split('\n'), enumerateCollection: true);
        }
        else
        {
            WriteObject(NoNewline ? text.ReplaceLineEndings("") : text);
        }
    }

    /// <inheritdoc/>
    protected override void InternalDispose()
    {
        base.InternalDispose();
        _text.Dispose();
    }
}
