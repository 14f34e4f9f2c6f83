namespace ComposeLab.Engine.Docker;

/// <summary>An image as an inspection shows it.</summary>
public sealed record ImageDetails
{
    /// <summary>The id, with its <c>sha256:</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Its names as <c>repository:tag</c>.</summary>
    public required IReadOnlyList<string> Names { get; init; }

    /// <summary>Its names by content in registries, as <c>repository@sha256:...</c>.</summary>
    public required IReadOnlyList<string> Digests { get; init; }

    /// <summary>When it was made; null where it does not say.</summary>
    public required DateTimeOffset? Created { get; init; }

    /// <summary>When it last got a name on this engine, by a pull or a build; null where the engine does not say.</summary>
    public DateTimeOffset? Tagged { get; init; }

    /// <summary>Bytes, layers shared with other images included.</summary>
    public required long Size { get; init; }

    /// <summary>The operating system it is for.</summary>
    public required string OperatingSystem { get; init; }

    /// <summary>The processor architecture it is for, in the engine's words.</summary>
    public required string Architecture { get; init; }

    /// <summary>The variant of the architecture; empty where there is none.</summary>
    public required string Variant { get; init; }

    /// <summary>The content ids of its layers, lowest first.</summary>
    public required IReadOnlyList<string> Layers { get; init; }

    /// <summary>The labels.</summary>
    public required IReadOnlyDictionary<string, string> Labels { get; init; }

    /// <summary>Ports it tells others about, as <c>80/tcp</c>.</summary>
    public required IReadOnlyList<string> ExposedPorts { get; init; }

    /// <summary>Whether it brings a healthcheck.</summary>
    public required bool HasHealthcheck { get; init; }


    /// <summary>The environment it brings, as <c>KEY=value</c>.</summary>
    public required IReadOnlyList<string> Environment { get; init; }

    /// <summary>The paths it declares as volumes.</summary>
    public required IReadOnlyList<string> Volumes { get; init; }

    /// <summary>The user its process runs as; empty is root.</summary>
    public required string User { get; init; }
}

/// <summary>An image as a listing shows it.</summary>
public sealed record ImageSummary
{
    /// <summary>The id, with its <c>sha256:</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Its names as <c>repository:tag</c>; empty where it has none.</summary>
    public required IReadOnlyList<string> Names { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>Bytes, layers shared with other images included.</summary>
    public required long Size { get; init; }

    /// <summary>The labels.</summary>
    public required IReadOnlyDictionary<string, string> Labels { get; init; }
}

/// <summary>One step an image was made of.</summary>
/// <param name="Created">When it ran.</param>
/// <param name="Instruction">The instruction in the engine's words.</param>
/// <param name="Size">Bytes it added; 0 for steps that only describe.</param>
/// <param name="Comment">The builder's note.</param>
public sealed record ImageHistoryStep(DateTimeOffset Created, string Instruction, long Size, string Comment);
