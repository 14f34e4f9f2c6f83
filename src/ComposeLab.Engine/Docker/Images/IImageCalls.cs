namespace ComposeLab.Engine.Docker;

/// <summary>The engine's calls about images.</summary>
public interface IImageCalls
{
    /// <summary>Lists images with a name.</summary>
    /// <param name="labels">Labels all of which an image must have; empty lists every image.</param>
    /// <param name="token">Cancels the call.</param>
    /// <returns>The images, newest first.</returns>
    Task<IReadOnlyList<ImageSummary>> ListImagesAsync(IReadOnlyList<string> labels, CancellationToken token);

    /// <summary>Reads everything about one image.</summary>
    /// <param name="image">Name or id.</param>
    /// <param name="token">Cancels the call.</param>
    /// <returns>The image, or null where the engine has none of that name.</returns>
    Task<ImageDetails?> InspectImageAsync(string image, CancellationToken token);

    /// <summary>Reads the steps an image was made of.</summary>
    /// <param name="image">Name or id.</param>
    /// <param name="token">Cancels the call.</param>
    /// <returns>The steps, newest first.</returns>
    Task<IReadOnlyList<ImageHistoryStep>> ReadImageHistoryAsync(string image, CancellationToken token);

    /// <summary>Gives an image a further name.</summary>
    /// <param name="image">Name or id.</param>
    /// <param name="name">The new name as <c>repository:tag</c>.</param>
    /// <param name="token">Cancels the call.</param>
    /// <returns>Completes when it is named.</returns>
    Task TagImageAsync(string image, string name, CancellationToken token);

    /// <summary>Takes a name from an image; the last name taken removes it.</summary>
    /// <param name="image">Name or id.</param>
    /// <param name="force">Whether an image of a stopped container goes too.</param>
    /// <param name="token">Cancels the call.</param>
    /// <returns>Completes when it is gone.</returns>
    Task RemoveImageAsync(string image, bool force, CancellationToken token);

    /// <summary>Has the engine build an image. A failed build is told in the stream, not by an exception.</summary>
    /// <param name="context">The build context as a tar archive, read to its end.</param>
    /// <param name="request">What to build and how.</param>
    /// <param name="token">Cancels the build.</param>
    /// <returns>The engine's progress, one JSON object per line; the caller disposes it.</returns>
    Task<Stream> BuildImageAsync(Stream context, ImageBuildRequest request, CancellationToken token);

    /// <summary>Has the engine pull an image. A failed pull may be told in the stream, not by an exception.</summary>
    /// <param name="request">What to pull and with which credentials.</param>
    /// <param name="progress">Gets each line of the engine's progress as it comes, on any thread.</param>
    /// <param name="token">Cancels the pull.</param>
    /// <returns>Completes when the stream ends.</returns>
    Task PullImageAsync(ImagePullRequest request, IProgress<ImagePullMessage> progress, CancellationToken token);

    /// <summary>Makes an image of one layer from a root file system.</summary>
    /// <param name="tar">The root file system as a tar archive, read to its end.</param>
    /// <param name="name">The image's name as <c>repository:tag</c>.</param>
    /// <param name="changes">Dockerfile instructions applied to it, such as <c>CMD ["/bin/sh"]</c>.</param>
    /// <param name="token">Cancels the import.</param>
    /// <returns>Completes when the image exists.</returns>
    Task ImportImageAsync(Stream tar, string name, IReadOnlyList<string> changes, CancellationToken token);
}
