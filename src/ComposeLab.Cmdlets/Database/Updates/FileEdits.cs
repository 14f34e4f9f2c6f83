using System.Text;
using ComposeLab.Errors;
using ComposeLab.Files;

namespace ComposeLab.Database.Updates;

/// <summary>A part of a line that is replaced.</summary>
/// <param name="File">The file (absolute).</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The column of the first character, from 1.</param>
/// <param name="Length">The number of characters that are replaced; 0 to insert.</param>
/// <param name="Text">The new text; it may contain line breaks.</param>
internal sealed record SpanEdit(string File, int Line, int Column, int Length, string Text);

/// <summary>A line that was replaced, so that the change can be shown and undone.</summary>
/// <param name="File">The file; absolute, or relative to the project folder in a record.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Old">The old line.</param>
/// <param name="New">The new line, or several.</param>
internal sealed record LineChange(string File, int Line, string Old, string New);

/// <summary>Changes lines of files. Everything else in the files is kept byte for byte.</summary>
internal static class FileEdits
{
    /// <summary>Applies the edits of one file to its text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="edits">The edits; they must not overlap.</param>
    /// <returns>The new text, and the changed lines from top to bottom.</returns>
    public static (string Text, IReadOnlyList<LineChange> Changes) Apply(string text, IEnumerable<SpanEdit> edits)
    {
        string[] lines = text.Split('\n');
        string ending = lines[0].EndsWith('\r') ? "\r\n" : "\n";
        var changes = new List<LineChange>();
        foreach (IGrouping<int, SpanEdit> line in edits.GroupBy(edit => edit.Line).OrderBy(group => group.Key))
        {
            string old = lines[line.Key - 1].TrimEnd('\r');
            var changed = new StringBuilder(old);
            foreach (SpanEdit edit in line.OrderByDescending(edit => edit.Column))
            {
                changed.Remove(edit.Column - 1, edit.Length).Insert(edit.Column - 1, edit.Text);
            }

            changes.Add(new LineChange(line.First().File, line.Key, old, changed.ToString()));
            lines[line.Key - 1] = changed.ToString().Replace("\n", ending, StringComparison.Ordinal) + lines[line.Key - 1][old.Length..];
        }

        return (string.Join('\n', lines), changes);
    }

    /// <summary>Undoes changes in the text of one file.</summary>
    /// <param name="text">The text.</param>
    /// <param name="changes">The changes, as they were made.</param>
    /// <returns>The old text; null if a changed line is not in the text anymore, or more than once.</returns>
    public static string? Undo(string text, IEnumerable<LineChange> changes)
    {
        List<string> lines = [.. text.Split('\n')];
        foreach (LineChange change in changes)
        {
            string[] wanted = change.New.Split('\n');
            int[] places = [.. Enumerable.Range(0, Math.Max(0, lines.Count - wanted.Length + 1))
                .Where(start => wanted.Select((line, index) => lines[start + index].TrimEnd('\r') == line).All(isSame => isSame))];
            int place = places.Contains(change.Line - 1) ? change.Line - 1 : places is [var only] ? only : -1;
            if (place < 0)
            {
                return null;
            }

            string end = lines[place].EndsWith('\r') ? "\r" : "";
            lines.RemoveRange(place, wanted.Length);
            lines.Insert(place, change.Old + end);
        }

        return string.Join('\n', lines);
    }

    /// <summary>Writes texts to their files; if one cannot be written, the others get their old text.</summary>
    /// <param name="texts">The texts by file.</param>
    /// <param name="token">Cancels it before anything is written.</param>
    /// <returns>The old content of the files.</returns>
    /// <exception cref="LabException">FileUnwritable.</exception>
    public static async Task<IReadOnlyDictionary<string, byte[]>> WriteAsync(IReadOnlyDictionary<string, string> texts, CancellationToken token)
    {
        var old = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        try
        {
            foreach ((string file, string text) in texts)
            {
                token.ThrowIfCancellationRequested();
                byte[] before = await ReadAsync(file, token).ConfigureAwait(false);
                bool hasMark = before.AsSpan().StartsWith(Encoding.UTF8.Preamble);
                await ReplaceAsync(file, [.. hasMark ? Encoding.UTF8.GetPreamble() : [], .. Encoding.UTF8.GetBytes(text)]).ConfigureAwait(false);
                old[file] = before;
            }

            return old;
        }
        catch
        {
            await RestoreAsync(old).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Writes the old content of files.</summary>
    /// <param name="contents">The content by file.</param>
    /// <returns>Completes when everything is written.</returns>
    /// <exception cref="LabException">FileUnwritable.</exception>
    public static async Task RestoreAsync(IReadOnlyDictionary<string, byte[]> contents)
    {
        foreach ((string file, byte[] content) in contents)
        {
            await ReplaceAsync(file, content).ConfigureAwait(false);
        }
    }

    private static async Task<byte[]> ReadAsync(string file, CancellationToken token)
    {
        try
        {
            return await File.ReadAllBytesAsync(file, token).ConfigureAwait(false);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw PrivateFile.Unwritable(file, refused);
        }
    }

    // A link is kept: its target is replaced.
    private static async Task ReplaceAsync(string file, byte[] content)
    {
        string target = File.ResolveLinkTarget(file, returnFinalTarget: true)?.FullName ?? file;
        UnixFileMode? mode = OperatingSystem.IsWindows() ? null : File.GetUnixFileMode(target);
        using var replaced = new ReplacedFile(target);
        try
        {
            await replaced.Stream.WriteAsync(content).ConfigureAwait(false);
        }
        catch (IOException refused)
        {
            throw PrivateFile.Unwritable(file, refused);
        }

        replaced.Keep();
        if (mode is { } same && !OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(target, same);
        }
    }
}
