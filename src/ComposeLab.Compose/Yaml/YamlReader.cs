using ComposeLab.Compose.Diagnostics;
using YamlDotNet.Core;

namespace ComposeLab.Compose.Yaml;

/// <summary>Reads YAML text into nodes with origins. Every error in the text is a <see cref="ComposeException"/> with its position.</summary>
internal static class YamlReader
{
    /// <summary>Reads all documents of a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="file">The file's path as given, for origins and errors.</param>
    /// <param name="token">Cancels the work.</param>
    /// <returns>The documents in order; empty if the text has none.</returns>
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
/// <param name="Root">Its content without the values tagged <c>!reset</c> and without <c>!override</c> tags.</param>
/// <param name="ReplacedPaths">The paths that had these tags.</param>
internal sealed record YamlDocument(Node Root, IReadOnlyList<ModelPath> ReplacedPaths);

/// <summary>Limits that no normal file reaches and that stop malicious files early.</summary>
internal static class YamlLimits
{
    /// <summary>The maximum nesting depth of collections.</summary>
    public const int Depth = 256;

    /// <summary>The maximum number of values in a document without keys: the limit of docker compose.</summary>
    public const int Values = 100_000;

    /// <summary>The maximum number of keys and values in a file: as many as in 75,000 lines of a normal Compose file, read in a second.</summary>
    public const int Nodes = 150_000;

    /// <summary>The maximum number of nodes that aliases and merge keys add to an expanded document.</summary>
    public const int AliasedNodes = 250_000;
}
