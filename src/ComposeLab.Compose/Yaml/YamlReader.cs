using ComposeLab.Compose.Diagnostics;
using YamlDotNet.Core;

namespace ComposeLab.Compose.Yaml;

/// <summary>Reads YAML text into nodes with origins. Everything that is wrong with the text is a <see cref="ComposeException"/> with its place.</summary>
internal static class YamlReader
{
    /// <summary>Reads all documents of a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="file">The file's path as given, for origins and errors.</param>
    /// <param name="token">Ends the work early.</param>
    /// <returns>The documents in order; none when the text holds none.</returns>
    public static IReadOnlyList<YamlDocument> Read(string text, string file, CancellationToken token)
    {
        YamlText.RefuseControlCharacters(text, file);
        try
        {
            return new YamlBuilder(new Parser(new StringReader(text)), text, file, token).ReadDocuments();
        }
        catch (YamlException fault)
        {
            throw Invalid(text, file, fault.Start, fault.End, fault.Message, fault);
        }
        catch (Exception fault) when (fault is InvalidOperationException or ArgumentException or FormatException or IndexOutOfRangeException)
        {
            // The parser leaves a few faults of flow collections unmarked.
            throw Invalid(text, file, Mark.Empty, Mark.Empty, "the brackets or quotes do not match", fault);
        }
    }

    private static ComposeException Invalid(string text, string file, Mark start, Mark end, string what, Exception fault)
    {
        bool known = start.Line > 0 && !start.Equals(Mark.Empty);
        ReadOnlySpan<char> written = text.AsSpan().TrimEnd();
        int lines = written.Count('\n') + 1;
        if (!known && TabIn(text) is { } tab && what.Contains("found invalid tab", StringComparison.Ordinal))
        {
            (start, end, known) = (tab, new Mark(0, tab.Line, tab.Column + 1), true);
        }

        if (known && start.Line > lines)
        {
            // The file ends too early: its last line can be shown, the one behind it cannot.
            start = end = new Mark(0, lines, written.Length - written.LastIndexOf('\n') - 1);
        }

        (string found, string advice) = what switch
        {
            _ when what.Contains("found invalid tab", StringComparison.Ordinal) =>
                ("a tab in the indentation", "Indent with spaces, two for each level."),
            _ when what.Contains("found invalid mapping", StringComparison.Ordinal) =>
                ("a key inside the value before it", "Align the line with its neighbours; a value with a colon needs quotes."),
            _ when what.Contains("did not find expected key", StringComparison.Ordinal) && BeginsLine(text, start) =>
                ("a line whose indentation fits none of the lines above it", "Begin it in the same column as the keys it stands beside."),
            _ => ($"a fault: {what.TrimEnd('.')}", "Mend the line; a YAML-aware editor shows the fault as you type."),
        };

        return new ComposeException(ComposeErrorId.ComposeFileInvalid, $"Expected valid YAML, found {found}.", advice, fault)
        {
            File = file,
            Line = known ? (int)start.Line : 0,
            Column = known ? (int)start.Column : 0,
            EndColumn = known && end.Line == start.Line ? (int)end.Column : 0,
        };
    }

    private static bool BeginsLine(string text, Mark at)
    {
        string line = text.Split('\n').ElementAtOrDefault((int)at.Line - 1) ?? "";
        return line.Length - line.TrimStart().Length == at.Column - 1;
    }

    // The parser names no place for a tab; it can only be one of those that a line begins with.
    private static Mark? TabIn(string text)
    {
        int line = 0;
        foreach (ReadOnlySpan<char> content in text.AsSpan().EnumerateLines())
        {
            line++;
            int tab = content[..(content.Length - content.TrimStart().Length)].IndexOf('\t');
            if (tab >= 0 && content.TrimStart() is [not '#', ..])
            {
                return new Mark(0, line, tab + 1);
            }
        }

        return null;
    }
}
