using ComposeLab.Engine.Planning;

namespace ComposeLab.Stacks;

/// <summary>Creates the module's objects from stacks and plans.</summary>
internal static class StackObjects
{
    // The summary must show failures: one failed service takes precedence over those that pass.
    private static readonly LabHealth[] WorstFirst = [LabHealth.Unhealthy, LabHealth.Starting, LabHealth.Healthy];

    /// <summary>Creates the object for a stack.</summary>
    /// <param name="stack">The stack.</param>
    /// <returns>The object.</returns>
    public static LabStack Of(ObservedStack stack)
    {
        HashSet<LabHealth> health = [.. stack.Containers.Select(container => ServiceObjects.Health(container.Health))];
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
}
