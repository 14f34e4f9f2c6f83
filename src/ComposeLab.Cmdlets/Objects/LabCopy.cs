namespace ComposeLab;

/// <summary>Files that were copied from or into a container.</summary>
public sealed class LabCopy
{
    /// <summary>The project.</summary>
    public required string ProjectName { get; init; }

    /// <summary>The service.</summary>
    public required string Service { get; init; }

    /// <summary>The container's name.</summary>
    public required string Container { get; init; }

    /// <summary>What was copied.</summary>
    public required string Source { get; init; }

    /// <summary>Where it was copied to.</summary>
    public required string Destination { get; init; }

    /// <summary>The number of files and links.</summary>
    public required int Files { get; init; }

    /// <summary>The bytes of the files.</summary>
    public required long Size { get; init; }

    /// <summary>How long it took.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>The copy on one line.</summary>
    /// <returns>Source and destination.</returns>
    public override string ToString() => $"{Source} -> {Destination}";
}
