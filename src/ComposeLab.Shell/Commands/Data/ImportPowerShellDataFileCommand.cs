using System.Management.Automation;
using System.Management.Automation.Language;

namespace ComposeLab.Shell.Commands.Data;

/// <summary>Reads a data file (.psd1) without running it.</summary>
[Cmdlet(VerbsData.Import, "PowerShellDataFile", DefaultParameterSetName = "Path")]
internal sealed class ImportPowerShellDataFileCommand : Items.PathCommand
{
    /// <inheritdoc/>
    protected override void Process(string path)
    {
        var file = GetUnresolvedProviderPathFromPSPath(path);
        var script = Parser.ParseFile(file, out _, out var faults);
        var table = script.Find(node => node is HashtableAst, searchNestedScriptBlocks: false);
        if (faults.Length > 0 || table is null)
        {
            throw new PSInvalidOperationException($"Expected a table of data in '{path}', found {(faults.Length > 0 ? faults[0].Message : "none")}.");
        }

        WriteObject(((HashtableAst)table).SafeGetValue());
    }
}
