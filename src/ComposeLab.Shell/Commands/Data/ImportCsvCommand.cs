using System.Management.Automation;

namespace ComposeLab.Shell.Commands.Data;

/// <summary>Reads objects from a CSV file.</summary>
[Cmdlet(VerbsData.Import, "Csv")]
internal sealed class ImportCsvCommand : PSCmdlet
{
    /// <summary>The file's path.</summary>
    [Parameter(Position = 0, Mandatory = true)]
    [Alias("LiteralPath")]
    public string Path { get; set; } = "";

    /// <summary>Between two values.</summary>
    [Parameter]
    public char Delimiter { get; set; } = ',';

    /// <inheritdoc/>
    protected override void BeginProcessing() =>
        WriteObject(CsvText.Read(File.ReadAllText(GetUnresolvedProviderPathFromPSPath(Path)), Delimiter), enumerateCollection: true);
}
