using ComposeLab.Compose.Model;
using ComposeLab.Engine.Docker;

namespace ComposeLab.Engine.Planning;

/// <summary>Passes anonymous volumes on from a container to its replacement, like the reference: they may contain data.</summary>
internal static class AnonymousVolumes
{
    /// <summary>The mounts of the old container's anonymous volumes.</summary>
    /// <param name="service">The service.</param>
    /// <param name="old">The container that is replaced.</param>
    /// <returns>One mount for each volume with a mount point in the new container.</returns>
    public static IReadOnlyList<MountSpec> Of(ServiceDefinition service, ObservedContainer old)
    {
        IReadOnlyDictionary<string, string> noted = ServiceSnapshot.Read(old.Label(StackLabels.Config)) ?? new Dictionary<string, string>();
        return
        [
            .. old.Summary.Mounts
                .Where(mount => mount.Type == "volume" && IsUnnamed(mount.Name) && HasPlace(mount.Target))
                .Select(mount => new MountSpec { Type = "volume", Source = mount.Name, Target = mount.Target, ReadOnly = !mount.Writable }),
        ];

        bool HasPlace(string target)
        {
            MountDefinition? now = service.Volumes.FirstOrDefault(mount => mount.Target == target);
            return now is not null
                ? now.Type == MountType.Volume && string.IsNullOrEmpty(now.Source)
                : !noted.Any(fact => fact.Key.StartsWith("volumes[", StringComparison.Ordinal) && fact.Key.EndsWith(".target", StringComparison.Ordinal) && fact.Value == target);
        }
    }

    private static bool IsUnnamed(string name) => name.Length == 64 && name.AsSpan().IndexOfAnyExcept("0123456789abcdef") < 0;
}
