using Docker.DotNet.Models;

namespace ComposeLab.Engine.Docker;

/// <content>Images.</content>
internal sealed partial class DockerEngine
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<ImageSummary>> ListImagesAsync(IReadOnlyList<string> labels, CancellationToken token)
    {
        var parameters = new ImagesListParameters { Filters = LabelFilter(labels) };
        return await ReadAsync(
            async () => Rows(await client.Images.ListImagesAsync(parameters, token).ConfigureAwait(false), ImageResponseMapping.Summary), token).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task<ImageDetails?> InspectImageAsync(string image, CancellationToken token) => FindAsync(
        async () => ImageResponseMapping.Details(await client.Images.InspectImageAsync(image, token).ConfigureAwait(false)), token);

    /// <inheritdoc/>
    public Task<IReadOnlyList<ImageHistoryStep>> ReadImageHistoryAsync(string image, CancellationToken token) => ReadAsync(
        // With containerd's store, an image that was made without a builder has no history, which the engine sends as null.
        async () => Rows(
            await client.Images.GetImageHistoryAsync(image, token).ConfigureAwait(false) ?? [],
            step => new ImageHistoryStep(ContainerResponseMapping.Time(step.Created), step.CreatedBy ?? "", step.Size, step.Comment ?? "")),
        token);

    /// <inheritdoc/>
    public Task TagImageAsync(string image, string name, CancellationToken token)
    {
        (string repository, string tag) = SplitName(name);
        return ChangeAsync(
            () => client.Images.TagImageAsync(image, new ImageTagParameters { RepositoryName = repository, Tag = tag }, token), token);
    }

    /// <inheritdoc/>
    public Task RemoveImageAsync(string image, bool force, CancellationToken token) =>
        LongAsync(() => client.Images.DeleteImageAsync(image, new ImageDeleteParameters { Force = force }, token), limits.Longest, token);

    /// <inheritdoc/>
    public Task<Stream> BuildImageAsync(Stream context, ImageBuildRequest request, CancellationToken token) =>
#pragma warning disable CS0618 // The overload that decodes progress fails on BuildKit's lines; with the raw one, Images/ decodes them.
        LongAsync(() => client.Images.BuildImageFromDockerfileAsync(context, ImageRequestMapping.Build(request), token), Timeout.InfiniteTimeSpan, token);
#pragma warning restore CS0618

    /// <inheritdoc/>
    public Task PullImageAsync(ImagePullRequest request, IProgress<ImagePullMessage> progress, CancellationToken token)
    {
        var parameters = new ImagesCreateParameters { FromImage = request.Image, Platform = request.Platform };
        AuthConfig? credential = request.Credential is null ? null : ImageRequestMapping.Credential(request.Credential);
        return LongAsync(
            () => client.Images.CreateImageAsync(parameters, credential, new ImageResponseMapping.PullProgress(progress), token), Timeout.InfiniteTimeSpan, token);
    }

    /// <inheritdoc/>
    public Task PushImageAsync(RegistryRequest request, IProgress<ImagePullMessage> progress, CancellationToken token)
    {
        (string repository, string tag) = SplitName(request.Image);
        var parameters = new ImagePushParameters { Tag = tag };
        AuthConfig credential = request.Credential is null ? new AuthConfig() : ImageRequestMapping.Credential(request.Credential);
        return LongAsync(
            () => client.Images.PushImageAsync(repository, parameters, credential, new ImageResponseMapping.PullProgress(progress), token), Timeout.InfiniteTimeSpan, token);
    }

    /// <inheritdoc/>
    public async Task<string> ReadRegistryDigestAsync(RegistryRequest request, CancellationToken token)
    {
        string path = $"distribution/{string.Join('/', request.Image.Split('/').Select(Uri.EscapeDataString))}/json";
        string? credential = request.Credential is null ? null : ImageRequestMapping.Header(request.Credential);
        return await ReadAsync(
            async () =>
            {
                using HttpResponseMessage answer = await transport.GetAsync(path, token, credential).ConfigureAwait(false);
                string body = await answer.Content.ReadAsStringAsync(token).ConfigureAwait(false);
                return answer.IsSuccessStatusCode ? ImageResponseMapping.Digest(body) : throw EngineFault.Refused((int)answer.StatusCode, body, nameof(ReadRegistryDigestAsync), null);
            },
            token).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task<string> CommitContainerAsync(string container, CommitSpec spec, CancellationToken token)
    {
        (string repository, string tag) = SplitName(spec.Name);
        var parameters = new CommitContainerChangesParameters
        {
            ContainerID = container,
            RepositoryName = repository,
            Tag = tag,
            Comment = spec.Comment,
            Author = spec.Author,
            Changes = [.. spec.Changes],
            Pause = spec.Pause,
        };
        return LongAsync(
            async () => ContainerResponseMapping.Required((await client.Images.CommitContainerChangesAsync(parameters, token).ConfigureAwait(false))?.ID, "ID"), limits.Longest, token);
    }

    /// <inheritdoc/>
    public Task ImportImageAsync(Stream tar, string name, IReadOnlyList<string> changes, CancellationToken token)
    {
        (string repository, string tag) = SplitName(name);
        var parameters = new ImagesCreateParameters { FromSrc = "-", Repo = repository, Tag = tag, Changes = [.. changes] };
        return LongAsync(
            () => client.Images.CreateImageAsync(parameters, tar, null, new ImageResponseMapping.PullProgress(null), token), limits.Longest, token);
    }

    private static (string Repository, string Tag) SplitName(string name)
    {
        // A colon before the last slash belongs to a registry's port.
        int colon = name.LastIndexOf(':');
        return colon > name.LastIndexOf('/') ? (name[..colon], name[(colon + 1)..]) : (name, "latest");
    }
}
