namespace ComposeLab.Compose.Tests.Cases;

/// <summary>A part of a case: a file, or an expectation.</summary>
/// <param name="Name">The file's name, or what is expected.</param>
/// <param name="Options">Words in brackets behind the name, such as <c>crlf</c>.</param>
/// <param name="Text">The text; empty, or ending in a line feed.</param>
internal sealed record CaseSection(string Name, string Options, string Text)
{
    private static readonly string[] Answers = ["config", "whole config", "json", "as written", "json as written", "hash", "warnings", "error"];

    /// <summary>Whether the section says what is expected.</summary>
    public bool IsExpectation => Answers.Contains(Name.StartsWith("error", StringComparison.Ordinal) ? "error" : Name, StringComparer.Ordinal);

    /// <summary>The text as it is on disk.</summary>
    public string Content
    {
        get
        {
            var text = Options.Contains("crlf", StringComparison.Ordinal) ? Text.Replace("\n", "\r\n", StringComparison.Ordinal) : Text;
            return Options.Contains("bom", StringComparison.Ordinal) ? "\uFEFF" + text : text;
        }
    }
}
