using ComposeLab.Compose.Diagnostics;

namespace ComposeLab.Compose.Yaml;

/// <summary>Builds nodes from the scanner's tokens: bounded in number, in depth and in what aliases may add.</summary>
/// <param name="text">The text.</param>
/// <param name="file">The file's path as given.</param>
/// <param name="token">Ends the work early.</param>
internal sealed partial class YamlBuilder(string text, string file, CancellationToken token)
{
    private const string FixLine = "Fix the line; an editor with YAML support shows the fault as you type.";

    private readonly YamlScanner _scanner = new(text);
    private readonly Dictionary<string, Node?> _anchors = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _tagPrefixes = new(StringComparer.Ordinal);
    private readonly AliasBudget _budget = new();
    private AliasPlaces _places = new();
    private bool _tagged;
    private int _depth;
    private int _nodes;
    private int _values;

    /// <summary>Reads all documents.</summary>
    /// <exception cref="YamlSyntaxException">The text is not YAML.</exception>
    /// <exception cref="ComposeException">The text is YAML, but more or other than a Compose file may be.</exception>
    public IReadOnlyList<YamlDocument> ReadDocuments()
    {
        var documents = new List<YamlDocument>();
        while (BeginDocument(isFirst: documents.Count == 0))
        {
            _anchors.Clear();
            _places = new AliasPlaces();
            _tagged = false;
            _values = 0;
            YamlToken start = _scanner.Peek();
            Node root = start.Kind is TokenKind.VersionDirective or TokenKind.TagDirective or TokenKind.DocumentStart or TokenKind.DocumentEnd or TokenKind.StreamEnd
                ? ScalarNode.Null(OriginOf(start.Start))
                : ReadNode(isBlock: true);
            _tagPrefixes.Clear();
            if (_scanner.Peek().Kind == TokenKind.DocumentEnd)
            {
                _scanner.Skip();
            }

            documents.Add(_tagged ? TagExtraction.Extract(root) : new YamlDocument(root, []));
        }

        return documents;
    }

    private bool BeginDocument(bool isFirst)
    {
        while (_scanner.Peek().Kind == TokenKind.DocumentEnd)
        {
            _scanner.Skip();
        }

        YamlToken start = _scanner.Peek();
        if (start.Kind == TokenKind.StreamEnd)
        {
            return false;
        }

        bool isExplicit = start.Kind is TokenKind.VersionDirective or TokenKind.TagDirective or TokenKind.DocumentStart;
        if (!isFirst || isExplicit)
        {
            ReadDirectives();
            if (_scanner.Peek() is not { Kind: TokenKind.DocumentStart })
            {
                throw Syntax("text behind the end of a document", "Begin a further document with '---'.", _scanner.Peek().Start);
            }

            _scanner.Skip();
        }

        _tagPrefixes.TryAdd("!", "!");
        _tagPrefixes.TryAdd("!!", "tag:yaml.org,2002:");
        return true;
    }

    private void ReadDirectives()
    {
        bool hasVersion = false;
        for (YamlToken directive = _scanner.Peek(); directive.Kind is TokenKind.VersionDirective or TokenKind.TagDirective; directive = _scanner.Peek())
        {
            bool isVersion = directive.Kind == TokenKind.VersionDirective;
            if (isVersion ? hasVersion || directive.Text != "1.1" : !_tagPrefixes.TryAdd(directive.Text, directive.Suffix))
            {
                throw Syntax(
                    isVersion ? $"a %YAML directive that docker compose does not accept: {directive.Text}" : $"the tag handle '{directive.Text}' again", "Remove the line.", directive.Start, directive.End);
            }

            hasVersion |= isVersion;
            _scanner.Skip();
        }
    }

    private Node ReadNode(bool isBlock, bool allowsIndentless = false, bool isKey = false)
    {
        token.ThrowIfCancellationRequested();
        YamlToken start = _scanner.Peek();
        if (++_nodes > YamlLimits.Nodes || (!isKey && ++_values > YamlLimits.Values))
        {
            throw Fault(start, $"Expected at most {YamlLimits.Values} values in a file, found more.", "Divide it into files that it includes.");
        }

        if (start.Kind == TokenKind.Alias)
        {
            _scanner.Skip();
            return Resolve(start);
        }

        (string? anchor, string? tag) = ReadProperties();
        if (anchor is not null)
        {
            // Known but unfinished: an alias to it from inside would never end.
            _anchors[anchor] = null;
        }

        Node node = Tagged(tag, ReadContent(start, tag, anchor is not null, isBlock, allowsIndentless));
        if (anchor is not null)
        {
            _anchors[anchor] = node;
        }

        return node;
    }

    private (string? Anchor, string? Tag) ReadProperties()
    {
        string? anchor = null, tag = null;
        for (YamlToken property = _scanner.Peek();
            (property.Kind == TokenKind.Anchor && anchor is null) || (property.Kind == TokenKind.Tag && tag is null);
            property = _scanner.Peek())
        {
            if (property.Kind == TokenKind.Anchor)
            {
                anchor = property.Text;
            }
            else
            {
                tag = property.Text.Length == 0 ? property.Suffix
                    : _tagPrefixes.TryGetValue(property.Text, out string? prefix) ? prefix + property.Suffix
                    : throw Syntax($"the unknown tag handle '{property.Text}'", "Correct the tag, or put the value in quotes.", property.Start, property.End);
            }

            _scanner.Skip();
        }

        return (anchor, tag);
    }

    private Node ReadContent(YamlToken start, string? tag, bool hasAnchor, bool isBlock, bool allowsIndentless)
    {
        YamlToken content = _scanner.Peek();
        Origin origin = OriginOf(start.Start);
        switch (content.Kind)
        {
            case TokenKind.BlockEntry when allowsIndentless:
                return Deeper(start, origin, ReadIndentlessSequence);
            case TokenKind.Scalar:
                _scanner.Skip();
                return ReadScalar(content, tag, start.Start == content.Start ? OriginOf(content) : origin with { EndColumn = EndColumn(start.Start, content.End) });
            case TokenKind.FlowSequenceStart:
                return Deeper(start, origin, ReadFlowSequence);
            case TokenKind.FlowMappingStart:
                return Deeper(start, origin, ReadFlowMapping);
            case TokenKind.BlockSequenceStart when isBlock:
                return Deeper(start, origin, ReadBlockSequence);
            case TokenKind.BlockMappingStart when isBlock:
                return Deeper(start, origin, ReadBlockMapping);
            case var _ when tag is not null || hasAnchor:
                return ReadScalar(new YamlToken(TokenKind.Scalar, start.Start, start.Start) { IsPlain = true }, tag, origin);
            default:
                throw Syntax(
                    content.Kind == TokenKind.StreamEnd ? "the end of the file inside a value" : "no value where one must be",
                    content.Kind == TokenKind.StreamEnd ? "Close the brackets." : "Put text that begins with a special character in quotes.",
                    content.Start,
                    content.End);
        }
    }

    private Node Tagged(string? tag, Node node)
    {
        YamlTag? known = tag switch
        {
            "!reset" => YamlTag.Reset,
            "!override" => YamlTag.Override,
            _ => null,
        };
        _tagged |= known is not null;
        return known is { } found ? new TaggedNode(found, node) : node;
    }

    private Node Resolve(YamlToken alias)
    {
        if (!_anchors.TryGetValue(alias.Text, out Node? node))
        {
            throw Fault(alias, $"Expected an anchor '&{alias.Text}' before this alias, found none.");
        }

        if (node is null)
        {
            throw Fault(alias, $"Expected an alias to a finished value, found that '*{alias.Text}' contains itself.");
        }

        if (!_places.TryUse(node))
        {
            throw Fault(
                alias,
                $"Expected '*{alias.Text}' not to be both at a place and below it, found what docker compose takes for a cycle.",
                "Write the value out at one of the two places.");
        }

        // The tag of an aliased value counts at the place of the alias, too.
        Node aliased = node is TaggedNode tagged ? new TaggedNode(tagged.Tag, tagged.Value) : node;
        return _budget.TrySpend(node) ? aliased : throw Fault(alias, "Expected a document of reasonable size, found aliases that multiply it.");
    }

    private Node Deeper(YamlToken start, Origin origin, Func<Origin, Node> read)
    {
        if (++_depth > YamlLimits.Depth)
        {
            throw Fault(start, $"Expected at most {YamlLimits.Depth} nested collections, found more.");
        }

        Node node = read(origin);
        _depth--;
        return node;
    }

    private ScalarNode ReadScalar(YamlToken scalar, string? tag, Origin origin) => tag switch
    {
        null => scalar.IsPlain ? ScalarResolution.Resolve(scalar.Text, origin) : ScalarNode.String(scalar.Text, origin),
        // A tag of its own leaves YAML nothing to resolve: after '!override', 010 and null are text, until interpolation makes a number of the one.
        "!reset" or "!override" => ScalarNode.String(scalar.Text, origin),
        _ => ScalarTags.Apply(tag, scalar.Text, origin) ?? throw Fault(scalar, $"Expected a value that fits its tag '{tag}', found one that does not."),
    };

    private bool BeginsLine(Mark mark) => text.AsSpan(mark.Index - mark.Column + 1, mark.Column - 1).IsWhiteSpace();

    private ScalarNode Empty(Mark at)
    {
        _nodes++;
        return ScalarNode.Null(OriginOf(at));
    }

    private Origin OriginOf(Mark mark) => new(file, mark.Line, mark.Column);

    private Origin OriginOf(YamlToken scalar) => new(file, scalar.Start.Line, scalar.Start.Column) { EndColumn = EndColumn(scalar.Start, scalar.End) };

    private static int EndColumn(Mark start, Mark end) => end.Line == start.Line ? end.Column : 0;

    private ComposeException Fault(YamlToken at, string message, string recommendation = FixLine) =>
        ComposeException.At(ComposeErrorId.ComposeFileInvalid, message, recommendation, OriginOf(at));

    private static YamlSyntaxException Syntax(string found, string advice, Mark start, Mark end = default) => new(found, advice, start, end);
}
