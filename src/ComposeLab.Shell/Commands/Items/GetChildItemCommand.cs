using System.Management.Automation;

namespace ComposeLab.Shell.Commands.Items;

/// <summary>Lists the items of folders.</summary>
[Cmdlet(VerbsCommon.Get, "ChildItem", DefaultParameterSetName = "Path")]
internal sealed class GetChildItemCommand : PSCmdlet
{
    /// <summary>The folders; wildcards allowed; the current location where nothing is given.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = "Path")]
    public string[] Path { get; set; } = ["."];

    /// <summary>The folders, taken as they are.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = "LiteralPath")]
    [Alias("PSPath", "LP")]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>The names to list; wildcards allowed.</summary>
    [Parameter(Position = 1)]
    public string Filter { get; set; } = "*";

    /// <summary>The names to list; wildcards allowed.</summary>
    [Parameter]
    public string[] Include { get; set; } = ["*"];

    /// <summary>The names to leave out; wildcards allowed.</summary>
    [Parameter]
    public string[] Exclude { get; set; } = [];

    /// <summary>Goes into folders.</summary>
    [Parameter]
    public SwitchParameter Recurse { get; set; }

    /// <summary>Includes what is hidden.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Writes names only.</summary>
    [Parameter]
    public SwitchParameter Name { get; set; }

    /// <summary>Lists files only.</summary>
    [Parameter]
    public SwitchParameter File { get; set; }

    /// <summary>Lists folders only.</summary>
    [Parameter]
    public SwitchParameter Directory { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var literal = LiteralPath.Length > 0;
        foreach (var path in literal ? LiteralPath : Path)
        {
            try
            {
                foreach (var item in InvokeProvider.ChildItem.Get([path], Recurse, Force, literal).Where(Wanted))
                {
                    WriteObject(Name ? PSObject.AsPSObject(NameOf(item)) : item);
                }
            }
            catch (RuntimeException fault) when (fault is not PipelineStoppedException)
            {
                WriteError(new ErrorRecord(fault.ErrorRecord, null));
            }
        }
    }

    private static string NameOf(PSObject item) => LanguagePrimitives.ConvertTo<string>(item.Properties["PSChildName"]?.Value);

    private static bool Matches(string name, string pattern) => WildcardPattern.Get(pattern, WildcardOptions.IgnoreCase).IsMatch(name);

    private bool Wanted(PSObject item)
    {
        var name = NameOf(item);
        var container = LanguagePrimitives.IsTrue(item.Properties["PSIsContainer"]?.Value);
        return Matches(name, Filter)
            && Array.Exists(Include, pattern => Matches(name, pattern))
            && !Array.Exists(Exclude, pattern => Matches(name, pattern))
            && (!File || !container)
            && (!Directory || container);
    }
}
