using ComposeLab.Compose.Diagnostics;
using ComposeLab.Compose.Secrets;
using ComposeLab.Engine;
using ComposeLab.Files;

namespace ComposeLab.Errors;

/// <summary>
/// The place of a fault in a file, in the form that PowerShell's error view understands: a target object with these keys makes it show the line and mark the
/// columns.
/// </summary>
internal static class ErrorLocation
{
    /// <summary>Describes the place of a fault in a Compose file or an environment file.</summary>
    /// <param name="fault">The fault.</param>
    /// <returns>File, Line, LineText (with a squiggle), SourceText, StartColumn, EndColumn and Path; null if the fault has no place.</returns>
    public static Dictionary<string, object>? Of(ComposeException fault) =>
        // The loader provides the lines of Compose files. Lines of environment files are not shown, because a whole line can be a secret.
        Make(fault.File, fault.Line, fault.Column, fault.EndColumn, fault.LineText ?? "", fault.Path);

    /// <summary>Describes the place in a file that requests something that is not available.</summary>
    /// <param name="finding">The finding.</param>
    /// <returns>Like for a Compose fault; null if the finding has no place.</returns>
    public static Dictionary<string, object>? Of(PreflightFinding finding) => Make(finding.File, finding.Line, finding.Column, 0, null, finding.Service);

    /// <summary>Describes the place of a fault in a Dockerfile.</summary>
    /// <param name="build">The build that failed.</param>
    /// <returns>Like for a Compose fault; null if the fault is not in the file itself.</returns>
    public static Dictionary<string, object>? Of(BuildEvidence build) => Make(build.Dockerfile, build.Line, 1, 0, null, build.Service);

    /// <summary>Adds the place in front of a message, in the form that editors and terminals make clickable.</summary>
    /// <param name="file">The file; null if there is none.</param>
    /// <param name="line">The line, from 1; 0 if unknown.</param>
    /// <param name="column">The column, from 1; 0 if unknown.</param>
    /// <param name="message">The message.</param>
    /// <returns><c>file:line:column: message</c>, with the parts that are known.</returns>
    public static string Headline(string? file, int line, int column, string message) => (file, line, column) switch
    {
        (null, _, _) => message,
        (_, 0, _) => $"{file}: {message}",
        (_, _, 0) => $"{file}:{line}: {message}",
        _ => $"{file}:{line}:{column}: {message}",
    };

    private static Dictionary<string, object>? Make(string? file, int line, int column, int endColumn, string? lineText, string? path)
    {
        if (file is null || line == 0)
        {
            return null;
        }

        string written = lineText ?? TextFile.Line(file, line);
        string text = TerminalText.Visible(LineMask.Mask(written));

        // After a masked secret the columns are different, so the whole line is marked.
        bool aligned = text == written || (endColumn > column && text.AsSpan().CommonPrefixLength(written) >= endColumn - 1);
        int start = aligned ? Math.Clamp(column, 1, text.Length + 1) : 1;
        int end = aligned && endColumn > start ? endColumn : text.Length + 1;
        var place = new Dictionary<string, object>(StringComparer.OrdinalIgnoreCase)
        {
            ["File"] = file,
            ["Line"] = line,
            ["LineText"] = SourceExcerpt.Of(text, line, start, end),
            ["SourceText"] = text,
            ["StartColumn"] = start,
            ["EndColumn"] = end,
        };
        if (path is not null)
        {
            place["Path"] = path;
        }

        return place;
    }
}
