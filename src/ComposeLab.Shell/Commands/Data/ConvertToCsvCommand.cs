using System.Management.Automation;

namespace ComposeLab.Shell.Commands.Data;

/// <summary>Writes objects as CSV lines.</summary>
[Cmdlet(VerbsData.ConvertTo, "Csv")]
internal sealed class ConvertToCsvCommand : Objects.CollectingCommand
{
    /// <summary>Between two values.</summary>
    [Parameter]
    public char Delimiter { get; set; } = ',';

    /// <summary>Writes no type line; never written here.</summary>
    [Parameter]
    [Alias("NTI")]
    public SwitchParameter NoTypeInformation { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing() => WriteObject(CsvText.Write(Items, Delimiter), enumerateCollection: true);
}
