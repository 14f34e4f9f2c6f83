using System.Management.Automation;

namespace ComposeLab.Shell.Hosting;

/// <summary>Reads one line with editing, history and completion; from redirected input it reads plain lines.</summary>
/// <param name="session">Completes words at the Tab key.</param>
internal sealed class LineEditor(ShellSession session)
{
    private readonly List<string> _history = [];
    private string _prompt = "";
    private string _text = "";
    private int _cursor;
    private int _recalled;

    /// <summary>Reads a line.</summary>
    /// <param name="prompt">Shown before it.</param>
    /// <returns>The line; empty after Ctrl-C; null at the end of the input.</returns>
    public string? Read(string prompt)
    {
        var terminal = session.Host.Terminal;
        if (!terminal.Interactive || !terminal.Colours)
        {
            terminal.Write(prompt);
            return Console.ReadLine();
        }

        (_prompt, _text, _cursor, _recalled) = (prompt, "", 0, _history.Count);
        Draw();
        Console.TreatControlCAsInput = true;
        try
        {
            while (true)
            {
                var key = Console.ReadKey(intercept: true);
                if (Finish(key) is { Done: true } result)
                {
                    terminal.Write("\n");
                    return result.Line;
                }

                Draw();
            }
        }
        finally
        {
            Console.TreatControlCAsInput = false;
        }
    }

    private (bool Done, string? Line) Finish(ConsoleKeyInfo key)
    {
        var control = key.Modifiers.HasFlag(ConsoleModifiers.Control);
        switch (key.Key)
        {
            case ConsoleKey.Enter:
                Remember();
                return (true, _text);
            case ConsoleKey.C when control:
                return (true, "");
            case ConsoleKey.D when control && _text.Length == 0:
                return (true, null);
            default:
                Edit(key, control);
                return (false, null);
        }
    }

    private void Edit(ConsoleKeyInfo key, bool control)
    {
        switch (key.Key)
        {
            case ConsoleKey.LeftArrow: _cursor = Math.Max(0, _cursor - 1); break;
            case ConsoleKey.RightArrow: _cursor = Math.Min(_text.Length, _cursor + 1); break;
            case ConsoleKey.Home: _cursor = 0; break;
            case ConsoleKey.End: _cursor = _text.Length; break;
            case ConsoleKey.UpArrow: Recall(-1); break;
            case ConsoleKey.DownArrow: Recall(1); break;
            case ConsoleKey.Backspace: Remove(Math.Max(0, _cursor - 1), _cursor); break;
            case ConsoleKey.Delete: Remove(_cursor, Math.Min(_text.Length, _cursor + 1)); break;
            case ConsoleKey.Tab: Complete(); break;
            case ConsoleKey.A when control: _cursor = 0; break;
            case ConsoleKey.E when control: _cursor = _text.Length; break;
            case ConsoleKey.K when control: Remove(_cursor, _text.Length); break;
            case ConsoleKey.U when control: Remove(0, _cursor); break;
            case ConsoleKey.W when control: Remove(WordStart(), _cursor); break;
            case ConsoleKey.L when control: session.Host.Terminal.Write("\e[H\e[2J"); break;
            default:
                if (!char.IsControl(key.KeyChar))
                {
                    Insert(key.KeyChar.ToString());
                }

                break;
        }
    }

    private int WordStart()
    {
        var start = _cursor;
        while (start > 0 && char.IsWhiteSpace(_text[start - 1]))
        {
            start--;
        }

        while (start > 0 && !char.IsWhiteSpace(_text[start - 1]))
        {
            start--;
        }

        return start;
    }

    private void Insert(string text)
    {
        _text = _text.Insert(_cursor, text);
        _cursor += text.Length;
    }

    private void Remove(int from, int to)
    {
        _text = _text.Remove(from, to - from);
        _cursor = from;
    }

    private void Remember()
    {
        if (_text.Trim().Length > 0 && _history.LastOrDefault() != _text)
        {
            _history.Add(_text);
        }
    }

    private void Recall(int step)
    {
        _recalled = Math.Clamp(_recalled + step, 0, _history.Count);
        _text = _recalled < _history.Count ? _history[_recalled] : "";
        _cursor = _text.Length;
    }

    private void Complete()
    {
        using var shell = PowerShell.Create(session.Runspace);
        var found = CommandCompletion.CompleteInput(_text, _cursor, null, shell);
        if (found.CompletionMatches.Count == 0)
        {
            return;
        }

        var matches = found.CompletionMatches.Select(match => match.CompletionText).ToList();
        var common = matches.Aggregate(CommonStart);
        var typed = _text.Substring(found.ReplacementIndex, found.ReplacementLength);
        if (matches.Count > 1 && common.Length <= typed.Length)
        {
            session.Host.Terminal.Write("\n" + string.Join("  ", found.CompletionMatches.Select(match => match.ListItemText)) + "\n");
            return;
        }

        _text = _text.Remove(found.ReplacementIndex, found.ReplacementLength).Insert(found.ReplacementIndex, common);
        _cursor = found.ReplacementIndex + common.Length;
    }

    private static string CommonStart(string left, string right)
    {
        var length = 0;
        while (length < left.Length && length < right.Length && char.ToUpperInvariant(left[length]) == char.ToUpperInvariant(right[length]))
        {
            length++;
        }

        return left[..length];
    }

    private void Draw()
    {
        // A line longer than the window shows the part around the cursor; wrapping would need the terminal's own position.
        var room = Math.Max(10, session.Host.Terminal.Width - _prompt.Length - 1);
        var first = Math.Max(0, _cursor - room + 1);
        var shown = _text.Substring(first, Math.Min(room, _text.Length - first));
        var back = shown.Length - (_cursor - first);
        session.Host.Terminal.Write($"\r\e[K{_prompt}{shown}{(back > 0 ? $"\e[{back}D" : "")}");
    }
}
