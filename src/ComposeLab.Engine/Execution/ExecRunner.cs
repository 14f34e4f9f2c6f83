using System.Text;
using ComposeLab.Engine.Docker;

namespace ComposeLab.Engine.Execution;

/// <summary>Runs a command inside a container to its end.</summary>
public static class ExecRunner
{
    /// <summary>Runs a command that gets no input.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="container">Id or name of a running container.</param>
    /// <param name="spec">The command.</param>
    /// <param name="token">Stops waiting for it.</param>
    /// <returns>How it ended and what it printed.</returns>
    public static Task<ExecResult> RunAsync(IEngine engine, string container, ExecSpec spec, CancellationToken token) =>
        RunAsync(engine, container, spec, ReadOnlyMemory<byte>.Empty, token);

    /// <summary>Runs a command.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="container">Id or name of a running container.</param>
    /// <param name="spec">The command.</param>
    /// <param name="input">What it reads from standard input, where the command takes input.</param>
    /// <param name="token">Stops waiting for it.</param>
    /// <returns>How it ended and what it printed.</returns>
    public static async Task<ExecResult> RunAsync(
        IEngine engine, string container, ExecSpec spec, ReadOnlyMemory<byte> input, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(engine);
        ArgumentNullException.ThrowIfNull(spec);
        using IExecSession session = await engine.StartExecAsync(container, spec, token).ConfigureAwait(false);
        using var output = new MemoryStream();
        using var error = new MemoryStream();

        // Both ways at once: a command that answers while it still reads would fill the pipe and wait for ever.
        Task reading = session.CopyOutputAsync(output, error, token);
        if (spec.Input)
        {
            await WriteAsync(session, input, reading, token).ConfigureAwait(false);
        }

        await reading.ConfigureAwait(false);
        int? exitCode;
        while ((exitCode = await session.ReadExitCodeAsync(token).ConfigureAwait(false)) is null)
        {
            // The output closes a moment before the engine has noted the exit code.
            await Task.Delay(10, token).ConfigureAwait(false);
        }

        return new ExecResult(exitCode.Value, Encoding.UTF8.GetString(output.ToArray()), Encoding.UTF8.GetString(error.ToArray()));
    }

    private static async Task WriteAsync(IExecSession session, ReadOnlyMemory<byte> input, Task reading, CancellationToken token)
    {
        try
        {
            await session.WriteAsync(input, token).ConfigureAwait(false);
            session.CloseInput();
        }
        catch (EngineException) when (reading.IsCompleted)
        {
            // The command ended without reading all of it, which is its right.
        }
    }
}

/// <summary>How a command inside a container ended.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">What it printed on standard output.</param>
/// <param name="Error">What it printed on standard error.</param>
public sealed record ExecResult(int ExitCode, string Output, string Error);
