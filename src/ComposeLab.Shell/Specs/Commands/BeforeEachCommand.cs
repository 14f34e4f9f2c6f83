using System.Management.Automation;

namespace ComposeLab.Shell.Specs.Commands;

/// <summary>BeforeEach: code for the block being read.</summary>
[Cmdlet(VerbsCommon.Add, "SpecBeforeEach")]
internal sealed class BeforeEachCommand : SetupCommand
{
    /// <inheritdoc/>
    protected override void EndProcessing() => Block.BeforeEach = Only(Block.BeforeEach);
}
