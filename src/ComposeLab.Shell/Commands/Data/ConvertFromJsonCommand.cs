using System.Management.Automation;

namespace ComposeLab.Shell.Commands.Data;

/// <summary>Reads JSON into objects.</summary>
[Cmdlet(VerbsData.ConvertFrom, "Json")]
internal sealed class ConvertFromJsonCommand : PSCmdlet
{
    private readonly List<string> _lines = [];

    /// <summary>The text; lines from the pipeline are joined.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true)]
    [AllowEmptyString]
    public string InputObject { get; set; } = "";

    /// <summary>Gives ordered hashtables instead of objects.</summary>
    [Parameter]
    public SwitchParameter AsHashtable { get; set; }

    /// <summary>How many levels may be nested.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Depth { get; set; } = 1024;

    /// <summary>Writes an array as one object.</summary>
    [Parameter]
    public SwitchParameter NoEnumerate { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => _lines.Add(InputObject);

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var text = string.Join('\n', _lines);
        if (string.IsNullOrWhiteSpace(text))
        {
            return;
        }

        try
        {
            using var document = System.Text.Json.JsonDocument.Parse(text, new() { MaxDepth = Depth, AllowTrailingCommas = true, CommentHandling = System.Text.Json.JsonCommentHandling.Skip });
            WriteObject(JsonReader.Read(document.RootElement, AsHashtable), !NoEnumerate);
        }
        catch (System.Text.Json.JsonException fault)
        {
            ThrowTerminatingError(new ErrorRecord(
                new ArgumentException($"Expected JSON, found a fault: {fault.Message}", fault), "System.ArgumentException", ErrorCategory.NotSpecified, null));
        }
    }
}
