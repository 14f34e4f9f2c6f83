using System.Management.Automation;

namespace ComposeLab.Shell.Commands.Items;

/// <summary>Gives a part of a path.</summary>
[Cmdlet(VerbsCommon.Split, "Path", DefaultParameterSetName = "Parent")]
internal sealed class SplitPathCommand : PSCmdlet
{
    /// <summary>The paths.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("LiteralPath", "PSPath")]
    public string[] Path { get; set; } = [];

    /// <summary>Gives the folder; so it is where nothing is asked for.</summary>
    [Parameter(ParameterSetName = "Parent")]
    public SwitchParameter Parent { get; set; }

    /// <summary>Gives the last part.</summary>
    [Parameter(ParameterSetName = "Leaf", Mandatory = true)]
    public SwitchParameter Leaf { get; set; }

    /// <summary>Gives the last part without its extension.</summary>
    [Parameter(ParameterSetName = "LeafBase", Mandatory = true)]
    public SwitchParameter LeafBase { get; set; }

    /// <summary>Gives the extension, with its dot.</summary>
    [Parameter(ParameterSetName = "Extension", Mandatory = true)]
    public SwitchParameter Extension { get; set; }

    /// <summary>Tells whether the path is absolute.</summary>
    [Parameter(ParameterSetName = "IsAbsolute", Mandatory = true)]
    public SwitchParameter IsAbsolute { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var path in Path)
        {
            WriteObject(ParameterSetName switch
            {
                "Leaf" => SessionState.Path.ParseChildName(path),
                "LeafBase" => System.IO.Path.GetFileNameWithoutExtension(path),
                "Extension" => System.IO.Path.GetExtension(path),
                "IsAbsolute" => System.IO.Path.IsPathRooted(path) || SessionState.Path.IsPSAbsolute(path, out _),
                _ => SessionState.Path.ParseParent(path, ""),
            });
        }
    }
}
