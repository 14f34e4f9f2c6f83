namespace ComposeLab;

/// <summary>A difference between a backup and what was restored from it.</summary>
public sealed class LabDbDifference
{
    /// <summary>What differs.</summary>
    public required LabDbDifferenceKind Kind { get; init; }

    /// <summary>The name of the table, sequence, extension or file, or the kind of objects.</summary>
    public required string Name { get; init; }

    /// <summary>What the manifest describes.</summary>
    public required string Expected { get; init; }

    /// <summary>What was found.</summary>
    public required string Found { get; init; }

    /// <summary>The difference on one line.</summary>
    /// <returns>Kind, name, expected and found.</returns>
    public override string ToString() => Kind == LabDbDifferenceKind.Restore ? Found : $"{Kind} {Name}: expected {Expected}, found {Found}";
}

/// <summary>The subject of a <see cref="LabDbDifference"/>.</summary>
public enum LabDbDifferenceKind
{
    /// <summary>A file of the backup is missing, or has another size or checksum.</summary>
    File,

    /// <summary>The restore reported an error.</summary>
    Restore,

    /// <summary>The encoding of the database.</summary>
    Encoding,

    /// <summary>An extension.</summary>
    Extension,

    /// <summary>A table or its number of rows.</summary>
    Table,

    /// <summary>A sequence or its last value.</summary>
    Sequence,

    /// <summary>The number of large objects.</summary>
    LargeObject,

    /// <summary>The number of other objects of a kind, such as views, indexes or functions.</summary>
    Object,
}
