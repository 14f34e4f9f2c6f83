using System.Management.Automation;
using ComposeLab.Completion;
using ComposeLab.Engine;
using ComposeLab.Engine.Planning;
using ComposeLab.Engines;
using ComposeLab.Pipeline;
using ComposeLab.Stacks;

namespace ComposeLab.Commands;

/// <summary>The base of the cmdlets that change a stack that is there. It is found by its name, so its files may be gone and docker compose may have made it.</summary>
public abstract class LabStackCmdlet : LabPlanCmdlet
{
    /// <summary><para type="description">The services that are meant. Default: all of the stack.</para></summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ServiceCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Service { get; set; } = [];

    /// <summary>What the command does, as a word before the stack's name, such as <c>Stop</c>.</summary>
    private protected abstract string Verb { get; }

    /// <inheritdoc/>
    protected sealed override async Task RunAsync(IPipelineOutput output, CancellationToken token)
    {
        StackTarget target = StackTarget.Of(Selection, () => LoadProject(output, token), token);
        using EngineSession session = await EngineSession.OpenAsync(Selection.Environment, token).ConfigureAwait(false);
        if (target.Project is null && Selection.ProjectName is null)
        {
            // As with docker compose, which finds the files in the folder where it is called; a stack that is named alone ends without its hooks there, too.
            target = target with { HooksOf = await StartedProject.ReadAsync(session.Stacks, target.ProjectName, Selection, token).ConfigureAwait(false) };
        }

        await target.CheckServicesAsync(Service, session.Stacks, token).ConfigureAwait(false);
        StackPlan plan = await PlanAsync(session.Stacks, target, token).ConfigureAwait(false);
        string caption = $"{Verb} {target.ProjectName}";
        if (!await AgreeAsync(output, plan, caption, Loss(plan)).ConfigureAwait(false))
        {
            return;
        }

        try
        {
            await CarryOutAsync(session, plan, caption, output, token).ConfigureAwait(false);
        }
        catch (EngineException fault)
        {
            throw await ServiceDiagnoses.ExplainAsync(fault, session, Selection, target, token).ConfigureAwait(false);
        }
    }

    /// <summary>Makes the plan.</summary>
    /// <param name="stacks">The stacks on the engine.</param>
    /// <param name="target">The stack that is meant.</param>
    /// <param name="token">Ends it early.</param>
    /// <returns>The plan.</returns>
    private protected abstract Task<StackPlan> PlanAsync(StackEngine stacks, StackTarget target, CancellationToken token);

    /// <summary>Carries the plan out and writes what the user asked to see.</summary>
    /// <param name="session">The engine.</param>
    /// <param name="plan">The plan the user agreed to.</param>
    /// <param name="caption">What is done as a whole, such as <c>Stop composelab</c>.</param>
    /// <param name="output">Where objects and progress go.</param>
    /// <param name="token">Ends it early.</param>
    /// <returns>Completes when all is done.</returns>
    private protected abstract Task CarryOutAsync(EngineSession session, StackPlan plan, string caption, IPipelineOutput output, CancellationToken token);

    /// <summary>What the plan destroys for good.</summary>
    /// <param name="plan">The plan.</param>
    /// <returns>The question to put even without -Confirm; null where nothing is lost.</returns>
    private protected virtual string? Loss(StackPlan plan) => null;
}
