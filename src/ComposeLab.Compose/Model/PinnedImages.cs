using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Model;

/// <summary>Replaces the images of a project with names that contain their digests.</summary>
public static class PinnedImages
{
    /// <summary>Replaces the images of services and of their init containers.</summary>
    /// <param name="project">The project.</param>
    /// <param name="pinned">The names with digests, by the names in the project; others are kept.</param>
    /// <returns>The project with these names.</returns>
    public static ComposeProject Apply(ComposeProject project, IReadOnlyDictionary<string, string> pinned)
    {
        ArgumentNullException.ThrowIfNull(project);
        ArgumentNullException.ThrowIfNull(pinned);
        return project.WithTree(WithServices(project.Tree, service => Pinned(service, pinned)));
    }

    /// <summary>Creates an overlay that contains only the pinned images of services. Those of init containers are left out: an overlay adds init containers instead of
    /// changing them.</summary>
    /// <param name="project">The project.</param>
    /// <param name="pinned">The names with digests, by the names in the project.</param>
    /// <returns>A project with the services whose image is pinned, and nothing else.</returns>
    public static ComposeProject Overlay(ComposeProject project, IReadOnlyDictionary<string, string> pinned)
    {
        ArgumentNullException.ThrowIfNull(project);
        ArgumentNullException.ThrowIfNull(pinned);
        MappingNode images = WithServices(project.Tree, service => service["image"] is ScalarNode image && pinned.TryGetValue(image.Text, out string? name)
            ? new NodeBuilder(service.Origin).Add("image", ScalarNode.String(name, image.Origin)).Build()
            : null);
        return project.WithTree(images.Select(entry => entry.Key == "services" ? entry.Value : null));
    }

    private static MappingNode Pinned(MappingNode service, IReadOnlyDictionary<string, string> pinned)
    {
        MappingNode changed = WithImage(service, pinned);
        return changed["pre_start"] is SequenceNode hooks
            ? changed.With("pre_start", hooks.Select(hook => hook is MappingNode mapping ? WithImage(mapping, pinned) : hook))
            : changed;
    }

    private static MappingNode WithImage(MappingNode owner, IReadOnlyDictionary<string, string> pinned) =>
        owner["image"] is ScalarNode image && pinned.TryGetValue(image.Text, out string? name) ? owner.With("image", ScalarNode.String(name, image.Origin)) : owner;

    private static MappingNode WithServices(MappingNode tree, Func<MappingNode, MappingNode?> change) => tree["services"] is MappingNode services
        ? tree.With("services", services.Select(entry => entry.Value is MappingNode service ? change(service) : entry.Value))
        : tree;
}
