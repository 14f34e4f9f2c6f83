using ComposeLab.Engine.Planning;
using ComposeLab.Engines;
using ComposeLab.Pipeline;
using ComposeLab.Plans;

namespace ComposeLab.Stacks;

/// <summary>Writes the current containers of a stack, for commands that did not report them while working.</summary>
internal static class StackServices
{
    /// <summary>Lists the stack's containers and writes some of them.</summary>
    /// <param name="session">The engine.</param>
    /// <param name="projectName">The stack's name.</param>
    /// <param name="isWanted">Which containers to write.</param>
    /// <param name="output">Where they go.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>Completes when all are written.</returns>
    public static async Task WriteAsync(
        EngineSession session, string projectName, Func<ObservedContainer, bool> isWanted, IPipelineOutput output, CancellationToken token)
    {
        IReadOnlyList<ObservedContainer> containers = await session.Stacks.ListServicesAsync(projectName, token).ConfigureAwait(false);
        foreach (LabService service in await ServiceObjects.OfAsync(session.Engine, containers.Where(isWanted), token).ConfigureAwait(false))
        {
            await output.WriteAsync(service).ConfigureAwait(false);
        }
    }

    /// <summary>Writes the containers that a plan has changed.</summary>
    /// <typeparam name="TOperation">The operation that counts.</typeparam>
    /// <param name="work">The executed plan.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>Completes when all are written.</returns>
    public static Task WriteChangedAsync<TOperation>(PlanProgress work, CancellationToken token)
        where TOperation : Operation
    {
        HashSet<ResourceId> changed = [.. work.Plan.Operations.OfType<TOperation>().Select(operation => operation.Resource)];
        return WriteAsync(work.Session, work.Plan.ProjectName, container => changed.Contains(ResourceId.Container(container.Name)), work.Output, token);
    }
}
