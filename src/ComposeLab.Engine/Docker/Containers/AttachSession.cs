using Docker.DotNet;
using Docker.DotNet.Models;

namespace ComposeLab.Engine.Docker;

/// <summary>The first process of a container, over a hijacked connection.</summary>
/// <param name="client">The client that connected.</param>
/// <param name="endpoint">Where the engine is, for messages.</param>
/// <param name="limits">How long the engine may take to answer.</param>
/// <param name="container">The container.</param>
/// <param name="stream">The connection; disposed with this.</param>
internal sealed class AttachSession(DockerClient client, EngineEndpoint endpoint, EngineLimits limits, string container, MultiplexedStream stream) : IExecSession
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan SettleTime = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    public Task CopyOutputAsync(Stream output, Stream error, CancellationToken token) =>
        EngineFault.TranslateAsync(endpoint, () => stream.CopyOutputToAsync(Stream.Null, output, error, token), Timeout.InfiniteTimeSpan, token);

    /// <inheritdoc/>
    public Task WriteAsync(ReadOnlyMemory<byte> data, CancellationToken token)
    {
        byte[] bytes = data.ToArray();
        return EngineFault.TranslateAsync(endpoint, () => stream.WriteAsync(bytes, 0, bytes.Length, token), Timeout.InfiniteTimeSpan, token);
    }

    /// <inheritdoc/>
    public void CloseInput() => stream.CloseWrite();

    /// <inheritdoc/>
    public async Task ResizeAsync(int width, int height, CancellationToken token)
    {
        var size = new ContainerResizeParameters { Width = width, Height = height };
        try
        {
            await EngineFault.TranslateAsync(endpoint, () => client.Containers.ResizeContainerTtyAsync(container, size, token), limits.Read, token).ConfigureAwait(false);
        }
        catch (EngineException fault) when (fault.IsConflict || fault.IsNotFound)
        {
            // It has exited in the meantime, which the end of its output reports.
        }
    }

    /// <inheritdoc/>
    public async Task<int?> ReadExitCodeAsync(CancellationToken token)
    {
        // The output closes a moment before the engine has recorded the exit code.
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(token);
        limit.CancelAfter(SettleTime);
        try
        {
            while (true)
            {
                if ((await ReadStateAsync(limit.Token).ConfigureAwait(false)).ExitCode is { } code)
                {
                    return code;
                }

                await Task.Delay(Pause, limit.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (!token.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public async Task<ExecState> ReadStateAsync(CancellationToken token)
    {
        ContainerInspectResponse answer = await EngineFault.TranslateAsync(
            endpoint, () => client.Containers.InspectContainerAsync(container, token), limits.Read, token).ConfigureAwait(false);
        ContainerDetails details = ContainerResponseMapping.Details(answer);
        return new ExecState(details.State is ContainerState.Exited or ContainerState.Dead ? details.ExitCode : null, details.State != ContainerState.Created);
    }

    /// <inheritdoc/>
    public void Dispose() => stream.Dispose();
}
