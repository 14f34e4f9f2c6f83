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
        string.IsNullOrEmpty(service.Image) ? $"{project.Name}-{service.Name}" : service.Image;

    /// <summary>The name of one of a service's containers.</summary>
    /// <param name="project">The project.</param>
    /// <param name="service">The service.</param>
    /// <param name="number">Its number, from 1.</param>
    /// <returns>Its container name, or <c>project-service-number</c>.</returns>
    public static string Container(ComposeProject project, ServiceDefinition service, int number) =>
        string.IsNullOrEmpty(service.ContainerName)
            ? string.Create(CultureInfo.InvariantCulture, $"{project.Name}-{service.Name}-{number}")
            : service.ContainerName;

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
