using ComposeLab.Compose.Model;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Planning;

namespace ComposeLab.Engine.Images;

/// <summary>An image of a stack.</summary>
/// <param name="Name">Its name, as the stack uses it; its id if it has no name.</param>
/// <param name="Id">Its id, including <c>sha256:</c>.</param>
/// <param name="Services">The services of the stack that use it, or that it was built for.</param>
/// <param name="UsedBy">The containers of all stacks that use it.</param>
public sealed record StackImage(string Name, string Id, IReadOnlyList<string> Services, IReadOnlyList<string> UsedBy);

/// <summary>Finds the images of a stack: those of its containers and services, and those that were built for it, even if they have no name anymore.</summary>
public static class StackImages
{
    /// <summary>Finds them.</summary>
    /// <param name="projectName">The stack.</param>
    /// <param name="project">Its project; null if only its name is known.</param>
    /// <param name="images">All images of the engine.</param>
    /// <param name="containers">All containers of the engine.</param>
    /// <returns>The images by name.</returns>
    public static IReadOnlyList<StackImage> Of(
        string projectName, ComposeProject? project, IReadOnlyList<ImageSummary> images, IReadOnlyList<ContainerSummary> containers)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(containers);
        Dictionary<string, ImageSummary> byName = [];
        foreach (ImageSummary image in images)
        {
            foreach (string name in image.Names)
            {
                byName.TryAdd(name, image);
            }
        }

        ILookup<string, ContainerSummary> users = containers.ToLookup(container => container.ImageId, StringComparer.Ordinal);
        var found = new Dictionary<(string Name, string Id), SortedSet<string>>();
        foreach (ContainerSummary container in containers.Where(container => container.Labels.GetValueOrDefault(StackLabels.Project) == projectName))
        {
            // An image that was replaced since has lost its name; the container still has it.
            string name = BuildOrder.Tagged(container.Image);
            Add(byName.TryGetValue(name, out ImageSummary? image) && image.Id == container.ImageId ? name : container.ImageId, container.ImageId, container.Labels.GetValueOrDefault(StackLabels.Service));
        }

        foreach (ServiceDefinition service in project?.Services.Values.Where(service => service.Provider is null) ?? [])
        {
            foreach (string name in ServiceNames.Images(project!, service).Select(BuildOrder.Tagged))
            {
                if (byName.TryGetValue(name, out ImageSummary? image))
                {
                    Add(name, image.Id, service.Name);
                }
            }
        }

        foreach (ImageSummary image in images.Where(image => image.Labels.GetValueOrDefault(StackLabels.Project) == projectName))
        {
            foreach (string name in image.Names.DefaultIfEmpty(image.Id))
            {
                Add(name, image.Id, image.Labels.GetValueOrDefault(StackLabels.Service));
            }
        }

        return
        [
            .. found.OrderBy(entry => entry.Key.Name, StringComparer.Ordinal).Select(entry => new StackImage(
                entry.Key.Name, entry.Key.Id, [.. entry.Value], [.. users[entry.Key.Id].Select(container => container.Name).Order(StringComparer.Ordinal)])),
        ];

        void Add(string name, string id, string? service)
        {
            if (!found.TryGetValue((name, id), out SortedSet<string>? services))
            {
                found[(name, id)] = services = new SortedSet<string>(StringComparer.Ordinal);
            }

            if (!string.IsNullOrEmpty(service))
            {
                services.Add(service);
            }
        }
    }
}
