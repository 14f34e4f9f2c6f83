namespace ComposeLab;

/// <summary>A service's image under one lab profile beside its image under another.</summary>
public sealed class LabImageDifference
{
    /// <summary>The project's name; piped into a cmdlet for stacks it says which one is meant.</summary>
    public required string ProjectName { get; init; }

    /// <summary>The service.</summary>
    public required string Service { get; init; }

    /// <summary>The lab profile that is looked at.</summary>
    public required string Profile { get; init; }

    /// <summary>The image under that profile; null where the service is not part of it.</summary>
    public required string? Image { get; init; }

    /// <summary>Its bytes; null where the engine does not have it.</summary>
    public required long? Size { get; init; }

    /// <summary>The lab profile it is compared with.</summary>
    public required string ReferenceProfile { get; init; }

    /// <summary>The image under that profile; null where the service is not part of it.</summary>
    public required string? ReferenceImage { get; init; }

    /// <summary>Its bytes; null where the engine does not have it.</summary>
    public required long? ReferenceSize { get; init; }

    /// <summary>How many bytes the image is larger than the other; null where one is missing.</summary>
    public long? Difference => Size - ReferenceSize;

    /// <summary>The layers the image has and the other has not, lowest first.</summary>
    public required IReadOnlyList<LabImageLayer> OnlyHere { get; init => field = Indexable.Of(value); }

    /// <summary>The bytes of <see cref="OnlyHere"/>.</summary>
    public long OnlyHereSize => OnlyHere.Sum(layer => layer.Size);

    /// <summary>Names the comparison, for messages.</summary>
    /// <returns>The service and both profiles.</returns>
    public override string ToString() => $"{Service}: {Profile} beside {ReferenceProfile}";
}
