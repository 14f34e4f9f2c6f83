using System.Text.Json;
using Docker.DotNet;
using Docker.DotNet.Models;

namespace ComposeLab.Engine.Docker;

/// <content>Containers.</content>
internal sealed partial class DockerEngine
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<ContainerSummary>> ListContainersAsync(IReadOnlyList<string> labels, CancellationToken token)
    {
        var parameters = new ContainersListParameters { All = true, Filters = LabelFilter(labels) };
        return await ReadAsync(
            async () => Rows(await client.Containers.ListContainersAsync(parameters, token).ConfigureAwait(false), ContainerResponseMapping.Summary),
            token).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task<ContainerDetails?> InspectContainerAsync(string container, CancellationToken token) => FindAsync(
        async () => ContainerResponseMapping.Details(await client.Containers.InspectContainerAsync(container, token).ConfigureAwait(false)), token);

    /// <inheritdoc/>
    public Task<ContainerRunState?> ReadRunStateAsync(string container, CancellationToken token) => FindAsync(
        async () =>
        {
            // The client library creates an object for each of some two hundred settings.
            using HttpResponseMessage answer = await transport.GetAsync($"containers/{Uri.EscapeDataString(container)}/json", token).ConfigureAwait(false);
            if (!answer.IsSuccessStatusCode)
            {
                throw EngineFault.Refused((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(token).ConfigureAwait(false), nameof(InspectContainerAsync), null);
            }

            await using Stream body = await answer.Content.ReadAsStreamAsync(token).ConfigureAwait(false);
            using JsonDocument document = await JsonDocument.ParseAsync(body, default, token).ConfigureAwait(false);
            return ContainerResponseMapping.RunState(document.RootElement);
        },
        token);

    /// <inheritdoc/>
    public async Task<ContainerCreated> CreateContainerAsync(ContainerSpec spec, CancellationToken token)
    {
        CreateContainerParameters parameters = ContainerRequestMapping.Parameters(spec, info);
        return await ChangeAsync(
            async () =>
            {
                CreateContainerResponse made = await client.Containers.CreateContainerAsync(parameters, token).ConfigureAwait(false);
                return new ContainerCreated(ContainerResponseMapping.Required(made?.ID, "ID"), [.. made!.Warnings ?? []]);
            },
            token).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task StartContainerAsync(string container, CancellationToken token) =>
        ChangeAsync(() => client.Containers.StartContainerAsync(container, new ContainerStartParameters(), token), token);

    /// <inheritdoc/>
    public Task StopContainerAsync(string container, TimeSpan? timeout, CancellationToken token)
    {
        var parameters = new ContainerStopParameters
        {
            WaitBeforeKillSeconds = timeout is { } limit ? (uint)Math.Ceiling(Math.Max(0, limit.TotalSeconds)) : null,
        };
        // The engine kills the container after the grace period, and then needs the usual time for a change.
        return LongAsync(
            () => client.Containers.StopContainerAsync(container, parameters, token),
            timeout is { } grace && grace < limits.Longest ? grace + limits.Change : limits.Longest,
            token);
    }

    /// <inheritdoc/>
    public Task KillContainerAsync(string container, string signal, CancellationToken token) =>
        ChangeAsync(() => client.Containers.KillContainerAsync(container, new ContainerKillParameters { Signal = signal }, token), token);

    /// <inheritdoc/>
    public Task PauseContainerAsync(string container, CancellationToken token) =>
        ChangeAsync(() => client.Containers.PauseContainerAsync(container, token), token);

    /// <inheritdoc/>
    public Task UnpauseContainerAsync(string container, CancellationToken token) =>
        ChangeAsync(() => client.Containers.UnpauseContainerAsync(container, token), token);

    /// <inheritdoc/>
    public Task RemoveContainerAsync(string container, bool force, bool anonymousVolumes, CancellationToken token)
    {
        var parameters = new ContainerRemoveParameters { Force = force, RemoveVolumes = anonymousVolumes };
        return ChangeAsync(() => client.Containers.RemoveContainerAsync(container, parameters, token), token);
    }

    /// <inheritdoc/>
    public Task RenameContainerAsync(string container, string newName, CancellationToken token) =>
        ChangeAsync(
            () => client.Containers.RenameContainerAsync(container, new ContainerRenameParameters { NewName = newName }, token), token);

    /// <inheritdoc/>
    public Task CopyToContainerAsync(string container, string directory, Stream tar, ArchiveOptions options, CancellationToken token)
    {
        // The library's name is the opposite of the query that it sends: noOverwriteDirNonDir.
        var parameters = new CopyToContainerParameters { Path = directory, CopyUIDGID = options.KeepOwners ? true : null, AllowOverwriteDirWithFile = options.ReplaceDirectories ? null : true };
        return LongAsync(() => client.Containers.ExtractArchiveToContainerAsync(container, parameters, tar, token), options.IsLarge ? limits.Longest : limits.Transfer, token);
    }

    /// <inheritdoc/>
    public Task<ContainerArchive?> CopyFromContainerAsync(string container, string path, CancellationToken token) => FindAsync(
        async () =>
        {
            ContainerArchiveResponse answer = await client.Containers.GetArchiveFromContainerAsync(container, new ContainerPathStatParameters { Path = path }, false, token).ConfigureAwait(false);
            return new ContainerArchive(ContainerResponseMapping.PathOf(answer.Stat), new ArchiveStream(answer.Stream ?? Stream.Null));
        },
        token);

    /// <inheritdoc/>
    public Task<ContainerPath?> StatContainerPathAsync(string container, string path, CancellationToken token) => FindAsync(
        async () => ContainerResponseMapping.PathOf(
            (await client.Containers.GetArchiveFromContainerAsync(container, new ContainerPathStatParameters { Path = path }, true, token).ConfigureAwait(false)).Stat),
        token);

    /// <inheritdoc/>
    public Task<Stream> ExportContainerAsync(string container, CancellationToken token) =>
        LongAsync(() => client.Containers.ExportContainerAsync(container, token), limits.Change, token);

    /// <inheritdoc/>
    public Task<ContainerProcesses> ListProcessesAsync(string container, CancellationToken token) => ReadAsync(
        async () =>
        {
            ContainerProcessesResponse answer = await client.Containers.ListProcessesAsync(container, new ContainerListProcessesParameters(), token).ConfigureAwait(false);
            return new ContainerProcesses([.. answer.Titles ?? []], [.. (answer.Processes ?? []).Select(IReadOnlyList<string> (row) => [.. row ?? []])]);
        },
        token);

    /// <inheritdoc/>
    public Task<ContainerUsage?> MeasureContainerAsync(string container, CancellationToken token) => FindAsync(
        async () =>
        {
            ContainerStatsResponse? read = null;
            var progress = new LastValue<ContainerStatsResponse>(value => read = value);
            await client.Containers.GetContainerStatsAsync(container, new ContainerStatsParameters { Stream = false }, progress, token).ConfigureAwait(false);
            return read is null ? null! : UsageMapping.Of(read)!;
        },
        token);

    /// <inheritdoc/>
    public async Task<IExecSession> AttachContainerAsync(string container, bool input, CancellationToken token)
    {
        var parameters = new ContainerAttachParameters { Stream = true, Stdin = input, Stdout = true, Stderr = true };
        MultiplexedStream stream = await ReadAsync(() => client.Containers.AttachContainerAsync(container, parameters, token), token).ConfigureAwait(false);
        return new AttachSession(client, info.Endpoint, limits, container, stream);
    }

    /// <summary>Passes a value on at once, on the thread that reads it.</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <param name="take">Receives it.</param>
    private sealed class LastValue<T>(Action<T> take) : IProgress<T>
    {
        /// <inheritdoc/>
        public void Report(T value) => take(value);
    }
}
