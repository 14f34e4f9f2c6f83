using Docker.DotNet.Models;

namespace ComposeLab.Engine.Docker;

/// <content>Containers.</content>
internal sealed partial class DockerEngine
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<ContainerSummary>> ListContainersAsync(IReadOnlyList<string> labels, CancellationToken token)
    {
        var parameters = new ContainersListParameters { All = true, Filters = LabelFilter(labels) };
        IList<ContainerListResponse> found = await AnswerAsync(
            () => client.Containers.ListContainersAsync(parameters, token), token).ConfigureAwait(false);
        return [.. found.Select(ContainerResponseMapping.Summary)];
    }

    /// <inheritdoc/>
    public async Task<ContainerDetails?> InspectContainerAsync(string container, CancellationToken token)
    {
        ContainerInspectResponse? found = await FindAsync(
            () => client.Containers.InspectContainerAsync(container, token), token).ConfigureAwait(false);
        return found is null ? null : ContainerResponseMapping.Details(found);
    }

    /// <inheritdoc/>
    public async Task<ContainerCreated> CreateContainerAsync(ContainerSpec spec, CancellationToken token)
    {
        CreateContainerParameters parameters = ContainerRequestMapping.Parameters(spec, info);
        CreateContainerResponse made = await AnswerAsync(
            () => client.Containers.CreateContainerAsync(parameters, token), token).ConfigureAwait(false);
        return new ContainerCreated(made.ID, [.. made.Warnings ?? []]);
    }

    /// <inheritdoc/>
    public Task StartContainerAsync(string container, CancellationToken token) =>
        AnswerAsync(() => client.Containers.StartContainerAsync(container, new ContainerStartParameters(), token), token);

    /// <inheritdoc/>
    public Task StopContainerAsync(string container, TimeSpan? timeout, CancellationToken token)
    {
        var parameters = new ContainerStopParameters
        {
            WaitBeforeKillSeconds = timeout is { } limit ? (uint)Math.Ceiling(Math.Max(0, limit.TotalSeconds)) : null,
        };
        return CallAsync(() => client.Containers.StopContainerAsync(container, parameters, token), token);
    }

    /// <inheritdoc/>
    public Task KillContainerAsync(string container, string signal, CancellationToken token) =>
        AnswerAsync(() => client.Containers.KillContainerAsync(container, new ContainerKillParameters { Signal = signal }, token), token);

    /// <inheritdoc/>
    public Task PauseContainerAsync(string container, CancellationToken token) =>
        AnswerAsync(() => client.Containers.PauseContainerAsync(container, token), token);

    /// <inheritdoc/>
    public Task UnpauseContainerAsync(string container, CancellationToken token) =>
        AnswerAsync(() => client.Containers.UnpauseContainerAsync(container, token), token);

    /// <inheritdoc/>
    public Task RemoveContainerAsync(string container, bool force, bool anonymousVolumes, CancellationToken token)
    {
        var parameters = new ContainerRemoveParameters { Force = force, RemoveVolumes = anonymousVolumes };
        return AnswerAsync(() => client.Containers.RemoveContainerAsync(container, parameters, token), token);
    }

    /// <inheritdoc/>
    public Task RenameContainerAsync(string container, string newName, CancellationToken token) =>
        AnswerAsync(
            () => client.Containers.RenameContainerAsync(container, new ContainerRenameParameters { NewName = newName }, token), token);

    /// <inheritdoc/>
    public Task CopyToContainerAsync(string container, string directory, Stream tar, CancellationToken token) =>
        CallAsync(
            () => client.Containers.ExtractArchiveToContainerAsync(
                container, new CopyToContainerParameters { Path = directory }, tar, token),
            token);
}
