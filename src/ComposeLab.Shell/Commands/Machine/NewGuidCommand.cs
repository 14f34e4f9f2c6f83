using System.Management.Automation;

namespace ComposeLab.Shell.Commands.Machine;

/// <summary>Gives a new globally unique id.</summary>
[Cmdlet(VerbsCommon.New, "Guid")]
internal sealed class NewGuidCommand : PSCmdlet
{
    /// <inheritdoc/>
    protected override void EndProcessing() => WriteObject(Guid.NewGuid());
}
