namespace ComposeLab.Compose.Yaml;

/// <content>Lists and mappings.</content>
internal sealed partial class YamlBuilder
{
    private const string MergeKey = "<<";
    private const string Indentation = "Begin it in the same column as the keys beside it.";

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

    /// <summary>The entries of a mapping while it is read: each key once, the merge key apart.</summary>
    private sealed class MappingEntries(YamlBuilder builder)
    {
        private readonly List<MappingEntry> _entries = [];
        private const int MostCompared = 12;

        private readonly List<ScalarNode> _keys = [];
        private Dictionary<string, ScalarNode>? _index;
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
            if (Earlier(_key.Text) is { } earlier)
            {
                throw builder.Fault(
                    at, $"Expected each key once, found '{_key.Text}' again (first on line {earlier.Origin.Line}).", "Move what is below both to one place, or rename one.");
            }

            _keys.Add(_key);
            _index?.Add(_key.Text, _key);
        }

        // Most mappings are small: comparing is cheaper than an index.
        private ScalarNode? Earlier(string key)
        {
            if (_keys.Count < MostCompared)
            {
                return _keys.Find(known => known.Text == key);
            }

            _index ??= _keys.ToDictionary(known => known.Text, StringComparer.Ordinal);
            return _index.GetValueOrDefault(key);
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
