using ComposeLab.Compose.Model;

namespace ComposeLab.Compose.Validation.Consistency;

/// <summary>What is copied into a container has a place to go to.</summary>
internal static class WatchCheck
{
    /// <summary>Checks a service.</summary>
    /// <param name="project">Its project.</param>
    /// <param name="service">The service.</param>
    public static void Check(CheckedProject project, ServiceDefinition service)
    {
        IReadOnlyList<WatchDefinition> watches = service.Develop?.Watch ?? [];
        for (int index = 0; index < watches.Count; index++)
        {
            if (string.IsNullOrEmpty(watches[index].Target) && watches[index].Action is not ("rebuild" or "restart"))
            {
                throw Fault.In(
                    service,
                    $"develop.watch[{index}]",
                    $"must have a target, because its action is {watches[index].Action}",
                    "Add 'target: /path/in/the/container'.",
                    watches[index].Origin);
            }
        }
    }
}
