using System.Management.Automation;
using ComposeLab.Shell.Hosting;
using Microsoft.PowerShell.Commands.Internal.Format;

namespace ComposeLab.Shell.Commands.Output;

/// <summary>Formats objects to a file; <c>&gt;</c> and <c>&gt;&gt;</c> use it.</summary>
[Cmdlet(VerbsData.Out, "File")]
public sealed class OutFileCommand : FrontEndCommandBase
{
    private StreamWriter? _file;

    /// <summary>The file's path.</summary>
    [Parameter(Position = 0, Mandatory = true)]
    [Alias("Path", "PSPath", "LiteralPath", "LP")]
    public string FilePath { get; set; } = "";

    /// <summary>Only UTF-8 is known, as in PowerShell by default; the parameter exists because <c>&gt;</c> may give it.</summary>
    [Parameter(Position = 1)]
    [ValidateSet("utf8", "utf8NoBOM")]
    public string Encoding { get; set; } = "utf8";

    /// <summary>Adds to the end.</summary>
    [Parameter]
    public SwitchParameter Append { get; set; }

    /// <summary>Overwrites; always so here.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Writes no line end after each object.</summary>
    [Parameter]
    public SwitchParameter NoNewline { get; set; }

    /// <summary>The width of a line, in columns.</summary>
    [Parameter]
    [ValidateRange(2, int.MaxValue)]
    public int Width { get; set; } = int.MaxValue;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _file = new StreamWriter(GetUnresolvedProviderPathFromPSPath(FilePath), Append) { NewLine = NoNewline ? "" : "\n" };
        EngineInternals.Output(this, _file, Width);
        base.BeginProcessing();
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        base.EndProcessing();
        _file?.Dispose();
    }

    /// <inheritdoc/>
    protected override void InternalDispose()
    {
        base.InternalDispose();
        _file?.Dispose();
    }
}
