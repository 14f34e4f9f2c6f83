using ComposeLab.Compose.Model;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Validation.Consistency;

/// <summary>No two mounts of a service have the same target.</summary>
internal static class MountCheck
{
    /// <summary>Checks a service.</summary>
    /// <param name="project">Its project.</param>
    /// <param name="service">The service.</param>
    public static void Check(CheckedProject project, ServiceDefinition service)
    {
        var mounts = new Dictionary<string, string>(StringComparer.Ordinal);
        for (int index = 0; index < service.Tmpfs.Count; index++)
        {
            Add(service, mounts, service.Tmpfs[index].Split(':')[0], $"tmpfs[{index}]", (service.Node["tmpfs"] as SequenceNode)?.Items[index].Origin);
        }

        for (int index = 0; index < service.Volumes.Count; index++)
        {
            Add(service, mounts, service.Volumes[index].Target ?? "", $"volumes[{index}]", service.Volumes[index].Origin);
        }
    }

    private static void Add(ServiceDefinition service, Dictionary<string, string> mounts, string target, string attribute, Origin? origin)
    {
        if (!mounts.TryAdd(target, attribute))
        {
            throw Fault.In(
                service, attribute, $"mounts onto {target}, but so does {mounts[target]}", "Give one of them another target, or remove it.", origin);
        }
    }
}
