using System.Management.Automation;

namespace ComposeLab.Shell.Commands.Items;

/// <summary>Reads files, line by line or whole.</summary>
[Cmdlet(VerbsCommon.Get, "Content", DefaultParameterSetName = "Path")]
internal sealed class GetContentCommand : PathCommand
{
    /// <summary>Writes the whole text as one string.</summary>
    [Parameter]
    public SwitchParameter Raw { get; set; }

    /// <summary>Writes bytes.</summary>
    [Parameter]
    public SwitchParameter AsByteStream { get; set; }

    /// <summary>How many lines from the start; -1 for all.</summary>
    [Parameter]
    [Alias("First", "Head")]
    public long TotalCount { get; set; } = -1;

    /// <summary>How many lines from the end; -1 for all.</summary>
    [Parameter]
    [Alias("Last")]
    public int Tail { get; set; } = -1;

    /// <summary>Only UTF-8 is known.</summary>
    [Parameter]
    [ValidateSet("utf8", "utf8NoBOM")]
    public string Encoding { get; set; } = "utf8";

    /// <inheritdoc/>
    protected override void Process(string path)
    {
        foreach (var file in Files(path))
        {
            if (AsByteStream)
            {
                WriteObject(File.ReadAllBytes(file), enumerateCollection: !Raw);
            }
            else if (Raw)
            {
                WriteObject(File.ReadAllText(file));
            }
            else
            {
                WriteObject(Lines(file), enumerateCollection: true);
            }
        }
    }

    private IEnumerable<string> Lines(string file)
    {
        var lines = File.ReadLines(file);
        lines = TotalCount >= 0 ? lines.Take((int)TotalCount) : lines;
        return Tail >= 0 ? lines.TakeLast(Tail) : lines;
    }

    private IEnumerable<string> Files(string path)
    {
        // Asking for the item gives the engine's own error where there is none.
        foreach (var item in InvokeProvider.Item.Get([path], force: true, Literal))
        {
            yield return item.BaseObject is FileInfo file
                ? file.FullName
                : throw new PSNotSupportedException($"Expected a file at '{path}', found something else.");
        }
    }
}
