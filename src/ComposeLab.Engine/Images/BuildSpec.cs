using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Images.Buildx;

namespace ComposeLab.Engine.Images;

/// <summary>One image to build.</summary>
public sealed record BuildSpec : ImageBuildOptions
{
    /// <summary>The service that uses the image, or null.</summary>
    public string? Service { get; init; }

    /// <summary>The context's directory, absolute. Only docker-buildx also takes a URL.</summary>
    public required string Context { get; init; }

    /// <summary>The Dockerfile, absolute or relative to the context.</summary>
    public string Dockerfile { get; init; } = "Dockerfile";

    /// <summary>The Dockerfile's text, instead of a file.</summary>
    public string? DockerfileInline { get; init; }

    /// <summary>The images with additional names in the Dockerfile (<c>additional_contexts</c>), by these names.</summary>
    public IReadOnlyDictionary<string, string> ContextImages { get; init; } = new Dictionary<string, string>();

    /// <summary>The stages whose commands run even if their results are cached (<c>no_cache_filter</c>).</summary>
    public IReadOnlyList<string> NoCacheStages { get; init; } = [];

    /// <summary>What only docker-buildx honors.</summary>
    public BuildxOptions Buildx { get; init; } = new();

    /// <summary>Whether docker-buildx builds the image, because the engine's build API cannot.</summary>
    public bool NeedsBuildx { get; init; }

    /// <summary>Whether the builder fetches the context.</summary>
    internal bool HasRemoteContext => ContextSource.IsRemote(Context);

    /// <summary>Its name in messages.</summary>
    internal string Title => Service is { } service ? $"service {service}" : Names.Count > 0 ? Names[0] : Context;
}
