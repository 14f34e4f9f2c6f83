using ComposeLab.Engine.Docker;

namespace ComposeLab.Terminals;

/// <summary>Connects the user's terminal with the terminal of a command inside a container, until the command exits or detaches.</summary>
/// <param name="session">The command.</param>
/// <param name="open">Opens the terminal; null for that of this process.</param>
internal sealed class TerminalSession(IExecSession session, Func<RawTerminal>? open = null)
{
    // The delay that a user notices when a key is pressed or a window is resized; also how soon an exit is detected.
    private const int LookMilliseconds = 50;

    private readonly DetachKeys _detach = new();

    /// <summary>Runs until the command closes its terminal.</summary>
    /// <param name="token">Cancels it; the command continues.</param>
    /// <returns>The exit code; null if the command was left running.</returns>
    public async Task<int?> RunAsync(CancellationToken token)
    {
        using RawTerminal terminal = (open ?? RawTerminal.Open)();
        await using Stream screen = terminal.OpenScreen();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(token);
        Task showing = session.CopyOutputAsync(screen, screen, token);
        Task typing = Task.Run(() => TypeAsync(terminal, ending.Token), CancellationToken.None);
        Task first = await Task.WhenAny(showing, typing).ConfigureAwait(false);
        await ending.CancelAsync().ConfigureAwait(false);
        await typing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await first.ConfigureAwait(false);
        token.ThrowIfCancellationRequested();
        if (_detach.Typed)
        {
            await screen.WriteAsync("\r\n"u8.ToArray(), token).ConfigureAwait(false);
            return null;
        }

        return await session.ReadExitCodeAsync(token).ConfigureAwait(false);
    }

    private async Task TypeAsync(RawTerminal terminal, CancellationToken token)
    {
        var keys = new byte[1024];
        (int Width, int Height) shown = default;
        while (!token.IsCancellationRequested && !_detach.Typed)
        {
            (int Width, int Height) size = terminal.Size;
            if (size != shown && size is { Width: > 0, Height: > 0 })
            {
                shown = size;
                await session.ResizeAsync(size.Width, size.Height, token).ConfigureAwait(false);
            }

            int count = terminal.Read(LookMilliseconds, keys);
            if (count < 0)
            {
                return;
            }

            if (_detach.Pass(keys.AsSpan(0, count)) is { Length: > 0 } typed)
            {
                await session.WriteAsync(typed, token).ConfigureAwait(false);
            }
        }
    }
}
