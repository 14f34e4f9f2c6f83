using ComposeLab.Compose.Model;
using ComposeLab.Engine;
using ComposeLab.Engine.Planning;
using ComposeLab.Engines;
using ComposeLab.Errors;
using ComposeLab.Pipeline;
using ComposeLab.Policy;
using ComposeLab.Projects;
using ComposeLab.Stacks;

namespace ComposeLab.Plans;

/// <summary>Creates the plan of a command. Used by the command that executes it and by the command that only shows it.</summary>
/// <param name="intent">The action.</param>
/// <param name="selection">How the user selected the project.</param>
internal sealed class StackPlanning(PlanIntent intent, ProjectSelection selection)
{
    private Func<ComposeProject> _load = () => throw new InvalidOperationException("The stack is found first.");

    /// <summary>Finds the stack. To start one, its project is loaded and, for production, checked against the rules.</summary>
    /// <param name="load">Loads the selected project.</param>
    /// <param name="output">Receives warnings.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>The stack.</returns>
    /// <exception cref="LabException">PolicyViolated, and errors from loading the project.</exception>
    public StackTarget FindTarget(Func<ComposeProject> load, IPipelineOutput output, CancellationToken token)
    {
        _load = load;
        if (!intent.NeedsProject)
        {
            return StackTarget.Of(selection, load, token);
        }

        ComposeProject project = load();
        if (intent.For == LabPlanAction.Deploy)
        {
            return new StackTarget(project.Name, project) { Place = ProjectPlace.Of(project) };
        }

        PolicyGate.Check(project, selection, intent.Policy, intent.Force ? output : null, token);
        return new StackTarget(project.Name, project) { Place = ProjectPlace.Of(project) };
    }

    /// <summary>Creates the plan.</summary>
    /// <param name="target">The stack.</param>
    /// <param name="session">The engine.</param>
    /// <param name="onlyShown">Whether the plan is only shown: problems that prevent a start are then listed in it instead of thrown.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>The plan.</returns>
    /// <exception cref="EngineException">PreflightFailed or one of its findings, ServiceNotFound, StackNotRunning.</exception>
    public async Task<StackPlan> PlanAsync(StackTarget target, EngineSession session, bool onlyShown, CancellationToken token)
    {
        if (target.Project is null && intent.For != LabPlanAction.Undo && !(selection.IsOnlyNamed && selection.IsBundledLab))
        {
            // The hooks of a stack are defined in its files. A name alone provides none, unless the current location does.
            target = target with { HooksOf = await StartedProject.ReadAsync(session.Stacks, target.ProjectName, selection, token).ConfigureAwait(false) };
        }

        if (!intent.NeedsProject && intent.For != LabPlanAction.Undo && intent.Orchestrator != LabOrchestrator.Swarm && !await target.CheckServicesAsync(intent.Services, session.Stacks, token).ConfigureAwait(false)
            && intent.For is LabPlanAction.Suspend or LabPlanAction.Resume && target.Place is not null)
        {
            // Without a container, only the files tell whether a service exists.
            RequireServices(_load());
        }

        PlanRequest request = intent.Request(target);
        return onlyShown
            ? await session.Stacks.PreviewAsync(request, token).ConfigureAwait(false)
            : await session.Stacks.PlanAsync(request, token).ConfigureAwait(false);
    }

    private void RequireServices(ComposeProject project)
    {
        foreach (string service in intent.Services.Where(service => !project.DisabledServices.ContainsKey(service)))
        {
            StackPlanner.RequireService(project, service);
        }
    }
}
