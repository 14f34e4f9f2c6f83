using ComposeLab.Engine.Planning;
using ComposeLab.Projects;

namespace ComposeLab.Stacks;

/// <summary>Makes the module's objects out of stacks and plans.</summary>
internal static class StackObjects
{
    // What a look at the whole should show: one that fails hides those that pass.
    private static readonly LabHealth[] WorstFirst = [LabHealth.Unhealthy, LabHealth.Starting, LabHealth.Healthy];

    /// <summary>Makes the object for a stack.</summary>
    /// <param name="stack">The stack.</param>
    /// <returns>The object.</returns>
    public static LabStack Of(ObservedStack stack)
    {
        HashSet<LabHealth> health = [.. stack.Containers.Select(container => ServiceObjects.Health(container.Summary.Health))];
        return new LabStack
        {
            ProjectName = stack.Name,
            Running = stack.Running,
            Total = stack.Containers.Count,
            Services = stack.Services,
            Health = WorstFirst.FirstOrDefault(health.Contains),
            WorkingDirectory = stack.WorkingDirectory,
            ConfigFiles = stack.ConfigFiles,
        };
    }

    /// <summary>Makes the objects for a plan: one for each step that changes something and carries a cause of its own.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="places">Knows where the project's files lie; null where the plan was made without them.</param>
    /// <returns>The objects in the plan's order.</returns>
    public static IReadOnlyList<LabOperation> Of(StackPlan plan, Places? places) =>
    [
        .. plan.Steps.Where(operation => operation.Kind != OperationKind.WaitContainer).Select((operation, index) => new LabOperation
        {
            Order = index + 1,
            ProjectName = plan.ProjectName,
            Action = operation.Verb,
            Resource = operation.Resource.ToString(),
            Service = operation.Service,
            Cause = operation.Cause,
            Changes = [.. operation.Changes.Select(change => new LabFieldChange { Field = change.Path, Before = change.Before, After = change.After, Origin = places?.Of(change.Origin) })],
        }),
    ];
}
