using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using Tokens = YamlDotNet.Core.Tokens;

namespace ComposeLab.Compose.Yaml;

/// <content>Lists and mappings.</content>
internal sealed partial class YamlBuilder
{
    private const string MergeKey = "<<";
    private const string FitsNowhere = "a line with an indentation that matches none of the lines above it";
    private const string Indentation = "Start it in the same column as the keys next to it.";

    private SequenceNode ReadBlockSequence(Origin origin, Tokens.Token first)
    {
        var items = new List<Node>();
        while (true)
        {
            if (_events.Upcoming is var next && next != first && next is not (Tokens.BlockEntry or Tokens.BlockEnd))
            {
                throw NoEntry("a line that is not a list item next to list items", "Start it with '- ', or indent it below the previous item.");
            }

            ParsingEvent item = _events.Next();
            if (item is SequenceEnd)
            {
                return new SequenceNode(items, origin);
            }

            AddItem(items, item);
        }
    }

    private SequenceNode ReadIndentlessSequence(Origin origin)
    {
        var items = new List<Node>();
        for (ParsingEvent item = _events.Next(); item is not SequenceEnd; item = _events.Next())
        {
            AddItem(items, item);
        }

        return new SequenceNode(items, origin);
    }

    private SequenceNode ReadFlowSequence(Origin origin, Tokens.Token bracket)
    {
        var items = new List<Node>();
        while (true)
        {
            if (_events.Upcoming is var next && next != bracket && next is not (Tokens.FlowEntry or Tokens.FlowSequenceEnd))
            {
                throw YamlEvents.NoComma(next, bracket);
            }

            ParsingEvent item = _events.Next();
            if (item is SequenceEnd)
            {
                return new SequenceNode(items, origin);
            }

            AddItem(items, item);
        }
    }

    /// <summary>One <c>key: value</c> in square brackets.</summary>
    private Node ReadPair(Origin origin, Tokens.Key indicator)
    {
        if (_events.Upcoming is Tokens.Value or Tokens.FlowEntry or Tokens.FlowSequenceEnd)
        {
            throw NoKey(indicator);
        }

        var entries = new MappingEntries(this);
        entries.Key(_events.Next());
        entries.Value(_events.Next());
        _events.Next();
        return entries.ToNode(origin);
    }

    private Node ReadFlowMapping(Origin origin, Tokens.Token bracket)
    {
        var entries = new MappingEntries(this);
        while (true)
        {
            if (_events.Upcoming is var next && next != bracket && next is not (Tokens.FlowEntry or Tokens.FlowMappingEnd))
            {
                throw YamlEvents.NoComma(next, bracket);
            }

            Tokens.Key? earlier = _events.UsedKey;
            ParsingEvent key = _events.Next();
            if (key is MappingEnd)
            {
                return entries.ToNode(origin);
            }

            bool isPair = _events.UsedKey != earlier;
            entries.Key(key);

            // The parser would take the next key for the value where the comma is missing, and a colon on another line than the key.
            if (_events.Upcoming is var behind and not (Tokens.FlowEntry or Tokens.FlowMappingEnd) && !(isPair && behind is Tokens.Value))
            {
                throw YamlEvents.NoComma(behind, bracket);
            }

            entries.Value(_events.Next(bracket));
        }
    }

    private Node ReadBlockMapping(Origin origin, Tokens.Token first)
    {
        var entries = new MappingEntries(this);
        while (true)
        {
            if (_events.Upcoming is var next && next != first && next is not (Tokens.Key or Tokens.BlockEnd))
            {
                throw NoEntry(FitsNowhere, Indentation);
            }

            ParsingEvent key = _events.Next();
            if (key is MappingEnd)
            {
                return entries.ToNode(origin);
            }

            // The parser takes a colon without a key for an empty key.
            if (_events.Used is Tokens.Value colon)
            {
                throw NoEntry(FitsNowhere, Indentation, colon);
            }

            entries.Key(key);
            entries.Value(_events.Next());
        }
    }

    private void AddItem(List<Node> items, ParsingEvent item)
    {
        _places.Enter("", items.Count);
        items.Add(ReadNode(item));
        _places.Leave();
    }

    private YamlSyntaxException NoEntry(string found, string advice, Tokens.Token? at = null)
    {
        at ??= _events.Upcoming;
        return BeginsLine(at.Start) ? new(found, advice, at.Start, at.End) : new("text instead of a key or the end of the line", FixLine, at.Start, at.End);
    }

    /// <summary>The entries of a mapping while it is parsed: each key once, the merge key separately.</summary>
    private sealed class MappingEntries(YamlBuilder builder)
    {
        private const int MostCompared = 12;

        private readonly List<MappingEntry> _entries = [];
        private Dictionary<string, Origin>? _index;
        private Origin? _mergeKey;
        private Node? _merged;
        private ScalarNode _key = ScalarNode.Null(Origin.Default);
        private bool _merges;

        public void Key(ParsingEvent at)
        {
            if (builder._events.Used is Tokens.Key indicator && IsAbsent(at))
            {
                throw builder.NoKey(indicator);
            }

            Node read = builder.ReadNode(at, isKey: true);
            _key = (read is TaggedNode tagged ? tagged.Value : read) is ScalarNode { Kind: ScalarKind.String } key
                ? key
                : throw builder.Fault(at, "A key must be text; put it in quotes.");
            _merges = at is Scalar { Style: ScalarStyle.Plain, Value: MergeKey, Anchor.IsEmpty: true, Tag.IsEmpty: true };
            if (Earlier(_key.Text) is { } earlier)
            {
                throw builder.Fault(
                    at, $"Duplicate key '{_key.Text}' (first on line {earlier.Line}).", "Merge both values under one key, or rename one.");
            }

            _mergeKey = _merges ? _key.Origin : _mergeKey;
        }

        private Origin? Earlier(string key)
        {
            if (key == MergeKey && _mergeKey is not null)
            {
                return _mergeKey;
            }

            // Most mappings are small, so comparing is faster than an index.
            if (_entries.Count < MostCompared)
            {
                foreach (MappingEntry entry in _entries)
                {
                    if (entry.Key == key)
                    {
                        return entry.KeyOrigin;
                    }
                }

                return null;
            }

            _index ??= _entries.ToDictionary(entry => entry.Key, entry => entry.KeyOrigin, StringComparer.Ordinal);
            return _index.GetValueOrDefault(key);
        }

        public void Value(ParsingEvent start)
        {
            builder._places.Enter(_key.Text);
            Node value = builder.ReadNode(start);
            builder._places.Leave();
            if (_merges)
            {
                _merged = value;
            }
            else
            {
                _entries.Add(new MappingEntry(_key.Text, value, _key.Origin));
                _index?.Add(_key.Text, _key.Origin);
            }
        }

        public Node ToNode(Origin origin)
        {
            var mapping = new MappingNode(_merged is null ? _entries : MergeKeys.Apply(_entries, _merged, builder._budget), origin);
            return _merged is TaggedNode { Tag: YamlTag.Override } ? new TaggedNode(YamlTag.Override, mapping) : mapping;
        }
    }
}
