using System.Management.Automation;

namespace ComposeLab.Shell.Commands.Streams;

/// <summary>Writes to the host, past the pipeline.</summary>
[Cmdlet(VerbsCommunications.Write, "Host")]
internal sealed class WriteHostCommand : PSCmdlet
{
    /// <summary>What to write; a collection is joined.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromRemainingArguments = true)]
    [Alias("Msg", "Message")]
    public object? Object { get; set; }

    /// <summary>Leaves the line open.</summary>
    [Parameter]
    public SwitchParameter NoNewline { get; set; }

    /// <summary>Between the members of a collection.</summary>
    [Parameter]
    public object Separator { get; set; } = " ";

    /// <summary>The colour of the text.</summary>
    [Parameter]
    public ConsoleColor? ForegroundColor { get; set; }

    /// <summary>The colour behind the text.</summary>
    [Parameter]
    public ConsoleColor? BackgroundColor { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var message = new HostInformationMessage
        {
            Message = Text(Object),
            NoNewLine = NoNewline,
            ForegroundColor = ForegroundColor,
            BackgroundColor = BackgroundColor,
        };
        WriteInformation(message, ["PSHOST"]);
    }

    private string Text(object? value) => value switch
    {
        PSObject { BaseObject: System.Collections.IEnumerable inner and not string } => Text(inner),
        string text => text,
        System.Collections.IEnumerable many => string.Join(LanguagePrimitives.ConvertTo<string>(Separator), many.Cast<object?>().Select(Text)),
        _ => LanguagePrimitives.ConvertTo<string>(value),
    };
}
