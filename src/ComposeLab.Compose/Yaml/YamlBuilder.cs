using ComposeLab.Compose.Diagnostics;

namespace ComposeLab.Compose.Yaml;

/// <summary>Builds nodes from the scanner's tokens: bounded in number, in depth and in what aliases may add.</summary>
/// <param name="text">The text.</param>
/// <param name="file">The file's path as given.</param>
/// <param name="token">Ends the work early.</param>
internal sealed class YamlBuilder(string text, string file, CancellationToken token)
{
    private const string MergeKey = "<<";
    private const string Indentation = "Begin it in the same column as the keys beside it.";
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

    private SequenceNode ReadBlockSequence(Origin origin)
    {
        _scanner.Skip();
        var items = new List<Node>();
        for (YamlToken entry = _scanner.Peek(); entry.Kind == TokenKind.BlockEntry; entry = _scanner.Peek())
        {
            _scanner.Skip();
            AddItem(items, _scanner.Peek().Kind is TokenKind.BlockEntry or TokenKind.BlockEnd ? Empty(entry.End) : null, isBlock: true);
        }

        End("a line that is not a list item beside list items", "Begin it with '- ', or indent it below the item before it.");
        return new SequenceNode(items, origin);
    }

    private SequenceNode ReadIndentlessSequence(Origin origin)
    {
        var items = new List<Node>();
        for (YamlToken entry = _scanner.Peek(); entry.Kind == TokenKind.BlockEntry; entry = _scanner.Peek())
        {
            _scanner.Skip();
            bool isEmpty = _scanner.Peek().Kind is TokenKind.BlockEntry or TokenKind.Key or TokenKind.Value or TokenKind.BlockEnd;
            AddItem(items, isEmpty ? Empty(entry.End) : null, isBlock: true);
        }

        return new SequenceNode(items, origin);
    }

    private SequenceNode ReadFlowSequence(Origin origin)
    {
        YamlToken start = _scanner.Peek();
        _scanner.Skip();
        var items = new List<Node>();
        while (MoreInBrackets(TokenKind.FlowSequenceEnd, start, items.Count == 0))
        {
            YamlToken first = _scanner.Peek();
            if (first.Kind == TokenKind.Key)
            {
                _places.Enter("", items.Count);
                items.Add(Deeper(first, OriginOf(first.Start), ReadPair));
                _places.Leave();
            }
            else
            {
                AddItem(items, null, isBlock: false);
            }
        }

        return new SequenceNode(items, origin);
    }

    /// <summary>One <c>key: value</c> in square brackets.</summary>
    private Node ReadPair(Origin origin)
    {
        YamlToken indicator = _scanner.Peek();
        _scanner.Skip();
        var entries = new MappingEntries(this);
        if (_scanner.Peek().Kind is TokenKind.Value or TokenKind.FlowEntry or TokenKind.FlowSequenceEnd)
        {
            _scanner.Skip();
            throw Fault(indicator, "Expected a key that is text, found none.");
        }

        entries.Key();
        if (_scanner.Peek().Kind == TokenKind.Value)
        {
            _scanner.Skip();
            bool isEmpty = _scanner.Peek().Kind is TokenKind.FlowEntry or TokenKind.FlowSequenceEnd;
            entries.Value(isEmpty ? Empty(_scanner.Peek().Start) : null, isBlock: false);
        }
        else
        {
            entries.Value(Empty(_scanner.Peek().Start), isBlock: false);
        }

        return entries.ToNode(origin);
    }

    private Node ReadFlowMapping(Origin origin)
    {
        YamlToken start = _scanner.Peek();
        _scanner.Skip();
        var entries = new MappingEntries(this);
        while (MoreInBrackets(TokenKind.FlowMappingEnd, start, entries.IsEmpty))
        {
            YamlToken first = _scanner.Peek();
            bool isPair = first.Kind == TokenKind.Key;
            if (isPair)
            {
                _scanner.Skip();
                if (_scanner.Peek().Kind is TokenKind.Value or TokenKind.FlowEntry or TokenKind.FlowMappingEnd)
                {
                    throw Fault(first, "Expected a key that is text, found none.");
                }
            }

            entries.Key();
            bool hasValue = isPair && _scanner.Peek().Kind == TokenKind.Value;
            if (hasValue)
            {
                _scanner.Skip();
                hasValue = _scanner.Peek().Kind is not (TokenKind.FlowEntry or TokenKind.FlowMappingEnd);
            }

            entries.Value(hasValue ? null : Empty(_scanner.Peek().Start), isBlock: false);
        }

        return entries.ToNode(origin);
    }

    private Node ReadBlockMapping(Origin origin)
    {
        _scanner.Skip();
        var entries = new MappingEntries(this);
        for (YamlToken key = _scanner.Peek(); key.Kind == TokenKind.Key; key = _scanner.Peek())
        {
            _scanner.Skip();
            if (_scanner.Peek().Kind is TokenKind.Key or TokenKind.Value or TokenKind.BlockEnd)
            {
                throw Fault(key, "Expected a key that is text, found none.");
            }

            entries.Key(isBlock: true);
            YamlToken indicator = _scanner.Peek();
            bool isEmpty = indicator.Kind != TokenKind.Value;
            if (!isEmpty)
            {
                _scanner.Skip();
                isEmpty = _scanner.Peek().Kind is TokenKind.Key or TokenKind.Value or TokenKind.BlockEnd;
            }

            entries.Value(isEmpty ? Empty(indicator.Kind == TokenKind.Value ? indicator.End : indicator.Start) : null, isBlock: true);
        }

        End("a line whose indentation fits none of the lines above it", Indentation);
        return entries.ToNode(origin);
    }

    private void AddItem(List<Node> items, Node? empty, bool isBlock)
    {
        _places.Enter("", items.Count);
        items.Add(empty ?? ReadNode(isBlock));
        _places.Leave();
    }

    private bool MoreInBrackets(TokenKind end, YamlToken start, bool isFirst)
    {
        YamlToken next = _scanner.Peek();
        if (next.Kind != end && !isFirst)
        {
            if (next.Kind != TokenKind.FlowEntry)
            {
                throw next.Kind == TokenKind.StreamEnd
                    ? Syntax("a bracket without the closing one", "Close the bracket.", start.Start, start.End)
                    : Syntax("no comma between two values in brackets", "Add the comma; put text with a special character in quotes.", next.Start, next.End);
            }

            _scanner.Skip();
            next = _scanner.Peek();
        }

        if (next.Kind == end)
        {
            _scanner.Skip();
            return false;
        }

        return true;
    }

    private void End(string found, string advice)
    {
        YamlToken end = _scanner.Peek();
        if (end.Kind != TokenKind.BlockEnd)
        {
            throw BeginsLine(end.Start) ? Syntax(found, advice, end.Start, end.End) : Syntax("text where a key or the end of the line must be", FixLine, end.Start, end.End);
        }

        _scanner.Skip();
    }

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

    /// <summary>The entries of a mapping while it is read: each key once, the merge key apart.</summary>
    private sealed class MappingEntries(YamlBuilder builder)
    {
        private readonly List<MappingEntry> _entries = [];
        private readonly Dictionary<string, Origin> _keys = new(StringComparer.Ordinal);
        private Node? _merged;
        private ScalarNode _key = ScalarNode.Null(Origin.Default);
        private bool _merges;

        public bool IsEmpty => _keys.Count == 0;

        public void Key(bool isBlock = false)
        {
            YamlToken at = builder._scanner.Peek();
            Node read = builder.ReadNode(isBlock, allowsIndentless: isBlock, isKey: true);
            _key = (read is TaggedNode tagged ? tagged.Value : read) is ScalarNode { Kind: ScalarKind.String } key
                ? key
                : throw builder.Fault(at, "Expected a key that is text, found another value; put it in quotes.");
            _merges = at is { Kind: TokenKind.Scalar, IsPlain: true, Text: MergeKey };
            if (!_keys.TryAdd(_key.Text, _key.Origin))
            {
                throw builder.Fault(
                    at, $"Expected each key once, found '{_key.Text}' again (first on line {_keys[_key.Text].Line}).", "Move what is below both to one place, or rename one.");
            }
        }

        public void Value(Node? empty, bool isBlock)
        {
            builder._places.Enter(_key.Text);
            Node value = empty ?? builder.ReadNode(isBlock, allowsIndentless: isBlock);
            builder._places.Leave();
            if (_merges)
            {
                _merged = value;
            }
            else
            {
                _entries.Add(new MappingEntry(_key.Text, value, _key.Origin));
            }
        }

        public Node ToNode(Origin origin)
        {
            var mapping = new MappingNode(_merged is null ? _entries : MergeKeys.Apply(_entries, _merged, builder._budget), origin);
            return _merged is TaggedNode { Tag: YamlTag.Override } ? new TaggedNode(YamlTag.Override, mapping) : mapping;
        }
    }
}
