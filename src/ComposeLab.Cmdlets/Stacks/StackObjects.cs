using ComposeLab.Engine.Planning;

namespace ComposeLab.Stacks;

/// <summary>Creates the module's objects from stacks and plans.</summary>
internal static class StackObjects
{
    // The summary must show failures: one failed service takes precedence over those that pass.
    private static readonly LabHealth[] WorstFirst = [LabHealth.Unhealthy, LabHealth.Starting, LabHealth.Healthy];

    /// <summary>Creates the object for a stack.</summary>
    /// <param name="stack">The stack.</param>
    /// <param name="engine">The name of its engine.</param>
    /// <param name="isRemoved">Whether its containers were removed.</param>
    /// <returns>The object.</returns>
    public static LabStack Of(ObservedStack stack, string engine, bool isRemoved = false)
    {
        HashSet<LabHealth> health = [.. stack.Containers.Select(container => ServiceObjects.Health(container.Health))];
        return new LabStack
        {
            ProjectName = stack.Name,
            Running = isRemoved ? 0 : stack.Running,
            Total = stack.Containers.Count,
            Services = stack.Services,
            Health = isRemoved ? LabHealth.None : WorstFirst.FirstOrDefault(health.Contains),
            IsRemoved = isRemoved,
            WorkingDirectory = stack.WorkingDirectory,
            ConfigFiles = stack.ConfigFiles,
            Engine = engine,
        };
    }
}
