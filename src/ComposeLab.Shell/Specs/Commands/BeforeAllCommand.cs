using System.Management.Automation;

namespace ComposeLab.Shell.Specs.Commands;

/// <summary>BeforeAll: code for the block being read.</summary>
[Cmdlet(VerbsCommon.Add, "SpecBeforeAll")]
internal sealed class BeforeAllCommand : SetupCommand
{
    /// <inheritdoc/>
    protected override void EndProcessing() => Block.BeforeAll = Only(Block.BeforeAll);
}
