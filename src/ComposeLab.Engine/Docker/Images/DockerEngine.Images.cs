using Docker.DotNet.Models;

namespace ComposeLab.Engine.Docker;

/// <content>Images.</content>
internal sealed partial class DockerEngine
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<ImageSummary>> ListImagesAsync(IReadOnlyList<string> labels, CancellationToken token)
    {
        var parameters = new ImagesListParameters { Filters = LabelFilter(labels) };
        IList<ImagesListResponse> found = await AnswerAsync(
            () => client.Images.ListImagesAsync(parameters, token), token).ConfigureAwait(false);
        return [.. found.Select(ImageResponseMapping.Summary)];
    }

    /// <inheritdoc/>
    public async Task<ImageDetails?> InspectImageAsync(string image, CancellationToken token)
    {
        ImageInspectResponse? found = await FindAsync(
            () => client.Images.InspectImageAsync(image, token), token).ConfigureAwait(false);
        return found is null ? null : ImageResponseMapping.Details(found);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ImageHistoryStep>> ReadImageHistoryAsync(string image, CancellationToken token)
    {
        IList<ImageHistoryResponse> found = await CallAsync(
            () => client.Images.GetImageHistoryAsync(image, token), token).ConfigureAwait(false);
        return
        [
            .. found.Select(step => new ImageHistoryStep(
                ContainerResponseMapping.Time(step.Created), step.CreatedBy ?? "", step.Size, step.Comment ?? "")),
        ];
    }

    /// <inheritdoc/>
    public Task TagImageAsync(string image, string name, CancellationToken token)
    {
        (string repository, string tag) = SplitName(name);
        return CallAsync(
            () => client.Images.TagImageAsync(image, new ImageTagParameters { RepositoryName = repository, Tag = tag }, token), token);
    }

    /// <inheritdoc/>
    public Task RemoveImageAsync(string image, bool force, CancellationToken token) =>
        CallAsync(() => client.Images.DeleteImageAsync(image, new ImageDeleteParameters { Force = force }, token), token);

    /// <inheritdoc/>
    public Task<Stream> BuildImageAsync(Stream context, ImageBuildRequest request, CancellationToken token) =>
#pragma warning disable CS0618 // The overload that decodes progress fails on BuildKit's lines; the raw one leaves decoding to Images/.
        CallAsync(() => client.Images.BuildImageFromDockerfileAsync(context, ImageRequestMapping.Build(request), token), token);
#pragma warning restore CS0618

    /// <inheritdoc/>
    public Task PullImageAsync(ImagePullRequest request, IProgress<ImagePullMessage> progress, CancellationToken token)
    {
        var parameters = new ImagesCreateParameters { FromImage = request.Image, Platform = request.Platform };
        AuthConfig? credential = request.Credential is null ? null : ImageRequestMapping.Credential(request.Credential);
        return CallAsync(
            () => client.Images.CreateImageAsync(parameters, credential, new ImageResponseMapping.PullProgress(progress), token), token);
    }

    /// <inheritdoc/>
    public Task ImportImageAsync(Stream tar, string name, IReadOnlyList<string> changes, CancellationToken token)
    {
        (string repository, string tag) = SplitName(name);
        var parameters = new ImagesCreateParameters { FromSrc = "-", Repo = repository, Tag = tag, Changes = [.. changes] };
        return CallAsync(
            () => client.Images.CreateImageAsync(parameters, tar, null, new ImageResponseMapping.PullProgress(null), token), token);
    }

    private static (string Repository, string Tag) SplitName(string name)
    {
        // A colon before the last slash belongs to a registry's port.
        int colon = name.LastIndexOf(':');
        return colon > name.LastIndexOf('/') ? (name[..colon], name[(colon + 1)..]) : (name, "latest");
    }
}
