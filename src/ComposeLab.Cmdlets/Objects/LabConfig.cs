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
