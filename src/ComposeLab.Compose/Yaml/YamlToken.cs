namespace ComposeLab.Compose.Yaml;

/// <summary>A place in a text.</summary>
/// <param name="Index">Its offset, from 0.</param>
/// <param name="Line">Its line, from 1.</param>
/// <param name="Column">Its column, from 1.</param>
internal readonly record struct Mark(int Index, int Line, int Column);

/// <summary>What the scanner makes of a piece of text.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Start">Where it begins.</param>
/// <param name="End">Where it ends.</param>
internal readonly record struct YamlToken(TokenKind Kind, Mark Start, Mark End)
{
    /// <summary>The text of a scalar, the name of an anchor or alias, the handle of a tag, the version of a <c>%YAML</c> directive.</summary>
    public string Text { get; init; } = "";

    /// <summary>The end of a tag behind its handle, or the prefix that a <c>%TAG</c> directive gives to a handle.</summary>
    public string Suffix { get; init; } = "";

    /// <summary>Whether a scalar is plain: neither quoted nor a block.</summary>
    public bool IsPlain { get; init; }
}

/// <summary>The kinds of tokens, as YAML's specification names them.</summary>
internal enum TokenKind
{
    StreamEnd,
    VersionDirective,
    TagDirective,
    DocumentStart,
    DocumentEnd,
    BlockSequenceStart,
    BlockMappingStart,
    BlockEnd,
    FlowSequenceStart,
    FlowSequenceEnd,
    FlowMappingStart,
    FlowMappingEnd,
    BlockEntry,
    FlowEntry,
    Key,
    Value,
    Alias,
    Anchor,
    Tag,
    Scalar,
}

/// <summary>The text is not YAML.</summary>
/// <param name="found">What is wrong, to complete "expected valid YAML, found ...".</param>
/// <param name="advice">What to do.</param>
/// <param name="start">Where it is.</param>
/// <param name="end">Where it ends.</param>
internal sealed class YamlSyntaxException(string found, string advice, Mark start, Mark end) : Exception(found)
{
    /// <summary>What to do.</summary>
    public string Advice { get; } = advice;

    /// <summary>Where it is.</summary>
    public Mark Start { get; } = start;

    /// <summary>Where it ends.</summary>
    public Mark End { get; } = end;
}
