using System.Management.Automation.Language;

namespace ComposeLab.Shell.Hosting;

/// <summary>The interactive prompt: read a whole statement, run it, show it, again.</summary>
/// <param name="session">The session to run in.</param>
internal sealed class PromptLoop(ShellSession session)
{
    /// <summary>Runs until <c>exit</c> or the end of the input.</summary>
    /// <returns>The exit code that <c>exit</c> gave; else 0.</returns>
    public int Run()
    {
        if (!session.ImportModule())
        {
            return 1;
        }

        var editor = new LineEditor(session);
        while (ReadStatement(editor) is { } statement)
        {
            if (string.IsNullOrWhiteSpace(statement))
            {
                continue;
            }

            session.ShowText(statement);
            if (session.Host.ExitCode is { } code)
            {
                return code;
            }
        }

        return 0;
    }

    private string? ReadStatement(LineEditor editor)
    {
        var text = editor.Read(Prompt());
        while (text is not null && IsIncomplete(text))
        {
            var more = editor.Read(">> ");
            if (more is null)
            {
                return text;
            }

            // An empty line ends what cannot be completed; otherwise a stray quote would hold the prompt for ever.
            if (more.Length == 0)
            {
                return text;
            }

            text = $"{text}\n{more}";
        }

        return text;
    }

    private string Prompt()
    {
        var text = session.Evaluate("prompt").LastOrDefault()?.ToString();
        return string.IsNullOrEmpty(text) ? "PS> " : text;
    }

    private static bool IsIncomplete(string text)
    {
        Parser.ParseInput(text, out _, out var faults);
        return faults.Any(fault => fault.IncompleteInput);
    }
}
