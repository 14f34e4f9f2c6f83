using System.Management.Automation;
using ComposeLab.Completion;
using ComposeLab.Engine.Planning;
using ComposeLab.Engines;
using ComposeLab.Errors;
using ComposeLab.Pipeline;
using ComposeLab.Stacks;

namespace ComposeLab.Commands;

/// <summary>
/// <para type="synopsis">Lists the stacks on the engine.</para>
/// <para type="description">Shows every stack, running or not, including stacks created by docker compose, like docker compose ls. Reads only the labels of the
/// containers; the Compose files are not needed.</para>
/// </summary>
/// <example>
/// <summary><para>Lists all stacks.</para></summary>
/// <code run="true">Get-LabStack</code>
/// </example>
/// <example>
/// <summary><para>Stops the stacks whose names start with test.</para></summary>
/// <code>Get-LabStack test* | Stop-LabStack</code>
/// </example>
[Cmdlet(VerbsCommon.Get, "LabStack")]
[OutputType(typeof(LabStack))]
public sealed class GetLabStackCommand : LabCmdlet
{
    /// <summary><para type="description">The project names. Default: all. It is an error if a stack with a name without wildcards does not exist.</para></summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ProjectNameCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] ProjectName { get; set; } = ["*"];

    /// <inheritdoc/>
    protected override async Task RunAsync(IPipelineOutput output, CancellationToken token)
    {
        using EngineSession session = await EngineSession.OpenAsync(token).ConfigureAwait(false);
        IReadOnlyList<ObservedStack> stacks = await session.Stacks.ListStacksAsync(token).ConfigureAwait(false);
        var names = new NamePatterns(ProjectName);
        foreach (ObservedStack stack in stacks.Where(stack => names.Match(stack.Name)))
        {
            await output.WriteAsync(StackObjects.Of(stack)).ConfigureAwait(false);
        }

        foreach (string missing in names.Unmatched(stacks.Select(stack => stack.Name)))
        {
            await output.WriteErrorAsync(ErrorRecords.From(StackTarget.Missing(missing, stacks))).ConfigureAwait(false);
        }
    }
}
