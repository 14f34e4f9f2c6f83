using ComposeLab.Compose.Yaml;
using ComposeLab.Projects;

namespace ComposeLab;

/// <summary>
/// A mapping of a merged configuration. Its keys are properties of the object in the pipeline. This is the object behind them, which knows the source of each value.
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

    /// <summary>The value of a key; keys that differ only in case are distinguished; null if the key does not exist.</summary>
    /// <param name="key">The key.</param>
    public object? this[string key] => _values.GetValueOrDefault(key);

    /// <summary>Where this mapping comes from.</summary>
    /// <returns>Its origin.</returns>
    public LabOrigin OriginOf() => ConfigOrigins.Of(_node.Origin, _path);

    /// <summary>Where a value comes from.</summary>
    /// <param name="path">Its path from here, such as <c>services.api.ports[0].published</c>; keys may contain dots.</param>
    /// <returns>Its origin; null if the value does not exist.</returns>
    public LabOrigin? OriginOf(string path) => ConfigOrigins.Find(_node, path) is { } origin
        ? ConfigOrigins.Of(origin, _path.Length == 0 || path.StartsWith('[') ? _path + path : $"{_path}.{path}")
        : null;
}

/// <summary>A difference between two merged configurations.</summary>
public sealed class LabConfigDifference
{
    /// <summary>The service; null if there is none.</summary>
    public string? Service { get; init; }

    /// <summary>The place in the merged configuration, such as services.db.ports[5432/tcp].</summary>
    public required string Path { get; init; }

    /// <summary>The kind of difference.</summary>
    public required LabDifferenceKind Kind { get; init; }

    /// <summary>The value of the reference; null if it has none. Secrets are masked unless -ShowSecret was specified.</summary>
    public string? ReferenceValue { get; init; }

    /// <summary>The value of the other configuration; null if it has none. Secrets are masked unless -ShowSecret was specified.</summary>
    public string? DifferenceValue { get; init; }

    /// <summary>The source of the value of the reference; null if it is in no file.</summary>
    public LabSourceLocation? ReferenceOrigin { get; init; }

    /// <summary>The source of the value of the other configuration; null if it is in no file.</summary>
    public LabSourceLocation? DifferenceOrigin { get; init; }

    /// <summary>The difference on one line.</summary>
    /// <returns>The path and both values.</returns>
    public override string ToString() => $"{Path}: {ReferenceValue ?? "(nothing)"} -> {DifferenceValue ?? "(nothing)"}";
}

/// <summary>How two configurations differ at a place.</summary>
public enum LabDifferenceKind
{
    /// <summary>Both have a value, but not the same.</summary>
    Changed,

    /// <summary>Only the other configuration has a value.</summary>
    Added,

    /// <summary>Only the reference has a value.</summary>
    Removed,
}

/// <summary>The source of a value in a merged configuration.</summary>
public sealed class LabOrigin
{
    /// <summary>The place of the value in the merged configuration, such as <c>services.api.ports[0].published</c>.</summary>
    public required string Path { get; init; }

    /// <summary>The file, with its path as specified; null if the value is in no file.</summary>
    public string? File { get; init; }

    /// <summary>Line, from 1; 0 if the value is in no file.</summary>
    public int Line { get; init; }

    /// <summary>Column, from 1; 0 if the value is in no file.</summary>
    public int Column { get; init; }

    /// <summary>The source of a value that is in no file: <c>default</c> (the specification), <c>given</c> (a parameter), <c>environment</c>, <c>folder</c>;
    /// otherwise <c>file</c>.</summary>
    public required string Source { get; init; }

    /// <summary>The values that this one replaced, most recent first.</summary>
    public required IReadOnlyList<LabOrigin> Replaced { get; init => field = Indexable.Of(value); }

    /// <summary>The variables that were interpolated into the value.</summary>
    public required IReadOnlyList<LabVariableUse> Variables { get; init => field = Indexable.Of(value); }

    /// <summary>The place in the form that editors and terminals make clickable.</summary>
    /// <returns><c>file:line:column</c>, or the source.</returns>
    public override string ToString() => File is null ? Source : $"{File}:{Line}:{Column}";
}

/// <summary>The text formats of a merged configuration.</summary>
public enum MergedConfigFormat
{
    /// <summary>YAML, like docker compose config.</summary>
    Yaml,

    /// <summary>JSON, like docker compose config --format json.</summary>
    Json,
}
