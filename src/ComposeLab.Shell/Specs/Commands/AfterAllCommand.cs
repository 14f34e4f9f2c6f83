using System.Management.Automation;

namespace ComposeLab.Shell.Specs.Commands;

/// <summary>AfterAll: code for the block being read.</summary>
[Cmdlet(VerbsCommon.Add, "SpecAfterAll")]
internal sealed class AfterAllCommand : SetupCommand
{
    /// <inheritdoc/>
    protected override void EndProcessing() => Block.AfterAll = Only(Block.AfterAll);
}
