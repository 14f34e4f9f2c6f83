using System.Management.Automation;

namespace ComposeLab.Shell.Commands.Items;

/// <summary>Joins parts of a path.</summary>
[Cmdlet(VerbsCommon.Join, "Path")]
internal sealed class JoinPathCommand : PSCmdlet
{
    /// <summary>The first parts.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath")]
    public string[] Path { get; set; } = [];

    /// <summary>The part below each of them.</summary>
    [Parameter(Position = 1, Mandatory = true)]
    [AllowNull]
    [AllowEmptyString]
    public string ChildPath { get; set; } = "";

    /// <summary>Further parts.</summary>
    [Parameter(Position = 2, ValueFromRemainingArguments = true)]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public string[] AdditionalChildPath { get; set; } = [];

    /// <summary>Writes the paths that exist.</summary>
    [Parameter]
    public SwitchParameter Resolve { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var start in Path)
        {
            var joined = AdditionalChildPath.Prepend(ChildPath).Aggregate(start, SessionState.Path.Combine);
            if (Resolve)
            {
                WriteObject(SessionState.Path.GetResolvedPSPathFromPSPath(joined).Select(path => path.Path), enumerateCollection: true);
            }
            else
            {
                WriteObject(joined);
            }
        }
    }
}
