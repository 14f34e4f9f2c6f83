using System.Management.Automation;

namespace ComposeLab.Shell.Specs.Commands;

/// <summary>AfterEach: code for the block being read.</summary>
[Cmdlet(VerbsCommon.Add, "SpecAfterEach")]
internal sealed class AfterEachCommand : SetupCommand
{
    /// <inheritdoc/>
    protected override void EndProcessing() => Block.AfterEach = Only(Block.AfterEach);
}
