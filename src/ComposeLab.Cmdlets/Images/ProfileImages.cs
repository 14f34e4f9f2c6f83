using ComposeLab.Compose.Model;
using ComposeLab.Engine.Images.Sizes;
using ComposeLab.Engine.Planning;
using ComposeLab.Errors;
using ComposeLab.Pipeline;
using ComposeLab.Projects;

namespace ComposeLab.Images;

/// <summary>The images of the services of a project with one lab profile.</summary>
/// <param name="project">The project's name.</param>
/// <param name="profile">The lab profile; empty for the base file alone.</param>
/// <param name="images">The images' names by service.</param>
internal sealed class ProfileImages(string project, string profile, IReadOnlyDictionary<string, string> images)
{
    /// <summary>The lab profile; empty for the base file alone.</summary>
    public string Profile => profile;

    /// <summary>Reads them from the project.</summary>
    /// <param name="selection">The project.</param>
    /// <param name="profile">The lab profile; empty for the base file alone.</param>
    /// <param name="output">Where warnings go.</param>
    /// <param name="token">Cancels the load.</param>
    /// <returns>The images.</returns>
    public static ProfileImages Of(ProjectSelection selection, string profile, IPipelineOutput output, CancellationToken token)
    {
        ComposeProject project = ProjectLoading.Load(selection with { Profile = profile }, output, token);
        var images = project.Services.Values.Where(service => service.Provider is null)
            .ToDictionary(service => service.Name, service => ServiceNames.Image(project, service), StringComparer.Ordinal);
        return new ProfileImages(project.Name, profile, images);
    }

    /// <summary>Checks that each specified service exists in one of the profiles.</summary>
    /// <param name="lists">The images by profile.</param>
    /// <param name="services">The specified services.</param>
    /// <exception cref="LabException">ServiceNotFound.</exception>
    public static void Check(IReadOnlyList<ProfileImages> lists, IReadOnlyList<string> services)
    {
        var known = lists.SelectMany(list => list.Services).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        foreach (string unknown in services.Where(service => !known.Contains(service)))
        {
            throw new LabException(
                LabErrorId.ServiceNotFound, $"Service '{unknown}' not found. Services: {string.Join(", ", known)}.", "Specify one of these services", unknown);
        }
    }

    /// <summary>The error for an image that does not exist on the engine.</summary>
    /// <param name="image">The image.</param>
    /// <param name="selection">How the user selected the project.</param>
    /// <returns>ImageNotFound.</returns>
    public static LabException Missing(ProfileImage image, ProjectSelection selection) => new(
        LabErrorId.ImageNotFound,
        $"Image {image.Image} of service '{image.Service}' does not exist on the engine.",
        $"Run {new CommandText(selection, image.Profile).Of("Start-LabStack")} to build or pull missing images",
        image.Image);

    /// <summary>Measures them.</summary>
    /// <param name="sizes">The measurement.</param>
    /// <param name="services">The services to measure; empty for all.</param>
    /// <param name="token">Cancels the calls.</param>
    /// <returns>The images in the order of the services' names.</returns>
    public async Task<IReadOnlyList<ProfileImage>> MeasureAsync(ImageSizes sizes, IReadOnlyList<string> services, CancellationToken token)
    {
        var measured = new List<ProfileImage>();
        foreach ((string service, string image) in images.Where(image => services.Count == 0 || services.Contains(image.Key)))
        {
            measured.Add(new ProfileImage(project, profile, service, image, await sizes.MeasureAsync(image, token).ConfigureAwait(false)));
        }

        return measured;
    }

    private IEnumerable<string> Services => images.Keys;
}
