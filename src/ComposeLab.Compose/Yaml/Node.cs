namespace ComposeLab.Compose.Yaml;

/// <summary>A value of a Compose file: a scalar, a mapping or a sequence. Nodes never change; every phase builds new ones.</summary>
/// <param name="origin">Where the value was written and what it replaced.</param>
public abstract class Node(Origin origin)
{
    /// <summary>Where the value was written and what it replaced.</summary>
    public Origin Origin { get; } = origin;

    /// <summary>The same value with another origin.</summary>
    /// <param name="origin">The origin of the copy.</param>
    /// <returns>A node that shares this one's children.</returns>
    public abstract Node WithOrigin(Origin origin);
}
