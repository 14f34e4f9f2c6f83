using ComposeLab.Engine.Docker;

namespace ComposeLab.Engine.Execution;

/// <summary>Sends input to a command in a container, as long as the command runs.</summary>
internal static class CommandInput
{
    private const int BlockSize = 128 * 1024;

    // Some commands close their output long before they exit.
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(1);

    /// <summary>Sends the whole input and closes it, or stops when the command has exited. A command that exits without reading all of it is not an error.</summary>
    /// <param name="session">The command.</param>
    /// <param name="input">The input, read to its end.</param>
    /// <param name="reading">Completes when the command has closed its output.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>Completes when the input was sent, or nobody reads it any more.</returns>
    public static async Task SendAsync(IExecSession session, Stream input, Task reading, CancellationToken token)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(token);
        Task writing = WriteAsync(session, input, end.Token);
        await Task.WhenAny(writing, reading).ConfigureAwait(false);
        try
        {
            while (!writing.IsCompleted && reading.IsCompletedSuccessfully && (await session.ReadStateAsync(token).ConfigureAwait(false)).ExitCode is null)
            {
                await Task.WhenAny(writing, Task.Delay(LookInterval, token)).ConfigureAwait(false);
            }
        }
        finally
        {
            if (!writing.IsCompleted)
            {
                // An engine can keep the connection open for minutes, and take nothing more. A user who canceled does not wait for a connection that ignores it.
                await end.CancelAsync().ConfigureAwait(false);
                await Task.WhenAny(writing, Task.Delay(EndLimit, token)).ConfigureAwait(false);
            }
        }

        if (end.IsCancellationRequested)
        {
            token.ThrowIfCancellationRequested();
            return;
        }

        try
        {
            await writing.ConfigureAwait(false);
        }
        catch (EngineException)
        {
            // The command may have exited. A lost connection is reported when reading the output.
            await Task.WhenAny(reading, Task.Delay(Timeout.Infinite, token)).ConfigureAwait(false);
        }
    }

    private static async Task WriteAsync(IExecSession session, Stream input, CancellationToken token)
    {
        var block = new byte[BlockSize];
        int count;
        while ((count = await input.ReadAsync(block, token).ConfigureAwait(false)) > 0)
        {
            await session.WriteAsync(block.AsMemory(0, count), token).ConfigureAwait(false);
        }

        session.CloseInput();
    }
}
