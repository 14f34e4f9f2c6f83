using System.Management.Automation;
using System.Management.Automation.Internal;

namespace ComposeLab.Shell.Hosting;

/// <summary>
/// The process's console: what it can do, and one place through which every character goes, so that the live progress block
/// never mixes with other output.
/// </summary>
internal sealed class Terminal
{
    private const int WidthWithoutTerminal = 120;

    private readonly Lock _gate = new();
    private readonly ProgressBlock _progress = new();
    private readonly Timer _late;

    /// <summary>Finds out what the console can do.</summary>
    public Terminal() => _late = new Timer(_ => DrawLate());

    /// <summary>Whether output goes to a terminal and colour is wanted (NO_COLOR unset, TERM not dumb).</summary>
    public bool Colours { get; } = !Console.IsOutputRedirected && AnsiWanted;

    /// <summary>Whether a person is at both ends.</summary>
    public bool Interactive { get; } = !Console.IsOutputRedirected && !Console.IsInputRedirected;

    /// <summary>The width of a line, in columns; 120 where output is redirected.</summary>
    public int Width => Console.IsOutputRedirected || Console.WindowWidth < 20 ? WidthWithoutTerminal : Console.WindowWidth;

    private static bool AnsiWanted =>
        string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
        && Environment.GetEnvironmentVariable("TERM") is not (null or "dumb");

    private static bool ColoursOnError => !Console.IsErrorRedirected && AnsiWanted;

    /// <summary>Writes to standard output.</summary>
    /// <param name="text">The text; its colours are dropped where none are wanted.</param>
    public void Write(string text)
    {
        lock (_gate)
        {
            EraseProgress();
            Console.Out.Write(Colours ? Rendered(text) : Plain(text));
        }
    }

    /// <summary>Writes a line to standard error.</summary>
    /// <param name="text">The text; its colours are dropped where none are wanted.</param>
    public void WriteErrorLine(string text)
    {
        lock (_gate)
        {
            EraseProgress();
            Console.Error.WriteLine(ColoursOnError ? Rendered(text) : Plain(text));
        }
    }

    /// <summary>Shows one progress record; silent where output is no terminal.</summary>
    /// <param name="source">The command that reports; ids are its own.</param>
    /// <param name="record">What it reports.</param>
    public void ShowProgress(long source, ProgressRecord record)
    {
        if (!Colours)
        {
            return;
        }

        lock (_gate)
        {
            if (_progress.Update(source, record))
            {
                Console.Out.Write(_progress.Draw(Width));
            }
            else
            {
                // Records come in bursts: what came too soon after a drawing is drawn a moment later, not with the next burst.
                _late.Change(ProgressBlock.Interval, Timeout.InfiniteTimeSpan);
            }
        }
    }

    /// <summary>Removes the live block and forgets what it showed.</summary>
    public void ClearProgress()
    {
        lock (_gate)
        {
            EraseProgress();
            _progress.Forget();
        }
    }

    private void DrawLate()
    {
        lock (_gate)
        {
            if (_progress.IsShown)
            {
                Console.Out.Write(_progress.Draw(Width));
            }
        }
    }

    // The session may ask for plain text at any time.
    private static string Rendered(string text) => PSStyle.Instance.OutputRendering == OutputRendering.PlainText ? Plain(text) : text;

    private static string Plain(string text) => new StringDecorated(text).ToString(OutputRendering.PlainText);

    private void EraseProgress()
    {
        var erase = _progress.Erase();
        if (erase.Length > 0)
        {
            Console.Out.Write(erase);
        }
    }
}
