using Docker.DotNet;
using Docker.DotNet.Models;

namespace ComposeLab.Engine.Docker;

/// <summary>A command inside a container, over the connection the engine hijacked for it.</summary>
/// <param name="client">The client that started it.</param>
/// <param name="endpoint">Where the engine is, for messages.</param>
/// <param name="id">The engine's id of the command.</param>
/// <param name="stream">The connection; disposed with this.</param>
internal sealed class ExecSession(DockerClient client, EngineEndpoint endpoint, string id, MultiplexedStream stream) : IExecSession
{
    /// <inheritdoc/>
    public Task CopyOutputAsync(Stream output, Stream error, CancellationToken token) =>
        EngineFault.TranslateAsync(endpoint, () => stream.CopyOutputToAsync(Stream.Null, output, error, token), token);

    /// <inheritdoc/>
    public Task WriteAsync(ReadOnlyMemory<byte> data, CancellationToken token)
    {
        byte[] bytes = data.ToArray();
        return EngineFault.TranslateAsync(endpoint, () => stream.WriteAsync(bytes, 0, bytes.Length, token), token);
    }

    /// <inheritdoc/>
    public void CloseInput() => stream.CloseWrite();

    /// <inheritdoc/>
    public Task ResizeAsync(int width, int height, CancellationToken token)
    {
        var size = new ContainerResizeParameters { Width = width, Height = height };
        return EngineFault.TranslateAsync(endpoint, () => client.Exec.ResizeExecTtyAsync(id, size, token), token);
    }

    /// <inheritdoc/>
    public async Task<int?> ReadExitCodeAsync(CancellationToken token)
    {
        ContainerExecInspectResponse answer = await EngineFault.TranslateAsync(
            endpoint, () => client.Exec.InspectContainerExecAsync(id, token), token).ConfigureAwait(false);
        return answer.Running ? null : (int?)answer.ExitCode;
    }

    /// <inheritdoc/>
    public void Dispose() => stream.Dispose();
}
