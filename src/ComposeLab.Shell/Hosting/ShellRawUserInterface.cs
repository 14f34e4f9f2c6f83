using System.Management.Automation.Host;

namespace ComposeLab.Shell.Hosting;

/// <summary>The low-level console of the host: sizes and keys. Screen buffers do not exist on a terminal.</summary>
/// <param name="terminal">The console behind it.</param>
internal sealed class ShellRawUserInterface(Terminal terminal) : PSHostRawUserInterface
{
    /// <inheritdoc/>
    public override ConsoleColor BackgroundColor { get; set; } = ConsoleColor.Black;

    /// <inheritdoc/>
    public override ConsoleColor ForegroundColor { get; set; } = ConsoleColor.Gray;

    /// <inheritdoc/>
    public override Size BufferSize
    {
        get => WindowSize;
        set => throw Unsupported();
    }

    /// <inheritdoc/>
    public override Coordinates CursorPosition { get; set; }

    /// <inheritdoc/>
    public override int CursorSize { get; set; } = 25;

    /// <inheritdoc/>
    public override bool KeyAvailable => terminal.Interactive && Console.KeyAvailable;

    /// <inheritdoc/>
    public override Size MaxPhysicalWindowSize => WindowSize;

    /// <inheritdoc/>
    public override Size MaxWindowSize => WindowSize;

    /// <inheritdoc/>
    public override Coordinates WindowPosition { get; set; }

    /// <inheritdoc/>
    public override Size WindowSize
    {
        get => new(terminal.Width, Console.IsOutputRedirected ? 50 : Math.Max(Console.WindowHeight, 10));
        set => throw Unsupported();
    }

    /// <inheritdoc/>
    public override string WindowTitle { get; set; } = "ComposeLab";

    /// <inheritdoc/>
    public override void FlushInputBuffer()
    {
    }

    /// <inheritdoc/>
    public override BufferCell[,] GetBufferContents(Rectangle rectangle) => throw Unsupported();

    /// <inheritdoc/>
    public override KeyInfo ReadKey(ReadKeyOptions options)
    {
        var key = Console.ReadKey((options & ReadKeyOptions.NoEcho) != 0);
        return new KeyInfo((int)key.Key, key.KeyChar, default, keyDown: true);
    }

    /// <inheritdoc/>
    public override void ScrollBufferContents(Rectangle source, Coordinates destination, Rectangle clip, BufferCell fill) =>
        throw Unsupported();

    /// <inheritdoc/>
    public override void SetBufferContents(Coordinates origin, BufferCell[,] contents) => throw Unsupported();

    /// <inheritdoc/>
    public override void SetBufferContents(Rectangle rectangle, BufferCell fill)
    {
        // Clear-Host fills the whole buffer; that much a terminal can do.
        if (terminal.Colours)
        {
            terminal.Write("\e[H\e[2J");
        }
    }

    private static NotSupportedException Unsupported() => new("This shell's terminal has no screen buffer.");
}
