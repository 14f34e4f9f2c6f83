namespace ComposeLab;

/// <summary>A kind of object that an engine keeps although nothing uses it.</summary>
public enum LabUnusedKind
{
    /// <summary>Containers that do not run. Those of a stack that is running are kept.</summary>
    Container,

    /// <summary>Networks of no container.</summary>
    Network,

    /// <summary>Images without a name: a newer build or pull has replaced them.</summary>
    DanglingImage,

    /// <summary>All images that no container uses, with or without a name.</summary>
    Image,

    /// <summary>Volumes without a name, which containers left behind. Their data is lost.</summary>
    AnonymousVolume,

    /// <summary>Volumes with a name. Their data is lost.</summary>
    Volume,

    /// <summary>The build cache that no build is using.</summary>
    BuildCache,
}

/// <summary>What was removed from an engine.</summary>
public sealed class LabCleanup
{
    /// <summary>The engine.</summary>
    public required string Engine { get; init; }

    /// <summary>The number of removed objects.</summary>
    public int Count => Removed.Count;

    /// <summary>The freed space in bytes, at least: layers that images share are not counted.</summary>
    public required long FreedSize { get; init; }

    /// <summary>The number of objects that could not be removed; each was an error.</summary>
    public required int Failed { get; init; }

    /// <summary>The removed objects.</summary>
    public required IReadOnlyList<LabRemovedObject> Removed { get; init => field = Indexable.Of(value); }

    /// <summary>Says it in one line.</summary>
    /// <returns>The engine, the number of objects and the space.</returns>
    public override string ToString() => $"{Engine}: {Count} removed, {Formatting.ByteText.Of(FreedSize)}";
}

/// <summary>An object that was removed from an engine.</summary>
public sealed class LabRemovedObject
{
    /// <summary>Its kind.</summary>
    public required LabUnusedKind Kind { get; init; }

    /// <summary>Its name; the first digits of the id if it has none.</summary>
    public required string Name { get; init; }

    /// <summary>The Compose project it belonged to; null for none.</summary>
    public string? ProjectName { get; init; }

    /// <summary>When it was created; for the build cache, when it was last used. Null if unknown.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>What its removal freed at least, in bytes.</summary>
    public required long Size { get; init; }

    /// <summary>Names the object.</summary>
    /// <returns>The kind and the name.</returns>
    public override string ToString() => $"{Kind} {Name}";
}
