using ComposeLab.Compose.Model;
using ComposeLab.Engine.Docker;

namespace ComposeLab.Engine.Planning;

/// <summary>Creates a plan from a project and the observed state. Pure: no engine call, no clock.</summary>
public static class StackPlanner
{
    /// <summary>Plans a start.</summary>
    /// <param name="project">The project.</param>
    /// <param name="observed">The state of the engine.</param>
    /// <param name="options">The options of the start.</param>
    /// <param name="engine">The capabilities of the engine.</param>
    /// <returns>The plan.</returns>
    /// <exception cref="EngineException">ServiceNotFound. Other reasons that prevent it are in the plan's findings.</exception>
    public static StackPlan PlanStart(ComposeProject project, ObservedState observed, StartOptions options, EngineInfo engine) =>
        new StartPlanner(new StartScope(project, observed, options, engine, new PlanDraft(project.Name))
        {
            Selected = Selected(project, options),
        }).Make();

    /// <summary>Plans a stop: dependents first, independent services in parallel.</summary>
    /// <param name="projectName">The project's name.</param>
    /// <param name="project">The project; null if only the stack is known.</param>
    /// <param name="observed">The state of the engine.</param>
    /// <param name="options">How it is stopped.</param>
    /// <returns>The plan.</returns>
    public static StackPlan PlanStop(string projectName, ComposeProject? project, ObservedState observed, StopOptions options)
    {
        var draft = new PlanDraft(projectName);
        var order = new StackOrder(projectName, project, observed.Containers);
        var ends = new ContainerTeardown(draft, project ?? options.HooksOf, options.StopLimit);
        CheckOwner(draft, projectName, options.Place, observed);
        IReadOnlyList<string> last = new StopPlanner(order).Plan(
            order.Choose(options.Services),
            (container, before) => container.IsRunning ? ends.End(container, "requested", before) : null);
        ProviderTeardown.Plan(draft, project ?? options.HooksOf, options.Services, ProviderCommand.Stop, last);
        return draft.Finish();
    }

    /// <summary>Plans to pause or resume containers, or to send them a signal. No container waits for another.</summary>
    /// <param name="projectName">The project's name.</param>
    /// <param name="project">The project; null if only the stack is known.</param>
    /// <param name="observed">The state of the engine.</param>
    /// <param name="options">What is done to which containers.</param>
    /// <returns>The plan; empty if no container is concerned.</returns>
    public static StackPlan PlanSignal(string projectName, ComposeProject? project, ObservedState observed, SignalOptions options)
    {
        var draft = new PlanDraft(projectName);
        var order = new StackOrder(projectName, project, observed.Containers);
        CheckOwner(draft, projectName, options.Place, observed);
        new SignalPlanner(draft, options).Plan(observed.Containers.Count == 0 ? [] : order.Choose(options.Services).SelectMany(order.Of));
        return draft.Finish();
    }

    /// <summary>Plans a removal: containers, then networks, then images and volumes if requested.</summary>
    /// <param name="projectName">The project's name.</param>
    /// <param name="project">The project; null if only the stack is known.</param>
    /// <param name="observed">The state of the engine.</param>
    /// <param name="options">The options of the removal.</param>
    /// <returns>The plan.</returns>
    public static StackPlan PlanRemove(string projectName, ComposeProject? project, ObservedState observed, RemoveOptions options) =>
        new RemovePlanner(projectName, project, observed, options).Make();

    /// <summary>Plans a restart: dependents end first and start last, each after those it waits for.</summary>
    /// <param name="projectName">The project's name.</param>
    /// <param name="project">The project, for its hooks; null if only the stack is known.</param>
    /// <param name="observed">The state of the engine.</param>
    /// <param name="options">The options of the restart.</param>
    /// <returns>The plan.</returns>
    public static StackPlan PlanRestart(string projectName, ComposeProject? project, ObservedState observed, RestartOptions options) =>
        new RestartPlanner(projectName, project, observed, options).Make();

    /// <summary>Plans a wait: every container is reported once it is ready.</summary>
    /// <param name="projectName">The project's name.</param>
    /// <param name="project">The project; null if only the stack is known.</param>
    /// <param name="observed">The state of the engine.</param>
    /// <param name="options">How it is waited for.</param>
    /// <returns>The plan.</returns>
    public static StackPlan PlanWait(string projectName, ComposeProject? project, ObservedState observed, WaitOptions options)
    {
        var draft = new PlanDraft(projectName);
        var order = new StackOrder(projectName, project, observed.Containers);
        foreach (ObservedContainer container in order.DependenciesFirst(order.Choose(options.Services)).SelectMany(order.Of))
        {
            draft.Add(ReadyWait.Make(container.Name, container.Service, "requested", detail: false, options.ReadyLimit, !options.NoProbe), []);
        }

        return draft.Finish();
    }

    /// <summary>Checks that a project defines a service.</summary>
    /// <param name="project">The project.</param>
    /// <param name="name">The service's name.</param>
    /// <exception cref="EngineException">ServiceNotFound; the message lists the services.</exception>
    public static void RequireService(ComposeProject project, string name) => ServiceOrder.Require(project, name);

    private static IReadOnlyList<ServiceDefinition> Selected(ComposeProject project, StartOptions options)
    {
        foreach (string name in options.Scale.Keys)
        {
            ServiceOrder.Require(project, name);
        }

        IReadOnlyList<ServiceDefinition> all = ServiceOrder.Of(project, options.Services);
        return options.NoDependencies && options.Services.Count > 0 ? [.. all.Where(service => options.Services.Contains(service.Name, StringComparer.Ordinal))] : all;
    }

    /// <summary>Ensures that a stop, restart or removal affects the stack of the selected project.</summary>
    /// <param name="draft">The plan so far; added to.</param>
    /// <param name="projectName">The project's name.</param>
    /// <param name="place">The place of the selected project; null if the stack was specified by name.</param>
    /// <param name="observed">The state of the engine.</param>
    internal static void CheckOwner(PlanDraft draft, string projectName, ProjectPlace? place, ObservedState observed)
    {
        if (place is not null)
        {
            new ProjectOwnership(projectName, place, observed).CheckEnd(draft);
        }
    }
}
