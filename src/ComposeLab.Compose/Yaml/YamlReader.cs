using ComposeLab.Compose.Diagnostics;

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
            return new YamlBuilder(text, file, token).ReadDocuments();
        }
        catch (YamlSyntaxException fault)
        {
            throw Invalid(text, file, fault);
        }
    }

    private static ComposeException Invalid(string text, string file, YamlSyntaxException fault)
    {
        ReadOnlySpan<char> written = text.AsSpan().TrimEnd();
        Mark start = fault.Start;
        Mark end = fault.End;
        if (start.Index >= written.Length)
        {
            // The file ends too early: its last line can be shown, the one behind it cannot.
            start = end = new Mark(written.Length, written.Count('\n') + 1, Math.Max(1, written.Length - written.LastIndexOf('\n') - 1));
        }

        return new ComposeException(ComposeErrorId.ComposeFileInvalid, $"Expected valid YAML, found {fault.Message}.", fault.Advice, fault)
        {
            File = file,
            Line = start.Line,
            Column = start.Column,
            EndColumn = end.Line == start.Line && end.Column > start.Column ? end.Column : 0,
        };
    }
}
