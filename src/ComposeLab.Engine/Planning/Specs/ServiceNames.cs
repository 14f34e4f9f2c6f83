using System.Globalization;
using ComposeLab.Compose.Model;

namespace ComposeLab.Engine.Planning;

/// <summary>The names of a service's resources on the engine, the same as in the reference.</summary>
public static class ServiceNames
{
    /// <summary>The image of a service.</summary>
    /// <param name="project">The project.</param>
    /// <param name="service">The service.</param>
    /// <returns>Its image, or <c>project-service</c>.</returns>
    public static string Image(ComposeProject project, ServiceDefinition service) =>
        string.IsNullOrEmpty(service.Image) ? project.Name + ComposeSettings.Separator(project) + service.Name : service.Image;

    /// <summary>All images that a start of a service needs: its own and those of its init containers.</summary>
    /// <param name="project">The project.</param>
    /// <param name="service">The service.</param>
    /// <returns>The names, the service's own image first.</returns>
    public static IEnumerable<string> Images(ComposeProject project, ServiceDefinition service)
    {
        ArgumentNullException.ThrowIfNull(service);
        return service.PreStart.Select(hook => InitImage(project, service, hook)).Prepend(Image(project, service)).Distinct(StringComparer.Ordinal);
    }

    /// <summary>The image of an init container.</summary>
    /// <param name="project">The project.</param>
    /// <param name="service">The service.</param>
    /// <param name="hook">The hook.</param>
    /// <returns>The image that the hook names, otherwise the service's image.</returns>
    public static string InitImage(ComposeProject project, ServiceDefinition service, HookDefinition hook)
    {
        ArgumentNullException.ThrowIfNull(hook);
        return string.IsNullOrEmpty(hook.Image) ? Image(project, service) : hook.Image;
    }

    /// <summary>The name of one of a service's containers.</summary>
    /// <param name="project">The project.</param>
    /// <param name="service">The service.</param>
    /// <param name="number">Its number, from 1.</param>
    /// <returns>Its container name, or <c>project-service-number</c>.</returns>
    public static string Container(ComposeProject project, ServiceDefinition service, int number) =>
        string.IsNullOrEmpty(service.ContainerName)
            ? string.Create(CultureInfo.InvariantCulture, $"{project.Name}{ComposeSettings.Separator(project)}{service.Name}{ComposeSettings.Separator(project)}{number}")
            : service.ContainerName;

    /// <summary>The name of a one-off container.</summary>
    /// <param name="project">The project.</param>
    /// <param name="service">The service's name.</param>
    /// <param name="slug">A random text.</param>
    /// <returns><c>project-service-run-slug</c>.</returns>
    public static string OneOff(ComposeProject project, string service, string slug)
    {
        ArgumentNullException.ThrowIfNull(project);
        return string.Join(ComposeSettings.Separator(project), project.Name, service, "run", slug);
    }

    /// <summary>The name of a network.</summary>
    /// <param name="project">The project.</param>
    /// <param name="key">The network's key in the project.</param>
    /// <returns>Its name on the engine.</returns>
    public static string Network(ComposeProject project, string key) =>
        project.Networks.TryGetValue(key, out NetworkDefinition? network) && !string.IsNullOrEmpty(network.Name)
            ? network.Name
            : $"{project.Name}_{key}";

    /// <summary>The name of a volume.</summary>
    /// <param name="project">The project.</param>
    /// <param name="key">The volume's key in the project.</param>
    /// <returns>Its name on the engine.</returns>
    public static string Volume(ComposeProject project, string key) =>
        project.Volumes.TryGetValue(key, out VolumeDefinition? volume) && !string.IsNullOrEmpty(volume.Name)
            ? volume.Name
            : $"{project.Name}_{key}";
}
