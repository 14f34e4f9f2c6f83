using System.Management.Automation;

namespace ComposeLab.Shell.Specs.Commands;

/// <summary>A word of a spec file.</summary>
internal abstract class SpecCommand : PSCmdlet
{
    /// <summary>The run that reads the file.</summary>
    /// <exception cref="PSInvalidOperationException">No spec file is being read.</exception>
    protected SpecRun Run => SessionState.PSVariable.GetValue(SpecRun.Variable) switch
    {
        PSObject { BaseObject: SpecRun run } => run,
        SpecRun run => run,
        _ => throw new PSInvalidOperationException($"{MyInvocation.InvocationName} is a word of spec files: run them with ./lab test."),
    };

    /// <summary>The block whose body is being read.</summary>
    /// <exception cref="PSInvalidOperationException">The word stands inside of a test or a setup.</exception>
    protected SpecBlock Block => Run.Current
        ?? throw new PSInvalidOperationException($"{MyInvocation.InvocationName} cannot stand inside of It, BeforeAll or the like.");
}
