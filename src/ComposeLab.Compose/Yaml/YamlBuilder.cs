using ComposeLab.Compose.Diagnostics;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace ComposeLab.Compose.Yaml;

/// <summary>Builds nodes from the parser's events: bounded in number, in depth and in what aliases may add.</summary>
/// <param name="parser">The events.</param>
/// <param name="text">The text that they come from.</param>
/// <param name="file">The file's path as given.</param>
/// <param name="token">Ends the work early.</param>
internal sealed class YamlBuilder(IParser parser, string text, string file, CancellationToken token)
{
    private const string MergeKey = "<<";

    private readonly Dictionary<string, Node?> _anchors = new(StringComparer.Ordinal);
    private readonly AliasBudget _budget = new();
    private AliasPlaces _places = new();
    private bool _tagged;
    private int _depth;
    private int _nodes;

    public IReadOnlyList<YamlDocument> ReadDocuments()
    {
        var documents = new List<YamlDocument>();
        parser.Consume<StreamStart>();
        while (parser.TryConsume<DocumentStart>(out _))
        {
            _anchors.Clear();
            _places = new AliasPlaces();
            _tagged = false;
            Node root = ReadNode();
            parser.Consume<DocumentEnd>();
            documents.Add(_tagged ? TagExtraction.Extract(root) : new YamlDocument(root, []));
        }

        return documents;
    }

    private Node ReadNode()
    {
        token.ThrowIfCancellationRequested();
        if (parser.TryConsume<AnchorAlias>(out AnchorAlias? alias))
        {
            return Resolve(alias);
        }

        if (parser.Current is not NodeEvent start)
        {
            throw Fault(parser.Current, "Expected a value, found none.");
        }

        if (++_nodes > YamlLimits.Nodes)
        {
            throw Fault(start, $"Expected at most {YamlLimits.Nodes} keys and values in a file, found more.", "Divide it into files that it includes.");
        }

        string? anchor = start.Anchor.IsEmpty ? null : start.Anchor.Value;
        if (anchor is not null)
        {
            // Known but unfinished: an alias to it from inside would never end.
            _anchors[anchor] = null;
        }

        Node node = start switch
        {
            Scalar => ReadScalar(),
            SequenceStart => Deeper(start, ReadSequence),
            MappingStart => Deeper(start, ReadMapping),
            _ => throw Fault(start, "Expected a value, found something else."),
        };

        node = Tagged(start, node);
        if (anchor is not null)
        {
            _anchors[anchor] = node;
        }

        return node;
    }

    private Node Tagged(NodeEvent start, Node node)
    {
        YamlTag? tag = start.Tag.IsEmpty ? null : start.Tag.Value switch
        {
            "!reset" => YamlTag.Reset,
            "!override" => YamlTag.Override,
            _ => null,
        };
        _tagged |= tag is not null;
        return tag is { } known ? new TaggedNode(known, node) : node;
    }

    private Node Resolve(AnchorAlias alias)
    {
        if (!_anchors.TryGetValue(alias.Value.Value, out Node? node))
        {
            throw Fault(alias, $"Expected an anchor '&{alias.Value.Value}' before this alias, found none.");
        }

        if (node is null)
        {
            throw Fault(alias, $"Expected an alias to a finished value, found that '*{alias.Value.Value}' contains itself.");
        }

        if (!_places.TryUse(node))
        {
            throw Fault(
                alias,
                $"Expected '*{alias.Value.Value}' not to stand both at a place and below it, found what docker compose takes for a circle: it reads a dot in a key as a step down.",
                "Write the value out at one of the two places.");
        }

        // An alias to a tagged value is tagged anew: it is another place that the tag speaks of.
        Node aliased = node is TaggedNode tagged ? new TaggedNode(tagged.Tag, tagged.Value) : node;
        return _budget.TrySpend(node) ? aliased : throw Fault(alias, "Expected a document of reasonable size, found aliases that multiply it.");
    }

    private Node Deeper(NodeEvent start, Func<Origin, Node> read)
    {
        if (++_depth > YamlLimits.Depth)
        {
            throw Fault(start, $"Expected at most {YamlLimits.Depth} nested collections, found more.");
        }

        Node node = read(OriginOf(start));
        _depth--;
        return node;
    }

    private ScalarNode ReadScalar()
    {
        Scalar scalar = parser.Consume<Scalar>();
        Origin origin = OriginOf(scalar);
        if (scalar.Style == ScalarStyle.DoubleQuoted && scalar.Value.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF')
            && SurrogateEscapes.Contains(text.AsSpan((int)scalar.Start.Index, (int)(scalar.End.Index - scalar.Start.Index))))
        {
            throw Fault(scalar, "Expected characters of their own, found one in two halves, which docker compose cannot read.", "Write the character itself, or one escape of eight digits: \"\\U0001F600\".");
        }

        if (scalar.Tag.IsEmpty)
        {
            return scalar.Style == ScalarStyle.Plain ? ScalarResolution.Resolve(scalar.Value, origin) : ScalarNode.String(scalar.Value, origin);
        }

        // A tag of its own leaves YAML nothing to resolve: behind '!override', 010 and null are text, until interpolation makes a number of the one.
        if (scalar.Tag.Value is "!reset" or "!override")
        {
            return ScalarNode.String(scalar.Value, origin);
        }

        return ScalarTags.Apply(scalar.Tag.Value, scalar.Value, origin)
            ?? throw Fault(scalar, $"Expected a value that fits its tag '{scalar.Tag.Value}', found one that does not.");
    }

    private SequenceNode ReadSequence(Origin origin)
    {
        parser.Consume<SequenceStart>();
        var items = new List<Node>();
        while (!parser.TryConsume<SequenceEnd>(out _))
        {
            _places.Enter("", items.Count);
            items.Add(ReadNode());
            _places.Leave();
        }

        return new SequenceNode(items, origin);
    }

    private Node ReadMapping(Origin origin)
    {
        parser.Consume<MappingStart>();
        var entries = new List<MappingEntry>();
        var keys = new Dictionary<string, Origin>(StringComparer.Ordinal);
        Node? merged = null;
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            ParsingEvent? at = parser.Current;
            (string key, Origin keyOrigin, bool merge) = ReadKey();
            if (!keys.TryAdd(key, keyOrigin))
            {
                throw Fault(at, $"Expected each key once, found '{key}' again (first on line {keys[key].Line}).", "Move what stands below both to one place, or rename one.");
            }

            _places.Enter(key);
            Node value = ReadNode();
            _places.Leave();
            if (merge)
            {
                merged = value;
            }
            else
            {
                entries.Add(new MappingEntry(key, value, keyOrigin));
            }
        }

        var mapping = new MappingNode(merged is null ? entries : MergeKeys.Apply(entries, merged, _budget), origin);
        return merged is TaggedNode { Tag: YamlTag.Override } ? new TaggedNode(YamlTag.Override, mapping) : mapping;
    }

    private (string Key, Origin Origin, bool Merge) ReadKey()
    {
        ParsingEvent? at = parser.Current;
        bool plain = at is Scalar { Style: ScalarStyle.Plain, Tag.IsEmpty: true };
        return ReadNode() is ScalarNode { Kind: ScalarKind.String } key
            ? (key.Text, key.Origin, plain && key.Text == MergeKey)
            : throw Fault(at, "Expected a key that is text, found another value; put it in quotes.");
    }

    private Origin OriginOf(ParsingEvent at) =>
        new(file, (int)at.Start.Line, (int)at.Start.Column)
        {
            EndColumn = at is Scalar && at.End.Line == at.Start.Line ? (int)at.End.Column : 0,
        };

    private ComposeException Fault(ParsingEvent? at, string message, string recommendation = "Mend the line; a YAML-aware editor shows the fault as you type.") =>
        ComposeException.At(
            ComposeErrorId.ComposeFileInvalid,
            message,
            recommendation,
            at is null ? new Origin(file, 1, 1) : OriginOf(at));
}
