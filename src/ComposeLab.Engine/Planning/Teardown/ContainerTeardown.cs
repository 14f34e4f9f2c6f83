using ComposeLab.Compose.Model;
using ComposeLab.Engine.Docker;

namespace ComposeLab.Engine.Planning;

/// <summary>Adds the steps that end containers, including the hooks of their service.</summary>
/// <param name="draft">The plan so far; added to.</param>
/// <param name="project">The project, for its hooks; null if only the stack is known.</param>
/// <param name="limit">The stop timeout of a container; null means its own setting.</param>
/// <param name="despiteHooks">Whether the plan continues if a pre_stop hook fails; null if the user has no choice; then the plan stops.</param>
internal sealed class ContainerTeardown(PlanDraft draft, ComposeProject? project, TimeSpan? limit, bool? despiteHooks = null)
{
    /// <summary>Adds the steps that stop and remove a container.</summary>
    /// <param name="container">The container.</param>
    /// <param name="cause">Why.</param>
    /// <param name="before">The steps before.</param>
    /// <param name="anonymousVolumes">Whether to also remove its anonymous volumes.</param>
    /// <param name="detail">Whether another step contains the cause.</param>
    /// <param name="stopped">The step that already stops it, or null.</param>
    /// <returns>The steps.</returns>
    public TeardownSteps Remove(
        ObservedContainer container, string cause, IReadOnlyList<string> before, bool anonymousVolumes = false, bool detail = false, string? stopped = null)
    {
        string? stop = stopped ?? (container.IsRunning ? Stop(container, cause, before, detail: true) : null);
        string last = draft.Add(
            new RemoveContainerOperation(container.Id, anonymousVolumes)
            {
                Id = "remove " + container.Id,
                Resource = ResourceId.Container(container.Name),
                Service = container.Service,
                Cause = cause,
                IsDetail = detail,
            },
            stop is null ? before : [.. before, stop]);
        return new TeardownSteps(stop, last);
    }

    /// <summary>Adds the steps that stop a container, as the goal of the plan.</summary>
    /// <param name="container">The container.</param>
    /// <param name="cause">Why.</param>
    /// <param name="before">The steps before.</param>
    /// <returns>The steps.</returns>
    public TeardownSteps End(ObservedContainer container, string cause, IReadOnlyList<string> before)
    {
        string stopped = Stop(container, cause, before, detail: false);
        return new TeardownSteps(stopped, stopped);
    }

    /// <summary>Adds the steps that stop a container.</summary>
    /// <param name="container">The container.</param>
    /// <param name="cause">Why.</param>
    /// <param name="before">The steps before.</param>
    /// <param name="detail">Whether another step contains the cause.</param>
    /// <returns>The id of the last step.</returns>
    public string Stop(ObservedContainer container, string cause, IReadOnlyList<string> before, bool detail)
    {
        int number = 0;
        foreach (HookDefinition hook in container.Summary.State == ContainerState.Running ? Hooks(container) : [])
        {
            before =
            [
                draft.Add(
                    new HookOperation(container.Id, InlineFiles.Hook(hook))
                    {
                        Id = $"pre_stop {container.Id} {++number}",
                        Resource = ResourceId.Container(container.Name),
                        Service = container.Service,
                        Cause = "pre_stop",
                        IsDetail = true,
                        Required = despiteHooks is not true,
                        CanSkip = despiteHooks is false,
                    },
                    before),
            ];
        }

        return draft.Add(
            new StopContainerOperation(container.Id, limit)
            {
                Id = "stop " + container.Id,
                Resource = ResourceId.Container(container.Name),
                Service = container.Service,
                Cause = cause,
                IsDetail = detail,
            },
            before);
    }

    private IReadOnlyList<HookDefinition> Hooks(ObservedContainer container) => project is null
        ? []
        : (project.Services.GetValueOrDefault(container.Service) ?? project.DisabledServices.GetValueOrDefault(container.Service))?.PreStop ?? [];
}

/// <summary>The steps that end a container.</summary>
/// <param name="Stopped">The step after which it is stopped; null if it was not running.</param>
/// <param name="Last">The last step.</param>
internal sealed record TeardownSteps(string? Stopped, string Last);
