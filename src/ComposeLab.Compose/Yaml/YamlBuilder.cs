using ComposeLab.Compose.Diagnostics;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using Tokens = YamlDotNet.Core.Tokens;

namespace ComposeLab.Compose.Yaml;

/// <summary>Builds nodes from the parser's events: with limits for their number, their depth, and what aliases add.</summary>
/// <param name="text">The text.</param>
/// <param name="file">The file's path as given.</param>
/// <param name="token">Cancels the work.</param>
internal sealed partial class YamlBuilder(string text, string file, CancellationToken token)
{
    private const string FixLine = "Fix the line; an editor with YAML support shows the fault as you type.";

    private readonly YamlEvents _events = new(text);
    private readonly Dictionary<string, Node?> _anchors = new(StringComparer.Ordinal);
    private readonly AliasBudget _budget = new();
    private AliasPlaces _places = new();
    private bool _tagged;
    private int _depth;
    private int _nodes;
    private int _values;

    /// <summary>Reads all documents.</summary>
    /// <exception cref="YamlSyntaxException">The text is not YAML.</exception>
    /// <exception cref="ComposeException">The text is YAML, but exceeds a limit or is not allowed in a Compose file.</exception>
    public IReadOnlyList<YamlDocument> ReadDocuments()
    {
        var documents = new List<YamlDocument>();
        _events.Next();
        while (_events.NextDocument(isFirst: documents.Count == 0))
        {
            _anchors.Clear();
            _places = new AliasPlaces();
            _tagged = false;
            _values = 0;
            Node root = ReadNode(_events.Next());
            _events.EndDocument();
            documents.Add(_tagged ? TagExtraction.Extract(root) : new YamlDocument(root, []));
        }

        return documents;
    }

    private Node ReadNode(ParsingEvent start, bool isKey = false)
    {
        token.ThrowIfCancellationRequested();
        _nodes++;
        if (IsAbsent(start))
        {
            return ScalarNode.Null(OriginOf(start.Start));
        }

        if (_nodes > YamlLimits.Nodes || (!isKey && ++_values > YamlLimits.Values))
        {
            throw Fault(start, $"The file has more than {YamlLimits.Values} values.", "Split it into several files and use 'include'.");
        }

        if (start is AnchorAlias alias)
        {
            return Resolve(alias);
        }

        var content = (NodeEvent)start;
        string? anchor = content.Anchor.IsEmpty ? null : content.Anchor.Value;
        if (anchor is not null)
        {
            // Known but incomplete: an alias to it from inside would be endless.
            _anchors[anchor] = null;
        }

        string? tag = content.Tag.IsEmpty ? null : TagText.Unescape(content.Tag.Value);
        Node node = Tagged(tag, content is Scalar scalar ? ReadScalar(scalar, tag) : ReadCollection(content));
        if (anchor is not null)
        {
            _anchors[anchor] = node;
        }

        return node;
    }

    private Node ReadCollection(NodeEvent start)
    {
        // The event of a pair in square brackets has no position; its key has one.
        Tokens.Key? pair = start is MappingStart && start.Start == Mark.Empty && _events.Used is Tokens.Key { Start.Index: > 0 } key ? key : null;
        Origin origin = OriginOf(pair?.Start ?? start.Start);
        if (++_depth > YamlLimits.Depth)
        {
            throw ComposeException.At(ComposeErrorId.ComposeFileInvalid, $"The file has more than {YamlLimits.Depth} nested collections.", FixLine, origin);
        }

        Node node = (start, _events.Upcoming) switch
        {
            _ when pair is not null => ReadPair(origin, pair),
            (SequenceStart, Tokens.FlowSequenceStart bracket) => ReadFlowSequence(origin, bracket),
            (SequenceStart, Tokens.BlockSequenceStart first) => ReadBlockSequence(origin, first),
            (SequenceStart, _) => ReadIndentlessSequence(origin),
            (_, Tokens.FlowMappingStart bracket) => ReadFlowMapping(origin, bracket),
            (_, var first) => ReadBlockMapping(origin, first),
        };
        _depth--;
        return node;
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

    private Node Resolve(AnchorAlias alias)
    {
        string name = alias.Value.Value;
        if (!_anchors.TryGetValue(name, out Node? node))
        {
            throw Fault(alias, $"The anchor '&{name}' of this alias is not defined before it.");
        }

        if (node is null)
        {
            throw Fault(alias, $"The alias '*{name}' contains itself.");
        }

        if (!_places.TryUse(node))
        {
            throw Fault(
                alias,
                $"'*{name}' is used at a place and below it, which docker compose reports as a cycle.",
                "Write the value explicitly at one of the two places.");
        }

        // The tag of an aliased value also applies where the alias is used.
        Node aliased = node is TaggedNode tagged ? new TaggedNode(tagged.Tag, tagged.Value) : node;
        return _budget.TrySpend(node) ? aliased : throw Fault(alias, "The document is too large: its aliases multiply its size.");
    }

    private ScalarNode ReadScalar(Scalar scalar, string? tag)
    {
        Origin origin = IsEmpty(scalar) ? OriginOf(scalar.Start) : OriginOf(scalar.Start, scalar.End);
        return tag switch
        {
            null => scalar.Style == ScalarStyle.Plain ? ScalarResolution.Resolve(scalar.Value, origin) : ScalarNode.String(scalar.Value, origin),
            // A custom tag disables the type resolution of YAML: after '!override', 010 and null are strings, until interpolation converts the first to a number.
            "!reset" or "!override" => ScalarNode.String(scalar.Value, origin),
            _ => ScalarTags.Apply(tag, scalar.Value, origin) ?? throw Unfitting(scalar, tag),
        };
    }

    private ComposeException Unfitting(Scalar scalar, string tag)
    {
        Mark start = _events.Used is Tokens.Scalar { Value.Length: > 0 } written ? written.Start : scalar.Start;
        Mark end = IsEmpty(scalar) ? start : scalar.End;
        return ComposeException.At(
            ComposeErrorId.ComposeFileInvalid, $"The value does not match its tag '{tag}'.", FixLine, OriginOf(start, end));
    }

    private static bool IsEmpty(Scalar scalar) => scalar is { Style: ScalarStyle.Plain, Value.Length: 0 };

    private static bool IsAbsent(ParsingEvent start) => start is Scalar { Anchor.IsEmpty: true, Tag.IsEmpty: true } scalar && IsEmpty(scalar);

    private bool BeginsLine(Mark mark) => text.AsSpan((int)(mark.Index - mark.Column + 1), (int)mark.Column - 1).IsWhiteSpace();

    private Origin OriginOf(Mark mark) => new(file, (int)mark.Line, (int)mark.Column);

    private Origin OriginOf(Mark start, Mark end) => new(file, (int)start.Line, (int)start.Column) { EndColumn = end.Line == start.Line ? (int)end.Column : 0 };

    private ComposeException Fault(ParsingEvent at, string message, string recommendation = FixLine) =>
        ComposeException.At(ComposeErrorId.ComposeFileInvalid, message, recommendation, OriginOf(at.Start, at is Scalar scalar && IsEmpty(scalar) ? _events.Used!.End : at.End));

    private ComposeException NoKey(Tokens.Token at) =>
        ComposeException.At(ComposeErrorId.ComposeFileInvalid, "A key must be text.", FixLine, OriginOf(at.Start, at.End));
}
