using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Images;
using ComposeLab.Engine.Images.Sizes;
using ComposeLab.Engine.Planning;

namespace ComposeLab.Images;

/// <summary>Creates the objects of images and of their transfers.</summary>
internal static class ImageObjects
{
    /// <summary>Creates the object of an image.</summary>
    /// <param name="projectName">The project.</param>
    /// <param name="image">The image.</param>
    /// <param name="details">Its details.</param>
    /// <param name="space">Its size.</param>
    /// <returns>The object.</returns>
    public static LabImage Of(string projectName, StackImage image, ImageDetails details, ImageSpace space) => new()
    {
        ProjectName = projectName,
        Image = image.Name,
        ImageId = details.Id,
        Digest = Digest(image.Name, details),
        Platform = ImagePlatform.Of(details),
        CreatedAt = details.Created,
        Size = space.Size,
        ContentSize = space.ContentSize,
        Services = image.Services,
        UsedBy = image.UsedBy,
    };

    /// <summary>Adds the digest of the registry.</summary>
    /// <param name="image">The image.</param>
    /// <param name="digest">The digest.</param>
    /// <returns>A new object.</returns>
    public static LabImage WithRegistryDigest(LabImage image, string digest) => new()
    {
        ProjectName = image.ProjectName,
        Image = image.Image,
        ImageId = image.ImageId,
        Digest = image.Digest,
        RegistryDigest = digest,
        Platform = image.Platform,
        CreatedAt = image.CreatedAt,
        Size = image.Size,
        ContentSize = image.ContentSize,
        Services = image.Services,
        UsedBy = image.UsedBy,
    };

    /// <summary>Creates the object of a transfer.</summary>
    /// <param name="projectName">The project.</param>
    /// <param name="transfer">The transfer.</param>
    /// <param name="done">The result of one that succeeded.</param>
    /// <returns>The object.</returns>
    public static LabImageTransfer Of(string projectName, ImageTransfer transfer, LabTransferResult done) => new()
    {
        ProjectName = projectName,
        Image = transfer.Image.Image,
        Services = transfer.Image.Services,
        Result = transfer.Fault is not null ? LabTransferResult.Failed : transfer.Image.Skipped is not null ? LabTransferResult.Skipped : done,
        Reason = transfer.Fault?.Message ?? transfer.Image.Skipped ?? "",
        IsChanged = transfer.IsChanged,
        ImageId = transfer.Details?.Id ?? "",
        Digest = transfer.Details is null ? null : Digest(transfer.Image.Image, transfer.Details),
    };

    /// <summary>The digest with which a registry knows an image.</summary>
    /// <param name="name">The image's name.</param>
    /// <param name="details">The image.</param>
    /// <returns>The digest, including <c>sha256:</c>; null if there is none for the repository of the name.</returns>
    public static string? Digest(string name, ImageDetails details)
    {
        string repository = ImageName.Repository(name);
        return details.Digests.Where(digest => ImageName.Repository(digest) == repository).Select(digest => digest.Split('@')[^1]).FirstOrDefault();
    }
}
