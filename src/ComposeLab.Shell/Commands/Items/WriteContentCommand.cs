using System.Management.Automation;

namespace ComposeLab.Shell.Commands.Items;

/// <summary>A command that writes text or bytes into files.</summary>
internal abstract class WriteContentCommand : PSCmdlet
{
    private readonly List<object?> _values = [];

    /// <summary>The files' paths, taken as they are.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("LiteralPath", "PSPath")]
    public string[] Path { get; set; } = [];

    /// <summary>What to write: a line for each object, or bytes.</summary>
    [Parameter(Position = 1, Mandatory = true, ValueFromPipeline = true)]
    [AllowNull]
    [AllowEmptyCollection]
    public object?[] Value { get; set; } = [];

    /// <summary>Writes no line ends.</summary>
    [Parameter]
    public SwitchParameter NoNewline { get; set; }

    /// <summary>Takes the values for bytes.</summary>
    [Parameter]
    public SwitchParameter AsByteStream { get; set; }

    /// <summary>Writes into a read-only file, too.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Only UTF-8 is known.</summary>
    [Parameter]
    [ValidateSet("utf8", "utf8NoBOM")]
    public string Encoding { get; set; } = "utf8";

    /// <summary>How a file is opened.</summary>
    protected abstract FileMode Mode { get; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => _values.AddRange(Value ?? []);

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var bytes = AsByteStream
            ? _values.Select(LanguagePrimitives.ConvertTo<byte>).ToArray()
            : System.Text.Encoding.UTF8.GetBytes(string.Concat(_values.Select(value => LanguagePrimitives.ConvertTo<string>(value) + (NoNewline ? "" : "\n"))));
        foreach (var path in Path.Select(GetUnresolvedProviderPathFromPSPath))
        {
            using var file = new FileStream(path, Mode, FileAccess.Write);
            file.Write(bytes);
        }
    }
}
