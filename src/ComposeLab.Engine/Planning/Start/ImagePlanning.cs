using System.Globalization;
using System.Text.RegularExpressions;
using ComposeLab.Compose.Model;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Images;

namespace ComposeLab.Engine.Planning;

/// <summary>Plans the builds and pulls of images, which come first.</summary>
/// <param name="scope">The shared state of the planning.</param>
internal sealed class ImagePlanning(StartScope scope)
{
    /// <summary>Plans the images of services.</summary>
    /// <returns>The steps, one for each image; none depends on another.</returns>
    public IReadOnlyList<ImageOperation> Plan()
    {
        var steps = new Dictionary<string, ImageOperation>(StringComparer.Ordinal);

        // If services share an image, the one with a build section builds it.
        foreach (ServiceDefinition service in scope.Selected.Where(service => service.Provider is null).OrderBy(service => service.Build is null))
        {
            string image = ServiceNames.Image(scope.Project, service);
            if (!steps.ContainsKey(image) && Cause(service, image) is { } cause)
            {
                AddContextImages(service, steps);
                steps.TryAdd(image, Step(service, image, cause));
                RefuseUnsupported(service);
            }
        }

        foreach (ServiceDefinition service in scope.Selected.Where(service => service.Provider is null))
        {
            AddInitImages(service, steps);
        }

        return [.. steps.Values];
    }

    // The image of a service is built from those of the services in its additional contexts, even if these are not started.
    private void AddContextImages(ServiceDefinition service, Dictionary<string, ImageOperation> steps)
    {
        foreach (ServiceDefinition other in ServiceBuilds.WithContexts(scope.Project, service).Where(other => other.Name != service.Name))
        {
            string image = ServiceNames.Image(scope.Project, other);
            if (!steps.ContainsKey(image) && Cause(other, image) is { } cause)
            {
                steps.Add(image, Step(other, image, cause));
                RefuseUnsupported(other);
            }
        }
    }

    private void AddInitImages(ServiceDefinition service, Dictionary<string, ImageOperation> steps)
    {
        foreach (string image in ServiceNames.Images(scope.Project, service).Skip(1).Where(image => !steps.ContainsKey(image)))
        {
            ServiceDefinition? builder = scope.Project.Services.Values.FirstOrDefault(other => other.Build is not null && ServiceNames.Image(scope.Project, other) == image);
            if (builder is not null && !scope.Observed.Images.ContainsKey(image))
            {
                steps.Add(image, Step(builder, image, "image does not exist"));
                RefuseUnsupported(builder);
            }
            else if (builder is null && PullCause(service, image, scope.Options.Pull ?? (service.Build is null ? service.PullPolicy : null) ?? "missing") is { } cause)
            {
                steps.Add(image, Step(service, image, cause) with { IsBuild = false });
            }
        }
    }

    /// <summary>Returns the pull policy for the time after the pulls, so that no image is pulled twice.</summary>
    /// <param name="policy">The requested policy.</param>
    /// <returns>The new policy.</returns>
    public static string AfterPull(string? policy) => policy == "never" ? "never" : "missing";

    private ImageOperation Step(ServiceDefinition service, string image, string cause) => new(scope.Project, service, image, service.Build is not null)
    {
        Id = "image " + image,
        Resource = ResourceId.Image(image),
        Service = service.Name,
        Cause = cause,
    };

    private void RefuseUnsupported(ServiceDefinition service)
    {
        foreach (PreflightFinding finding in UnsupportedBuild.Find(scope.Project, service, new BuildMeans(scope.Observed.HasBuildx, IsForStart: true)))
        {
            scope.Draft.AddFinding(finding);
        }
    }

    private string? Cause(ServiceDefinition service, string image)
    {
        bool missing = !scope.Observed.Images.ContainsKey(image);
        string policy = scope.Options.Pull ?? service.PullPolicy ?? "missing";
        if (service.Build is not null && scope.Options.NoBuild)
        {
            return missing ? Missing(service, image, "building is not allowed") : null;
        }

        if (service.Build is not null)
        {
            return scope.Options.Build ? "requested"
                : policy == "build" && scope.Options.Pull is null ? "pull_policy is build"
                : missing ? "image does not exist"
                : null;
        }

        return PullCause(service, image, policy);
    }

    private string? PullCause(ServiceDefinition service, string image, string policy)
    {
        bool missing = !scope.Observed.Images.ContainsKey(image);
        if (missing && (policy is "never" or "build"))
        {
            return Missing(service, image, $"its pull policy is {policy}");
        }

        return policy switch
        {
            "never" or "build" => null,
            "always" => "pull policy is always",
            _ when missing => "image does not exist",
            _ => image == ServiceNames.Image(scope.Project, service) && Facts(service, image) is { } facts ? WrongPlatform(service, facts) ?? TooOld(policy, facts) : null,
        };
    }

    private string? Missing(ServiceDefinition service, string image, string why)
    {
        scope.Draft.AddFinding(
            EngineErrorId.ImageNotFound,
            $"Service '{service.Name}' needs the image '{image}', which does not exist on the engine, and {why}.",
            service.Build is null ? "Build or load the image, or allow pulling it" : "Build or load the image",
            service.Name,
            (service.Node["image"] ?? service.Node).Origin,
            service.Build is null ? [Remedy.AllowPull()] : []);
        return null;
    }

    private ImageDetails? Facts(ServiceDefinition service, string image) =>
        ObservedState.NeedsImageFacts(service, scope.Options.Pull) ? scope.Observed.ImageFacts.GetValueOrDefault(image) : null;

    private static string? WrongPlatform(ServiceDefinition service, ImageDetails image) =>
        service.Platform is { Length: > 0 } wanted && !ImagePlatform.Fits(wanted, image)
            ? $"existing image is for {ImagePlatform.Of(image)}, not {wanted}"
            : null;

    private string? TooOld(string policy, ImageDetails image) =>
        PullInterval.Parse(policy) is { } interval && (image.Tagged is not { } tagged || tagged + interval <= scope.Observed.Time)
            ? $"pull policy is {policy} and it is older"
            : null;
}

/// <summary>Compares the platform of an image with the platform of a service.</summary>
public static class ImagePlatform
{
    /// <summary>Whether an image is for a platform.</summary>
    /// <param name="wanted">The platform as <c>os[/arch[/variant]]</c>, or only an architecture.</param>
    /// <param name="image">The image.</param>
    /// <returns>True if every requested part matches.</returns>
    public static bool Fits(string wanted, ImageDetails image)
    {
        string[] parts = wanted.ToLowerInvariant().Split('/');
        if (parts.Length == 1)
        {
            return Architecture(parts[0]) == image.Architecture || parts[0] == image.OperatingSystem;
        }

        return parts[0] == image.OperatingSystem
            && Architecture(parts[1]) == image.Architecture
            && (parts.Length < 3 || image.Variant.Length == 0 || parts[2] == image.Variant);
    }

    /// <summary>The platform of an image.</summary>
    /// <param name="image">The image.</param>
    /// <returns><c>os/arch[/variant]</c>.</returns>
    public static string Of(ImageDetails image) =>
        $"{image.OperatingSystem}/{image.Architecture}{(image.Variant.Length == 0 ? "" : "/" + image.Variant)}";

    private static string Architecture(string name) => name switch
    {
        "x86_64" or "x86-64" => "amd64",
        "aarch64" => "arm64",
        "i386" => "386",
        _ => name,
    };
}

/// <summary>Parses pull policies with an interval: <c>daily</c>, <c>weekly</c>, <c>every_1d12h</c>.</summary>
internal static partial class PullInterval
{
    /// <summary>Reads a policy.</summary>
    /// <param name="policy">The policy.</param>
    /// <returns>The maximum age of an image; null for a policy without an interval.</returns>
    public static TimeSpan? Parse(string policy) => policy switch
    {
        "daily" => TimeSpan.FromDays(1),
        "weekly" => TimeSpan.FromDays(7),
        _ when Every().Match(policy) is { Success: true } match => Sum(match.Groups["part"].Captures),
        _ => null,
    };

    private static TimeSpan Sum(CaptureCollection parts) => parts.Aggregate(
        TimeSpan.Zero,
        (sum, part) => sum + (int.Parse(part.ValueSpan[..^1], CultureInfo.InvariantCulture) * Unit(part.ValueSpan[^1])));

    private static TimeSpan Unit(char unit) => unit switch
    {
        'w' => TimeSpan.FromDays(7),
        'd' => TimeSpan.FromDays(1),
        'h' => TimeSpan.FromHours(1),
        'm' => TimeSpan.FromMinutes(1),
        _ => TimeSpan.FromSeconds(1),
    };

    [GeneratedRegex("^every_(?<part>[0-9]{1,6}[wdhms])+$", RegexOptions.CultureInvariant)]
    private static partial Regex Every();
}
