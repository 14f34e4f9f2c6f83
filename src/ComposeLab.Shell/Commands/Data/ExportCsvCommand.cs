using System.Management.Automation;

namespace ComposeLab.Shell.Commands.Data;

/// <summary>Writes objects into a CSV file.</summary>
[Cmdlet(VerbsData.Export, "Csv")]
internal sealed class ExportCsvCommand : Objects.CollectingCommand
{
    /// <summary>The file's path.</summary>
    [Parameter(Position = 0, Mandatory = true)]
    [Alias("LiteralPath")]
    public string Path { get; set; } = "";

    /// <summary>Between two values.</summary>
    [Parameter]
    public char Delimiter { get; set; } = ',';

    /// <summary>Writes no type line; never written here.</summary>
    [Parameter]
    [Alias("NTI")]
    public SwitchParameter NoTypeInformation { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing() =>
        File.WriteAllLines(GetUnresolvedProviderPathFromPSPath(Path), CsvText.Write(Items, Delimiter));
}
