using ComposeLab.Compose.Model;
using ComposeLab.Engine.Planning;

namespace ComposeLab.Engine.Images;

/// <summary>An image that services need from a registry.</summary>
/// <param name="Image">Its name.</param>
/// <param name="Platform">The platform as <c>os/arch[/variant]</c>; null for that of the engine.</param>
/// <param name="Services">The services that need it.</param>
public sealed record SelectedImage(string Image, string? Platform, IReadOnlyList<string> Services)
{
    /// <summary>The services among them that can build it.</summary>
    public IReadOnlyList<string> Builders { get; init; } = [];

    /// <summary>Why nothing is transferred, as a clause; null if the image is transferred.</summary>
    public string? Skipped { get; init; }
}

/// <summary>Which images an explicit pull fetches.</summary>
public sealed record PullSelectionOptions
{
    /// <summary>The services; empty for all.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];

    /// <summary>Whether the services they depend on are included.</summary>
    public bool Dependencies { get; init; }

    /// <summary>A pull policy that overrides those of the services; null for none.</summary>
    public string? Policy { get; init; }

    /// <summary>Whether images that services can build are left out.</summary>
    public bool IgnoreBuildable { get; init; }
}

/// <summary>
/// Selects the images of an explicit pull and of a push. A pull that a user requests differs from that of a start: without a policy the image is always pulled, an age
/// limit counts as reached, and the tag <c>latest</c> is always checked.
/// </summary>
public static class PullSelection
{
    private const string DefaultPlatform = "DOCKER_DEFAULT_PLATFORM";

    /// <summary>Selects the images to pull.</summary>
    /// <param name="project">The project.</param>
    /// <param name="options">Which images.</param>
    /// <param name="exists">Whether the engine has an image.</param>
    /// <returns>The images by name, each once; those to skip have a reason.</returns>
    /// <exception cref="EngineException">ServiceNotFound.</exception>
    public static IReadOnlyList<SelectedImage> ToPull(ComposeProject project, PullSelectionOptions options, Func<string, bool> exists)
    {
        ArgumentNullException.ThrowIfNull(project);
        ArgumentNullException.ThrowIfNull(options);
        return
        [
            .. Services(project, options.Services, options.Dependencies)
                .SelectMany(service => OfService(project, service, options, exists))
                .GroupBy(image => image.Image, StringComparer.Ordinal)
                .Select(Joined)
                .OrderBy(image => image.Image, StringComparer.Ordinal),
        ];
    }

    /// <summary>Selects the images to push: those that services build under a name of their own, with all their tags.</summary>
    /// <param name="project">The project.</param>
    /// <param name="services">The services; empty for all.</param>
    /// <param name="dependencies">Whether the services they depend on are included.</param>
    /// <returns>The images by name, each once; those to skip have a reason.</returns>
    /// <exception cref="EngineException">ServiceNotFound.</exception>
    public static IReadOnlyList<SelectedImage> ToPush(ComposeProject project, IReadOnlyList<string> services, bool dependencies)
    {
        ArgumentNullException.ThrowIfNull(project);
        ArgumentNullException.ThrowIfNull(services);
        return
        [
            .. Services(project, services, dependencies).Where(service => service.Provider is null)
                .SelectMany(service => Pushed(project, service).Select(image => image with { Services = [service.Name] }))
                .GroupBy(image => image.Image, StringComparer.Ordinal)
                .Select(Joined)
                .OrderBy(image => image.Image, StringComparer.Ordinal),
        ];
    }

    private static IEnumerable<SelectedImage> Pushed(ComposeProject project, ServiceDefinition service) => service switch
    {
        { Build: null } => [new SelectedImage(ServiceNames.Image(project, service), null, []) { Skipped = "it is not built" }],
        { Image: null or "" } => [new SelectedImage(ServiceNames.Image(project, service), null, []) { Skipped = "the service has no image name" }],
        _ => service.Build.Tags.Prepend(service.Image).Select(name => new SelectedImage(name, null, [])),
    };

    private static IEnumerable<ServiceDefinition> Services(ComposeProject project, IReadOnlyList<string> names, bool dependencies) =>
        ServiceOrder.Of(project, names).Where(service => names.Count == 0 || dependencies || names.Contains(service.Name, StringComparer.Ordinal));

    private static IEnumerable<SelectedImage> OfService(ComposeProject project, ServiceDefinition service, PullSelectionOptions options, Func<string, bool> exists)
    {
        string? policy = options.Policy ?? service.PullPolicy;
        string image = ServiceNames.Image(project, service);
        string? platform = service.Platform is { Length: > 0 } own ? own : project.Environment.GetValueOrDefault(DefaultPlatform) is { Length: > 0 } common ? common : null;
        if (string.IsNullOrEmpty(service.Image))
        {
            if (service.Provider is null)
            {
                yield return new SelectedImage(image, null, [service.Name]) { Builders = [service.Name], Skipped = "it is built, not pulled" };
            }
        }
        else
        {
            yield return new SelectedImage(image, platform, [service.Name])
            {
                Builders = service.Build is null ? [] : [service.Name],
                Skipped = Reason(image, policy, exists) ?? (service.Build is not null && options.IgnoreBuildable ? "it can be built" : null),
            };
        }

        foreach (string hook in ServiceNames.Images(project, service).Skip(1))
        {
            // An init container's image has no pull policy of its own, and it cannot be built.
            yield return new SelectedImage(hook, platform, [service.Name]) { Skipped = Reason(hook, policy == "build" ? "missing" : policy, exists) };
        }
    }

    private static string? Reason(string image, string? policy, Func<string, bool> exists) => policy switch
    {
        "never" or "build" => $"its pull policy is {policy}",
        "missing" or "if_not_present" when exists(image) && !BuildOrder.Tagged(image).EndsWith(":latest", StringComparison.Ordinal) => "it already exists on the engine",
        _ => null,
    };

    private static SelectedImage Joined(IGrouping<string, SelectedImage> same)
    {
        SelectedImage first = same.FirstOrDefault(image => image.Skipped is null) ?? same.First();
        return first with
        {
            Services = [.. same.SelectMany(image => image.Services).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            Builders = [.. same.SelectMany(image => image.Builders).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
        };
    }
}
