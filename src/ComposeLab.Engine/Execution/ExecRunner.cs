using System.Text;
using ComposeLab.Compose.Secrets;
using ComposeLab.Engine.Docker;

namespace ComposeLab.Engine.Execution;

/// <summary>Runs a command inside a container to its end.</summary>
public static class ExecRunner
{
    private const int RefusedByRuntime = 126;
    private const int NotFoundByRuntime = 127;

    // A user who pressed Ctrl-C waits for it.
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(1);

    /// <summary>Runs a command without input, and collects its output.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="container">Id or name of a running container.</param>
    /// <param name="spec">The command.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>Its exit code and output.</returns>
    /// <exception cref="EngineException">ProgramNotFound, UserNotFound or another cause: the command could not be started.</exception>
    public static Task<ExecResult> RunAsync(IEngine engine, string container, ExecSpec spec, CancellationToken token) =>
        RunAsync(engine, container, spec, ReadOnlyMemory<byte>.Empty, token);

    /// <summary>Runs a command with input, and returns its output as text.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="container">The container's id or name.</param>
    /// <param name="spec">The command.</param>
    /// <param name="input">The standard input of the command.</param>
    /// <param name="token">Cancels the wait.</param>
    /// <returns>The exit code, and output and errors decoded as UTF-8.</returns>
    public static async Task<ExecResult> RunAsync(IEngine engine, string container, ExecSpec spec, ReadOnlyMemory<byte> input, CancellationToken token)
    {
        using var output = new MemoryStream();
        using var error = new MemoryStream();
        int exitCode = await RunAsync(engine, container, spec, input, output, error, token).ConfigureAwait(false);
        return new ExecResult(exitCode, Encoding.UTF8.GetString(output.ToArray()), Encoding.UTF8.GetString(error.ToArray()));
    }

    /// <summary>Runs a command and passes on its output, byte for byte and as it arrives.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="container">Id or name of a running container.</param>
    /// <param name="spec">The command.</param>
    /// <param name="input">The standard input, if the command has one.</param>
    /// <param name="output">Receives standard output.</param>
    /// <param name="error">Receives standard error.</param>
    /// <param name="token">Cancels it: the command is then stopped inside the container, if possible.</param>
    /// <returns>Its exit code.</returns>
    /// <exception cref="EngineException">ProgramNotFound, UserNotFound or another cause: the command could not be started.</exception>
    /// <exception cref="ExecCanceledException">The token was canceled; the exception shows whether the command was stopped.</exception>
    public static Task<int> RunAsync(
        IEngine engine, string container, ExecSpec spec, ReadOnlyMemory<byte> input, Stream output, Stream error, CancellationToken token) =>
        RunAsync(engine, container, spec, new MemoryStream(input.ToArray(), writable: false), output, error, token);

    /// <summary>Runs a command and passes on its input and output, byte for byte and as they arrive.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="container">Id or name of a running container.</param>
    /// <param name="spec">The command; it has standard input.</param>
    /// <param name="input">The standard input, read to its end.</param>
    /// <param name="output">Receives standard output.</param>
    /// <param name="error">Receives standard error.</param>
    /// <param name="token">Cancels it: the command is then stopped inside the container, if possible.</param>
    /// <returns>Its exit code.</returns>
    /// <exception cref="EngineException">ProgramNotFound, UserNotFound or another cause: the command could not be started.</exception>
    /// <exception cref="ExecCanceledException">The token was canceled; the exception shows whether the command was stopped.</exception>
    public static async Task<int> RunAsync(IEngine engine, string container, ExecSpec spec, Stream input, Stream output, Stream error, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(engine);
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(error);
        using IExecSession session = await engine.StartExecAsync(container, spec, token).ConfigureAwait(false);
        var beginning = new HeadStream(session, output);
        try
        {
            // Both directions in parallel: a command that writes while it still reads would fill the pipe and wait forever.
            Task reading = session.CopyOutputAsync(beginning, error, token);
            if (spec.Input)
            {
                await CommandInput.SendAsync(session, input, reading, token).ConfigureAwait(false);
            }

            await reading.ConfigureAwait(false);
            ExecState state;
            while ((state = await session.ReadStateAsync(token).ConfigureAwait(false)).ExitCode is null)
            {
                // The output closes a moment before the engine has recorded the exit code.
                await Task.Delay(10, token).ConfigureAwait(false);
            }

            return WasRefused(state) ? throw NotStarted(beginning.Reason) : state.ExitCode.Value;
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            using var limit = new CancellationTokenSource(EndLimit);
            throw new ExecCanceledException(await ExecEnding.TryAsync(engine, container, spec, session, limit.Token).ConfigureAwait(false), token);
        }
    }

    private static EngineException NotStarted(string said)
    {
        string reason = SecretMask.Standard.MaskText(said.Trim());
        EngineRefusal? cause = EngineRefusal.Of(0, reason);
        return new EngineException(
            cause?.Id ?? EngineErrorId.EngineRefused,
            $"The command could not be started in the container: {reason}",
            cause?.Recommendation ?? "See the Docker engine log.");
    }

    private static bool WasRefused(ExecState state) => !state.HasStarted && state.ExitCode is RefusedByRuntime or NotFoundByRuntime;

    /// <summary>Buffers the first bytes until their source is known: if a command cannot be started, the engine writes the reason to its output.</summary>
    /// <param name="session">The command.</param>
    /// <param name="inner">Receives the bytes.</param>
    private sealed class HeadStream(IExecSession session, Stream inner) : Stream
    {
        private readonly MemoryStream _reason = new();
        private bool _isCommand;

        public string Reason => Encoding.UTF8.GetString(_reason.ToArray());

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            _isCommand = _isCommand || !WasRefused(await session.ReadStateAsync(cancellationToken).ConfigureAwait(false));
            if (_isCommand)
            {
                await inner.WriteAsync(buffer, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                _reason.Write(buffer.Span);
            }
        }

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Flush()
        {
        }
    }
}

/// <summary>The result of a command inside a container.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">Its standard output.</param>
/// <param name="Error">Its standard error.</param>
public sealed record ExecResult(int ExitCode, string Output, string Error);

/// <summary>A command inside a container was canceled.</summary>
public sealed class ExecCanceledException : OperationCanceledException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="wasEnded">Whether the command's processes were stopped.</param>
    /// <param name="token">The token that was canceled.</param>
    public ExecCanceledException(bool wasEnded, CancellationToken token)
        : base(token) => WasEnded = wasEnded;

    /// <summary>Whether the command was stopped inside the container; false if it is still running.</summary>
    public bool WasEnded { get; }
}
