using System.Text;
using ComposeLab.Engine.Docker;

namespace ComposeLab.Engine.Execution;

/// <summary>Runs a command inside a container to its end.</summary>
internal static class ExecRunner
{
    /// <summary>Runs a command.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="container">Id or name of a running container.</param>
    /// <param name="spec">The command.</param>
    /// <param name="token">Stops waiting for it.</param>
    /// <returns>How it ended and what it printed.</returns>
    public static async Task<ExecResult> RunAsync(IEngine engine, string container, ExecSpec spec, CancellationToken token)
    {
        using IExecSession session = await engine.StartExecAsync(container, spec, token).ConfigureAwait(false);
        using var output = new MemoryStream();
        using var error = new MemoryStream();
        await session.CopyOutputAsync(output, error, token).ConfigureAwait(false);
        int? exitCode;

        // The output closes a moment before the engine has noted the exit code.
        while ((exitCode = await session.ReadExitCodeAsync(token).ConfigureAwait(false)) is null)
        {
            await Task.Delay(10, token).ConfigureAwait(false);
        }

        return new ExecResult(exitCode.Value, Encoding.UTF8.GetString(output.ToArray()), Encoding.UTF8.GetString(error.ToArray()));
    }
}
