using YamlDotNet.Core;
using YamlDotNet.Core.Tokens;
using Version = YamlDotNet.Core.Version;

namespace ComposeLab.Compose.Yaml;

/// <summary>
/// Passes the scanner's tokens to the library's parser, and shows the parser's current token. At document boundaries and directives, the parser behaves
/// differently from docker compose; the tokens are adjusted so that the result is the same.
/// </summary>
/// <param name="scanner">The scanner.</param>
internal sealed class YamlTokens(YamlScanner scanner) : IScanner
{
    private Token? _next;
    private Token? _held;
    private Token? _delivered;
    private bool _anchored;

    /// <summary>The parser's next token.</summary>
    /// <exception cref="YamlSyntaxException">The text is not YAML.</exception>
    public Token Upcoming => Current ?? (_next ??= Take());

    /// <summary>The token that the parser used last.</summary>
    public Token? Used { get; private set; }

    /// <summary>The token before a key that the parser used last.</summary>
    public Key? UsedKey { get; private set; }

    /// <inheritdoc/>
    public Token? Current { get; private set; }

    /// <inheritdoc/>
    public Mark CurrentPosition => Upcoming.Start;

    /// <inheritdoc/>
    public bool MoveNext()
    {
        if (Current is not null)
        {
            ConsumeCurrent();
        }

        return MoveNextWithoutConsuming();
    }

    /// <inheritdoc/>
    public bool MoveNextWithoutConsuming()
    {
        // The parser sometimes looks ahead more than once and must not lose a token.
        if (Current is not null)
        {
            return Current is not StreamEnd;
        }

        Current = Upcoming;
        _next = null;
        return true;
    }

    /// <inheritdoc/>
    public void ConsumeCurrent()
    {
        Used = Current;
        UsedKey = Current as Key ?? UsedKey;
        Current = null;
    }

    private Token Take()
    {
        if (_delivered is null)
        {
            return _delivered = new StreamStart();
        }

        Token token = _held ?? scanner.Take();
        _held = null;
        bool isBetweenDocuments = _delivered is StreamStart or DocumentEnd;
        while (token is DocumentEnd && isBetweenDocuments)
        {
            token = scanner.Take();
        }

        if (token is VersionDirective or TagDirective && !(isBetweenDocuments || _delivered is VersionDirective or TagDirective))
        {
            // A directive ends the document before it.
            _held = token;
            token = new DocumentEnd(token.Start, token.End);
        }

        if ((token is AnchorAlias && _delivered is Anchor or Tag) || (token is Anchor && _anchored))
        {
            // An anchor or a tag before it has an empty value.
            _held = token;
            token = new Scalar("", ScalarStyle.Plain, token.Start, token.Start);
        }

        _anchored = token is Anchor || (token is Tag && _anchored);
        return _delivered = token is VersionDirective version ? Accepted(version) : token;
    }

    // For version 1.1, the parser would also use the tag handles of a document for later ones.
    private static VersionDirective Accepted(VersionDirective directive) => directive.Version is { Major: 1, Minor: 1 }
        ? new VersionDirective(new Version(1, 2), directive.Start, directive.End)
        : throw new YamlSyntaxException(
            $"a %YAML directive that docker compose does not accept: {directive.Version.Major}.{directive.Version.Minor}", "Remove the line.", directive.Start, directive.End);
}
