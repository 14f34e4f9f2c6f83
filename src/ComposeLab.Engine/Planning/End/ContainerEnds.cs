using ComposeLab.Compose.Model;
using ComposeLab.Engine.Docker;

namespace ComposeLab.Engine.Planning;

/// <summary>Adds the steps that end containers, with the hooks their service has for it.</summary>
/// <param name="draft">The plan so far; added to.</param>
/// <param name="project">The project, for its hooks; null where only the stack is at hand.</param>
/// <param name="limit">How long a container may take to stop; null is its own setting.</param>
internal sealed class ContainerEnds(PlanDraft draft, ComposeProject? project, TimeSpan? limit)
{
    /// <summary>Adds the steps that stop and remove a container.</summary>
    /// <param name="container">The container.</param>
    /// <param name="cause">Why.</param>
    /// <param name="before">The steps before.</param>
    /// <param name="anonymousVolumes">Whether its unnamed volumes go too.</param>
    /// <param name="detail">Whether another step carries the cause.</param>
    /// <param name="stopped">The step that has stopped it already; null where none has.</param>
    /// <returns>The id of the last step.</returns>
    public string Remove(
        ObservedContainer container, string cause, IReadOnlyList<string> before, bool anonymousVolumes = false, bool detail = false, string? stopped = null)
    {
        IReadOnlyList<string> last = stopped is not null ? [.. before, stopped]
            : container.IsRunning ? [Stop(container, cause, before, detail: true)]
            : before;
        return draft.Add(
            new RemoveContainerOperation(container.Id, anonymousVolumes)
            {
                Id = "remove " + container.Id,
                Resource = "container " + container.Name,
                Service = container.Service,
                Cause = cause,
                IsDetail = detail,
            },
            last);
    }

    /// <summary>Adds the steps that stop a container.</summary>
    /// <param name="container">The container.</param>
    /// <param name="cause">Why.</param>
    /// <param name="before">The steps before.</param>
    /// <param name="detail">Whether another step carries the cause.</param>
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
                        Resource = "container " + container.Name,
                        Service = container.Service,
                        Cause = "pre_stop",
                        IsDetail = true,
                    },
                    before),
            ];
        }

        return draft.Add(
            new StopContainerOperation(container.Id, limit)
            {
                Id = "stop " + container.Id,
                Resource = "container " + container.Name,
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
