using ComposeLab.Compose.Yaml;
using ComposeLab.Projects;

namespace ComposeLab;

/// <summary>
/// A mapping of a merged config. Its keys are properties of the object that the pipeline sees; this is what stands behind them and knows where each value
/// comes from.
/// </summary>
public sealed class LabConfig
{
    private readonly MappingNode _node;
    private readonly string _path;

    private readonly IReadOnlyDictionary<string, object?> _values;

    internal LabConfig(MappingNode node, string path, IReadOnlyDictionary<string, object?> values)
    {
        _node = node;
        _path = path;
        _values = values;
    }

    /// <summary>The value of a key, told apart from keys that differ in case only; null when the key is absent.</summary>
    /// <param name="key">The key.</param>
    public object? this[string key] => _values.GetValueOrDefault(key);

    /// <summary>Where this mapping comes from.</summary>
    /// <returns>Its origin.</returns>
    public LabOrigin OriginOf() => ConfigOrigins.Of(_node.Origin, _path);

    /// <summary>Where a value comes from.</summary>
    /// <param name="path">Its path from here, such as <c>services.api.ports[0].published</c>; keys may hold dots themselves.</param>
    /// <returns>Its origin; null when there is no such value.</returns>
    public LabOrigin? OriginOf(string path) => ConfigOrigins.Find(_node, path) is { } origin
        ? ConfigOrigins.Of(origin, _path.Length == 0 || path.StartsWith('[') ? _path + path : $"{_path}.{path}")
        : null;
}

/// <summary>A place at which two merged configs differ.</summary>
public sealed class LabConfigDifference
{
    /// <summary>The service; null for what belongs to none.</summary>
    public string? Service { get; init; }

    /// <summary>The place in the merged config, such as services.db.ports[5432/tcp].</summary>
    public required string Path { get; init; }

    /// <summary>How they differ.</summary>
    public required LabDifferenceKind Kind { get; init; }

    /// <summary>The value of the reference; null when it has none. Secrets are masked unless they were asked for.</summary>
    public string? Left { get; init; }

    /// <summary>The value of the other one; null when it has none. Secrets are masked unless they were asked for.</summary>
    public string? Right { get; init; }

    /// <summary>Where the left value comes from; null when no file gives it.</summary>
    public LabSourceLocation? LeftOrigin { get; init; }

    /// <summary>Where the right value comes from; null when no file gives it.</summary>
    public LabSourceLocation? RightOrigin { get; init; }

    /// <summary>The difference on one line.</summary>
    /// <returns>The path and both values.</returns>
    public override string ToString() => $"{Path}: {Left ?? "(nothing)"} -> {Right ?? "(nothing)"}";
}

/// <summary>How two configs differ at a place.</summary>
public enum LabDifferenceKind
{
    /// <summary>Both have a value, but not the same.</summary>
    Changed,

    /// <summary>Only the right one has a value.</summary>
    Added,

    /// <summary>Only the left one has a value.</summary>
    Removed,
}

/// <summary>Where a value of a merged config comes from.</summary>
public sealed class LabOrigin
{
    /// <summary>The value's place in the merged config, such as <c>services.api.ports[0].published</c>.</summary>
    public required string Path { get; init; }

    /// <summary>The file as its path was given; null when no file holds the value.</summary>
    public string? File { get; init; }

    /// <summary>Line, from 1; 0 when no file holds the value.</summary>
    public int Line { get; init; }

    /// <summary>Column, from 1; 0 when no file holds the value.</summary>
    public int Column { get; init; }

    /// <summary>Who gave a value that no file holds: <c>default</c> (the specification), <c>given</c> (a parameter), <c>environment</c>, <c>folder</c>; else
    /// <c>file</c>.</summary>
    public required string Source { get; init; }

    /// <summary>The values that this one replaced, the latest first.</summary>
    public required IReadOnlyList<LabOrigin> Replaced { get; init => field = Indexable.Of(value); }

    /// <summary>The variables that were interpolated into the value.</summary>
    public required IReadOnlyList<LabVariableUse> Variables { get; init => field = Indexable.Of(value); }

    /// <summary>The place in the form that editors and terminals make clickable.</summary>
    /// <returns><c>file:line:column</c>, or the source.</returns>
    public override string ToString() => File is null ? Source : $"{File}:{Line}:{Column}";
}

/// <summary>The forms in which a merged config is written as text.</summary>
public enum MergedConfigFormat
{
    /// <summary>YAML, as docker compose config writes it.</summary>
    Yaml,

    /// <summary>JSON, as docker compose config --format json writes it.</summary>
    Json,
}
