using ComposeLab.Engine.Images.Sizes;

namespace ComposeLab.Images;

/// <summary>Creates the output objects of measured images.</summary>
internal static class ImageSizeObjects
{
    /// <summary>Creates one object for each image; the largest image sets the scale of the bars.</summary>
    /// <param name="images">The images.</param>
    /// <returns>The objects, in the same order.</returns>
    public static IEnumerable<LabImageSize> Sizes(IReadOnlyList<ProfileImage> images)
    {
        long largest = images.Max(image => image.Measure?.Size) ?? 0;
        return images.Select(image => new LabImageSize
        {
            ProjectName = image.ProjectName,
            Profile = image.Profile,
            Service = image.Service,
            Image = image.Image,
            Exists = image.Measure is not null,
            ImageId = image.Measure?.Id,
            Size = image.Measure?.Size,
            ContentSize = image.Measure?.ContentSize,
            SharedSize = image.Measure?.SharedSize,
            LayerCount = image.Measure?.Layers.Count,
            Share = image.Measure is { } measure ? Share(measure.Size, largest) : null,
        });
    }

    /// <summary>Creates one object for each layer of an image.</summary>
    /// <param name="image">The image.</param>
    /// <returns>The objects, lowest layer first; none if the image does not exist on the engine.</returns>
    public static IEnumerable<LabImageLayer> Layers(ProfileImage image) => image.Measure is not { } measure
        ? []
        : measure.Layers.Select((layer, index) => new LabImageLayer
        {
            ProjectName = image.ProjectName,
            Profile = image.Profile,
            Service = image.Service,
            Image = image.Image,
            Number = index + 1,
            Instruction = layer.Instruction,
            Size = layer.Size,
            Share = Share(layer.Size, measure.Size),
            LayerId = layer.Id,
        });

    /// <summary>Creates one object for each service of one of two profiles.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="images">Its images.</param>
    /// <param name="referenceProfile">The profile to compare with.</param>
    /// <param name="references">The images of that profile.</param>
    /// <returns>The objects, in the order of the services' names.</returns>
    public static IEnumerable<LabImageDifference> Differences(
        string profile, IReadOnlyList<ProfileImage> images, string referenceProfile, IReadOnlyList<ProfileImage> references) =>
        images.Concat(references).Select(image => image.Service).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(service =>
        {
            ProfileImage? image = images.FirstOrDefault(candidate => candidate.Service == service);
            ProfileImage? reference = references.FirstOrDefault(candidate => candidate.Service == service);
            return new LabImageDifference
            {
                ProjectName = (image ?? reference)!.ProjectName,
                Service = service,
                Profile = profile,
                Image = image?.Image,
                Size = image?.Measure?.Size,
                ReferenceProfile = referenceProfile,
                ReferenceImage = reference?.Image,
                ReferenceSize = reference?.Measure?.Size,
                OnlyHere = [.. OnlyHere(image, reference)],
            };
        });

    private static IEnumerable<LabImageLayer> OnlyHere(ProfileImage? image, ProfileImage? reference)
    {
        if (image is null || (reference is not null && reference.Measure is null))
        {
            return [];
        }

        IReadOnlyList<ImageLayer> others = reference?.Measure?.Layers ?? [];
        var known = others.Select(layer => layer.Id).ToHashSet(StringComparer.Ordinal);
        return Layers(image).Where(layer => !known.Contains(layer.LayerId));
    }

    private static double Share(long part, long whole) => whole == 0 ? 0 : (double)part / whole;
}
