using System.Management.Automation;

namespace ComposeLab.Shell.Specs.Commands;

/// <summary>A word that adds a setup or teardown to the block; each block has at most one of a kind.</summary>
internal abstract class SetupCommand : SpecCommand
{
    /// <summary>The code.</summary>
    [Parameter(Position = 0, Mandatory = true)]
    [Alias("Scriptblock")]
    public ScriptBlock Script { get; set; } = ScriptBlock.Create("");

    /// <summary>Refuses a second one.</summary>
    /// <param name="known">What the block has already.</param>
    /// <returns>The code.</returns>
    /// <exception cref="PSInvalidOperationException">The block has one.</exception>
    protected ScriptBlock Only(ScriptBlock? known) => known is null
        ? Script
        : throw new PSInvalidOperationException($"{MyInvocation.InvocationName} is already defined in this block. Put the code into one.");
}
