namespace ComposeLab.Engine.Docker;

/// <summary>The inspection of an image.</summary>
public sealed record ImageDetails
{
    /// <summary>The id, including <c>sha256:</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Its names as <c>repository:tag</c>.</summary>
    public required IReadOnlyList<string> Names { get; init; }

    /// <summary>Its names by content in registries, as <c>repository@sha256:...</c>.</summary>
    public required IReadOnlyList<string> Digests { get; init; }

    /// <summary>When it was created; null if unknown.</summary>
    public required DateTimeOffset? Created { get; init; }

    /// <summary>When it last got a name on this engine, by a pull or a build; null if unknown.</summary>
    public DateTimeOffset? Tagged { get; init; }

    /// <summary>The size in bytes, including layers shared with other images.</summary>
    public required long Size { get; init; }

    /// <summary>The operating system it is for.</summary>
    public required string OperatingSystem { get; init; }

    /// <summary>The processor architecture it is for, in the engine's words.</summary>
    public required string Architecture { get; init; }

    /// <summary>The variant of the architecture; empty if there is none.</summary>
    public required string Variant { get; init; }

    /// <summary>The content ids of its layers, lowest first.</summary>
    public required IReadOnlyList<string> Layers { get; init; }

    /// <summary>The labels.</summary>
    public required IReadOnlyDictionary<string, string> Labels { get; init; }

    /// <summary>Exposed ports, as <c>80/tcp</c>.</summary>
    public required IReadOnlyList<string> ExposedPorts { get; init; }

    /// <summary>Whether it has a healthcheck.</summary>
    public required bool HasHealthcheck { get; init; }


    /// <summary>Its environment, as <c>KEY=value</c>.</summary>
    public required IReadOnlyList<string> Environment { get; init; }

    /// <summary>The paths it declares as volumes.</summary>
    public required IReadOnlyList<string> Volumes { get; init; }

    /// <summary>The user its process runs as; empty for root.</summary>
    public required string User { get; init; }
}

/// <summary>An image in a list.</summary>
public sealed record ImageSummary
{
    /// <summary>The id, including <c>sha256:</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Its names as <c>repository:tag</c>; empty if it has none.</summary>
    public required IReadOnlyList<string> Names { get; init; }

    /// <summary>When it was created.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>The size in bytes, including layers shared with other images.</summary>
    public required long Size { get; init; }

    /// <summary>The labels.</summary>
    public required IReadOnlyDictionary<string, string> Labels { get; init; }
}

/// <summary>One history entry of an image.</summary>
/// <param name="Created">When it ran.</param>
/// <param name="Instruction">The instruction, as the engine reports it.</param>
/// <param name="Size">Bytes it added; 0 for steps without a layer.</param>
/// <param name="Comment">The builder's comment.</param>
public sealed record ImageHistoryStep(DateTimeOffset Created, string Instruction, long Size, string Comment);
