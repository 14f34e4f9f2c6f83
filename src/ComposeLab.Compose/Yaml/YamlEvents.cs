using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using Tokens = YamlDotNet.Core.Tokens;

namespace ComposeLab.Compose.Yaml;

/// <summary>The events of the library's parser for the scanner's tokens. A parser error is a <see cref="YamlSyntaxException"/>.</summary>
internal sealed class YamlEvents
{
    private readonly YamlTokens _tokens;
    private readonly Parser _parser;

    public YamlEvents(string text)
    {
        _tokens = new YamlTokens(new YamlScanner(text));
        _parser = new Parser(_tokens);
    }

    /// <summary>The parser's next token.</summary>
    public Tokens.Token Upcoming => _tokens.Upcoming;

    /// <summary>The token that the parser used last.</summary>
    public Tokens.Token? Used => _tokens.Used;

    /// <summary>The token before a key that the parser used last.</summary>
    public Tokens.Key? UsedKey => _tokens.UsedKey;

    /// <summary>Moves to the next event.</summary>
    /// <param name="bracket">The opening bracket of the mapping whose value is next.</param>
    /// <exception cref="YamlSyntaxException">The text is not YAML.</exception>
    public ParsingEvent Next(Tokens.Token? bracket = null)
    {
        try
        {
            _parser.MoveNext();
            return _parser.Current!;
        }
        catch (YamlException)
        {
            throw Refused(bracket);
        }
    }

    /// <summary>Moves to the beginning of the next document, if there is one.</summary>
    /// <param name="isFirst">Whether it is the first, which may begin without <c>---</c>.</param>
    public bool NextDocument(bool isFirst)
    {
        if (!isFirst && Upcoming is not (Tokens.VersionDirective or Tokens.TagDirective or Tokens.DocumentStart or Tokens.StreamEnd))
        {
            throw BehindDocument(Upcoming);
        }

        return Next() is DocumentStart;
    }

    /// <summary>Moves past the end of a document.</summary>
    public void EndDocument()
    {
        if (Upcoming is not (Tokens.DocumentStart or Tokens.DocumentEnd or Tokens.StreamEnd))
        {
            throw BehindDocument(Upcoming);
        }

        Next();
    }

    /// <summary>A comma between two values in brackets, or the closing bracket, is missing.</summary>
    /// <param name="next">The token found instead.</param>
    /// <param name="bracket">The opening bracket.</param>
    public static YamlSyntaxException NoComma(Tokens.Token next, Tokens.Token bracket) => next is Tokens.StreamEnd
        ? new("an unclosed bracket", "Close the bracket.", bracket.Start, bracket.End)
        : new("no comma between two values in brackets", "Add the comma; put text with a special character in quotes.", next.Start, next.End);

    private YamlSyntaxException Refused(Tokens.Token? bracket) => (Used, Upcoming) switch
    {
        (Tokens.VersionDirective or Tokens.TagDirective, Tokens.VersionDirective again) =>
            new("a %YAML directive that docker compose does not accept: 1.1", "Remove the line.", again.Start, again.End),
        (Tokens.VersionDirective or Tokens.TagDirective, Tokens.TagDirective again) =>
            new($"the duplicate tag handle '{again.Handle}'", "Remove the line.", again.Start, again.End),
        (Tokens.VersionDirective or Tokens.TagDirective, var next) => BehindDocument(next),
        (Tokens.Scalar scalar, var next) => NoComma(next, bracket ?? scalar),
        (_, Tokens.Tag unknown) => new($"the unknown tag handle '{unknown.Handle}'", "Correct the tag, or put the value in quotes.", unknown.Start, unknown.End),
        (_, Tokens.StreamEnd end) => new("the end of the file inside a value", "Close the brackets.", end.Start, end.End),
        (_, var next) => new("a missing value", "Put text that starts with a special character in quotes.", next.Start, next.End),
    };

    private static YamlSyntaxException BehindDocument(Tokens.Token next) => new("text after the end of a document", "Start another document with '---'.", next.Start, default);
}
