using System.Management.Automation;

namespace ComposeLab.Shell.Commands.Output;

/// <summary>Passes objects on and keeps them in a file or a variable.</summary>
[Cmdlet("Tee", "Object")]
internal sealed class TeeObjectCommand : Objects.CollectingCommand
{
    /// <summary>The file to write.</summary>
    [Parameter(Position = 0, Mandatory = true, ParameterSetName = "File")]
    public string FilePath { get; set; } = "";

    /// <summary>The variable to set.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Variable")]
    public string Variable { get; set; } = "";

    /// <summary>Adds to the file's end.</summary>
    [Parameter(ParameterSetName = "File")]
    public SwitchParameter Append { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        base.ProcessRecord();
        WriteObject(InputObject);
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (ParameterSetName == "Variable")
        {
            SessionState.PSVariable.Set(Variable, Items.Count == 1 ? Items[0] : Items.ToArray());
            return;
        }

        InvokeCommand.InvokeScript(
            "param($items, $file, $append) $items | Out-File -FilePath $file -Append:$append",
            true,
            System.Management.Automation.Runspaces.PipelineResultTypes.None,
            null,
            Items,
            FilePath,
            Append);
    }
}
