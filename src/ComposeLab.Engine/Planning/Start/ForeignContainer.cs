using ComposeLab.Compose.Model;

namespace ComposeLab.Engine.Planning;

/// <summary>Says what can be said about a container that another tool made and left no note on: what a listing shows.</summary>
internal static class ForeignContainer
{
    /// <summary>Names what differs.</summary>
    /// <param name="container">The container.</param>
    /// <param name="service">Its service.</param>
    /// <returns>The differences in sight; the one that matters may be another.</returns>
    public static IReadOnlyList<FieldChange> Differences(ObservedContainer container, ServiceDefinition service)
    {
        List<FieldChange> changes = [];
        if (service.Image is { Length: > 0 } image && container.Summary.Image != image)
        {
            changes.Add(new FieldChange("image", container.Summary.Image, image, service.Node["image"]?.Origin));
        }

        foreach ((string name, string value) in service.Labels)
        {
            string? before = container.Summary.Labels.GetValueOrDefault(name);
            if (before != value)
            {
                changes.Add(new FieldChange(
                    "labels." + name, ServiceFacts.Shown(name, before), ServiceFacts.Shown(name, value), service.Node["labels"]?.Origin));
            }
        }

        foreach (MountDefinition mount in service.Volumes.Where(mount =>
            !container.Summary.Mounts.Any(known => known.Target == mount.Target) && mount.Type is MountType.Bind or MountType.Volume))
        {
            changes.Add(new FieldChange("volumes", null, mount.Target, mount.Origin));
        }

        return changes;
    }
}
