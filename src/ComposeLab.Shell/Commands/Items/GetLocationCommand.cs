using System.Management.Automation;

namespace ComposeLab.Shell.Commands.Items;

/// <summary>Gives the current location.</summary>
[Cmdlet(VerbsCommon.Get, "Location")]
internal sealed class GetLocationCommand : PSCmdlet
{
    /// <inheritdoc/>
    protected override void ProcessRecord() => WriteObject(SessionState.Path.CurrentLocation);
}
