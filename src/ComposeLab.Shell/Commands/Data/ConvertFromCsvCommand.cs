using System.Management.Automation;

namespace ComposeLab.Shell.Commands.Data;

/// <summary>Reads objects from CSV lines.</summary>
[Cmdlet(VerbsData.ConvertFrom, "Csv")]
internal sealed class ConvertFromCsvCommand : Objects.CollectingCommand
{
    /// <summary>Between two values.</summary>
    [Parameter]
    public char Delimiter { get; set; } = ',';

    /// <inheritdoc/>
    protected override void EndProcessing() =>
        WriteObject(CsvText.Read(string.Join('\n', Items.Select(line => line.ToString())), Delimiter), enumerateCollection: true);
}
