namespace ComposeLab;

/// <summary>A backup of a volume.</summary>
public sealed class LabVolumeBackup
{
    /// <summary>The project.</summary>
    public required string ProjectName { get; init; }

    /// <summary>The name of the volume on the engine.</summary>
    public required string Volume { get; init; }

    /// <summary>The archive. Its manifest has the same name with .json at the end.</summary>
    public required string File { get; init; }

    /// <summary>The size of the archive, in bytes.</summary>
    public required long Size { get; init; }

    /// <summary>The size of the files in it, in bytes, with the headers of the archive.</summary>
    public required long ContentSize { get; init; }

    /// <summary>The SHA-256 checksum of the archive, in hexadecimal.</summary>
    public required string Checksum { get; init; }

    /// <summary>Whether no container could write to the volume meanwhile.</summary>
    public required bool IsConsistent { get; init; }

    /// <summary>When the backup was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The archive.</summary>
    /// <returns>Its path.</returns>
    public override string ToString() => File;
}
