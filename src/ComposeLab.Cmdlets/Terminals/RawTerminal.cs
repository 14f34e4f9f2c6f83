using ComposeLab.Errors;

namespace ComposeLab.Terminals;

/// <summary>The user's terminal in raw mode: nothing is echoed, and Ctrl-C is a normal key. Disposing it restores the previous mode.</summary>
internal abstract class RawTerminal : IDisposable
{
    /// <summary>Switches the terminal to raw mode.</summary>
    /// <returns>The terminal.</returns>
    /// <exception cref="LabException">TerminalRequired: there is none.</exception>
    public static RawTerminal Open()
    {
        Require();
        return OperatingSystem.IsWindows() ? new WindowsTerminal() : new UnixTerminal();
    }

    /// <summary>Checks that there is a terminal.</summary>
    /// <exception cref="LabException">TerminalRequired: there is none.</exception>
    public static void Require()
    {
        if (Console.IsInputRedirected || Console.IsOutputRedirected)
        {
            throw new LabException(
                LabErrorId.TerminalRequired,
                "This command needs a terminal as input and output.",
                "Run it at the prompt of a terminal, or use Invoke-LabCommand");
        }
    }

    /// <summary>The size in columns and lines; 0 if it is unknown.</summary>
    public virtual (int Width, int Height) Size => (Console.WindowWidth, Console.WindowHeight);

    /// <summary>Opens the output.</summary>
    /// <returns>The output; the caller disposes it.</returns>
    public virtual Stream OpenScreen() => Console.OpenStandardOutput();

    /// <summary>Waits for keys, up to a time limit.</summary>
    /// <param name="limit">The time limit, in milliseconds.</param>
    /// <param name="buffer">Receives the typed bytes.</param>
    /// <returns>The number of bytes; 0 if nothing was typed in time, -1 if the terminal was closed.</returns>
    public abstract int Read(int limit, byte[] buffer);

    /// <summary>Restores the terminal.</summary>
    public abstract void Dispose();
}
