namespace ComposeLab;

/// <summary>An image of a stack.</summary>
public sealed class LabImage
{
    /// <summary>The project.</summary>
    public required string ProjectName { get; init; }

    /// <summary>The name of the image; its id if it has no name.</summary>
    public required string Image { get; init; }

    /// <summary>The id of the image.</summary>
    public required string ImageId { get; init; }

    /// <summary>The digest with which the registry knows the image; null if it was never pulled or pushed.</summary>
    public string? Digest { get; init; }

    /// <summary>The digest that the registry has now; null without -Outdated.</summary>
    public string? RegistryDigest { get; init; }

    /// <summary>The platform that the image is for.</summary>
    public required string Platform { get; init; }

    /// <summary>When the image was created; null if unknown.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>The size in bytes of the unpacked layers, including layers that it shares with other images.</summary>
    public required long Size { get; init; }

    /// <summary>The size in bytes of the compressed content, which is what a pull transfers; null if the engine's image store does not keep it.</summary>
    public long? ContentSize { get; init; }

    /// <summary>The services of the project that use it.</summary>
    public required IReadOnlyList<string> Services { get; init => field = Indexable.Of(value); }

    /// <summary>The containers of all stacks that use it.</summary>
    public required IReadOnlyList<string> UsedBy { get; init => field = Indexable.Of(value); }

    /// <summary>The name of the image.</summary>
    /// <returns>The name.</returns>
    public override string ToString() => Image;
}

/// <summary>An image that was pulled or pushed.</summary>
public sealed class LabImageTransfer
{
    /// <summary>The project.</summary>
    public required string ProjectName { get; init; }

    /// <summary>The name of the image.</summary>
    public required string Image { get; init; }

    /// <summary>The services that use it.</summary>
    public required IReadOnlyList<string> Services { get; init => field = Indexable.Of(value); }

    /// <summary>What happened.</summary>
    public required LabTransferResult Result { get; init; }

    /// <summary>Why the image was skipped, or why the transfer failed; empty otherwise.</summary>
    public required string Reason { get; init; }

    /// <summary>Whether a pull replaced the image on the engine, or was the first one.</summary>
    public required bool IsChanged { get; init; }

    /// <summary>The id of the image on the engine; empty if it does not exist there.</summary>
    public required string ImageId { get; init; }

    /// <summary>The digest with which the registry knows the image; null if it was never pulled or pushed.</summary>
    public string? Digest { get; init; }

    /// <summary>The image and the result.</summary>
    /// <returns>Both, separated by a space.</returns>
    public override string ToString() => $"{Image} {Result}";
}

/// <summary>The results of a pull or push.</summary>
public enum LabTransferResult
{
    /// <summary>The engine has the image of the registry.</summary>
    Pulled,

    /// <summary>The registry has the image of the engine.</summary>
    Pushed,

    /// <summary>There was nothing to do.</summary>
    Skipped,

    /// <summary>The transfer failed.</summary>
    Failed,
}
