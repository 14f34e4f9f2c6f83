using System.Management.Automation;

namespace ComposeLab.Shell.Specs.Commands;

/// <summary>BeforeDiscovery: code that runs at once, while the file is read.</summary>
[Cmdlet(VerbsCommon.Add, "SpecBeforeDiscovery")]
internal sealed class BeforeDiscoveryCommand : SetupCommand
{
    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        _ = Block;
        InvokeCommand.InvokeScript(useLocalScope: false, Script, null);
    }
}
