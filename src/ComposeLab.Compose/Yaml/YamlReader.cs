using ComposeLab.Compose.Diagnostics;
using YamlDotNet.Core;

namespace ComposeLab.Compose.Yaml;

/// <summary>Reads YAML text into nodes with origins. Everything that is wrong with the text is a <see cref="ComposeException"/> with its place.</summary>
internal static class YamlReader
{
    /// <summary>Reads all documents of a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="file">The file's path as given, for origins and errors.</param>
    /// <param name="token">Cancels the work.</param>
    /// <returns>The documents in order; none if the text holds none.</returns>
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
            Line = (int)start.Line,
            Column = (int)start.Column,
            EndColumn = end.Line == start.Line && end.Column > start.Column ? (int)end.Column : 0,
        };
    }
}

/// <summary>A document of a file.</summary>
/// <param name="Root">Its content without <c>!reset</c> and <c>!override</c>.</param>
/// <param name="ReplacedPaths">The places that had these tags.</param>
internal sealed record YamlDocument(Node Root, IReadOnlyList<ModelPath> ReplacedPaths);

/// <summary>Bounds that no honest file reaches and that keep hostile ones cheap.</summary>
internal static class YamlLimits
{
    /// <summary>How deep collections may be nested.</summary>
    public const int Depth = 256;

    /// <summary>How many values a document may write, keys not counted: the limit of docker compose.</summary>
    public const int Values = 100_000;

    /// <summary>How many keys and values a file may write: what 75,000 lines of ordinary Compose hold, read in a second.</summary>
    public const int Nodes = 150_000;

    /// <summary>How many nodes aliases and merge keys may add to a document, counted as if they were written out.</summary>
    public const int AliasedNodes = 250_000;
}
