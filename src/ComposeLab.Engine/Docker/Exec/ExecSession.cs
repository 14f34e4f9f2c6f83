using Docker.DotNet;
using Docker.DotNet.Models;

namespace ComposeLab.Engine.Docker;

/// <summary>A command inside a container, over a hijacked connection.</summary>
/// <param name="client">The client that started it.</param>
/// <param name="endpoint">Where the engine is, for messages.</param>
/// <param name="limits">How long the engine may take to answer.</param>
/// <param name="id">The engine's id of the command.</param>
/// <param name="outputs">Standard output and standard error; disposed with this.</param>
/// <param name="input">Its input; null if it was started without.</param>
internal sealed class ExecSession(DockerClient client, EngineEndpoint endpoint, EngineLimits limits, string id, IExecOutput outputs, IExecInput? input) : IExecSession
{
    private IExecInput Input => input ?? throw new InvalidOperationException("The command was started without input.");

    /// <inheritdoc/>
    public async Task CopyOutputAsync(Stream output, Stream error, CancellationToken token)
    {
        try
        {
            await outputs.CopyAsync(output, error, token).ConfigureAwait(false);
        }
        catch (Exception fault) when (EngineFault.Of(endpoint, fault, token, nameof(CopyOutputAsync)) is { } known)
        {
            throw known;
        }
    }

    /// <inheritdoc/>
    public Task WriteAsync(ReadOnlyMemory<byte> data, CancellationToken token)
    {
        byte[] bytes = data.ToArray();
        return EngineFault.TranslateAsync(endpoint, () => Input.WriteAsync(bytes, token), Timeout.InfiniteTimeSpan, token);
    }

    /// <inheritdoc/>
    public void CloseInput() => Input.CloseInput();

    /// <inheritdoc/>
    public Task ResizeAsync(int width, int height, CancellationToken token)
    {
        var size = new ContainerResizeParameters { Width = width, Height = height };
        return EngineFault.TranslateAsync(endpoint, () => client.Exec.ResizeExecTtyAsync(id, size, token), limits.Read, token);
    }

    /// <inheritdoc/>
    public async Task<int?> ReadExitCodeAsync(CancellationToken token) => (await ReadStateAsync(token).ConfigureAwait(false)).ExitCode;

    /// <inheritdoc/>
    public async Task<ExecState> ReadStateAsync(CancellationToken token)
    {
        ContainerExecInspectResponse answer = await EngineFault.TranslateAsync(
            endpoint, () => client.Exec.InspectContainerExecAsync(id, token), limits.Read, token).ConfigureAwait(false);
        return new ExecState(answer.Running ? null : (int)(answer.ExitCode ?? 0), answer.Pid > 0);
    }

    /// <inheritdoc/>
    public void Dispose() => outputs.Dispose();
}

/// <summary>The output of a command inside a container.</summary>
internal interface IExecOutput : IDisposable
{
    /// <summary>Copies the output of the command until it exits.</summary>
    /// <param name="output">Receives standard output; with a terminal, all output.</param>
    /// <param name="error">Receives standard error.</param>
    /// <param name="token">Stops copying.</param>
    /// <returns>Completes when the command has closed its output.</returns>
    Task CopyAsync(Stream output, Stream error, CancellationToken token);
}

/// <summary>The standard input of a command inside a container.</summary>
internal interface IExecInput
{
    /// <summary>Sends input to the command.</summary>
    /// <param name="data">The bytes.</param>
    /// <param name="token">Cancels the call.</param>
    /// <returns>Completes when the bytes are sent.</returns>
    Task WriteAsync(byte[] data, CancellationToken token);

    /// <summary>Closes the standard input of the command.</summary>
    void CloseInput();
}

/// <summary>The connection of the client library, for every kind of command and endpoint.</summary>
/// <param name="stream">The library's stream; disposed with this.</param>
internal sealed class ClientLibraryConnection(MultiplexedStream stream) : IExecOutput, IExecInput
{
    private const int BlockSize = 64 * 1024;

    /// <inheritdoc/>
    public async Task CopyAsync(Stream output, Stream error, CancellationToken token)
    {
        // With room for whole blocks of the engine (32 KiB): each read of a part of one costs as much.
        byte[] block = new byte[BlockSize];
        MultiplexedStream.ReadResult read;

        // Some transports ignore the token.
        while (!(read = await stream.ReadOutputAsync(block, 0, block.Length, token).WaitAsync(token).ConfigureAwait(false)).EOF)
        {
            Stream target = read.Target == MultiplexedStream.TargetStream.StandardError ? error : output;
            await target.WriteAsync(block.AsMemory(0, read.Count), token).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public Task WriteAsync(byte[] data, CancellationToken token) => stream.WriteAsync(data, 0, data.Length, token);

    /// <inheritdoc/>
    public void CloseInput() => stream.CloseWrite();

    /// <inheritdoc/>
    public void Dispose() => stream.Dispose();
}

/// <summary>A running command inside a container. Disposing it detaches from it without stopping it.</summary>
public interface IExecSession : IDisposable
{
    /// <summary>Copies the output of the command until it exits.</summary>
    /// <param name="output">Receives standard output; with a terminal, all output.</param>
    /// <param name="error">Receives standard error.</param>
    /// <param name="token">Stops copying; the command continues.</param>
    /// <returns>Completes when the command has closed its output.</returns>
    Task CopyOutputAsync(Stream output, Stream error, CancellationToken token);

    /// <summary>Sends input to the command.</summary>
    /// <param name="data">The bytes.</param>
    /// <param name="token">Cancels the call.</param>
    /// <returns>Completes when the bytes are sent.</returns>
    Task WriteAsync(ReadOnlyMemory<byte> data, CancellationToken token);

    /// <summary>Closes the standard input of the command.</summary>
    void CloseInput();

    /// <summary>Sets the size of the command's terminal.</summary>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="token">Cancels the call.</param>
    /// <returns>Completes when the size is set.</returns>
    Task ResizeAsync(int width, int height, CancellationToken token);

    /// <summary>Reads the exit code of the command.</summary>
    /// <param name="token">Cancels the call.</param>
    /// <returns>The exit code, or null while it runs.</returns>
    Task<int?> ReadExitCodeAsync(CancellationToken token);

    /// <summary>Reads the state of the command.</summary>
    /// <param name="token">Cancels the call.</param>
    /// <returns>Its state.</returns>
    Task<ExecState> ReadStateAsync(CancellationToken token);
}

/// <summary>The state of a command inside a container.</summary>
/// <param name="ExitCode">The exit code; null while it runs.</param>
/// <param name="HasStarted">Whether a process was ever started; false if the runtime rejected it, with the reason in the command's output.</param>
public sealed record ExecState(int? ExitCode, bool HasStarted);

/// <summary>A command inside a container.</summary>
public sealed record ExecSpec
{
    /// <summary>Program and arguments; they are passed on without a shell.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    /// <summary>The user; null for that of the container.</summary>
    public string? User { get; init; }

    /// <summary>The directory; null for that of the container.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>Variables in addition to those of the container, as <c>KEY=value</c>.</summary>
    public IReadOnlyList<string> Environment { get; init; } = [];

    /// <summary>Whether the command has standard input.</summary>
    public bool Input { get; init; }

    /// <summary>Whether the command has a terminal; its output is then one stream.</summary>
    public bool Tty { get; init; }

    /// <summary>Whether the command has nearly all privileges of the host.</summary>
    public bool Privileged { get; init; }
}
