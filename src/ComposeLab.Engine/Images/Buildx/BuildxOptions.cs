namespace ComposeLab.Engine.Images.Buildx;

/// <summary>The settings of a build that only the docker-buildx plugin can honor.</summary>
public sealed record BuildxOptions
{
    /// <summary>The secrets that steps can mount.</summary>
    public IReadOnlyList<BuildxSecret> Secrets { get; init; } = [];

    /// <summary>The ssh agents and keys that steps can mount, as <c>id</c> or <c>id=path</c>.</summary>
    public IReadOnlyList<string> Ssh { get; init; } = [];

    /// <summary>Further contexts that are folders or URLs, by their names in the Dockerfile.</summary>
    public IReadOnlyDictionary<string, string> Contexts { get; init; } = new Dictionary<string, string>();

    /// <summary>Sources of the cache, as the plugin takes them.</summary>
    public IReadOnlyList<string> CacheFrom { get; init; } = [];

    /// <summary>Targets of the cache, as the plugin takes them.</summary>
    public IReadOnlyList<string> CacheTo { get; init; } = [];

    /// <summary>The platforms; one or none is that of <see cref="Docker.ImageBuildOptions.Platform"/>.</summary>
    public IReadOnlyList<string> Platforms { get; init; } = [];

    /// <summary>The privileges of the steps: <c>network.host</c>, <c>security.insecure</c>.</summary>
    public IReadOnlyList<string> Entitlements { get; init; } = [];

    /// <summary>The process limits of the steps, as <c>name=soft:hard</c>.</summary>
    public IReadOnlyList<string> Ulimits { get; init; } = [];

    /// <summary>The provenance attestation: <c>true</c>, <c>false</c> or <c>mode=max</c>; null for the builder's default.</summary>
    public string? Provenance { get; init; }

    /// <summary>The attestation of the image's software: <c>true</c>, <c>false</c> or <c>generator=IMAGE</c>; null for none.</summary>
    public string? Sbom { get; init; }

    /// <summary>The builder; null for the current one.</summary>
    public string? Builder { get; init; }

    /// <summary>Whether the builder itself pushes the image. An image of several platforms may exist only there.</summary>
    public bool Push { get; init; }
}

/// <summary>A secret of a build.</summary>
/// <param name="Id">The id that a step mounts.</param>
/// <param name="File">The file with the content; null if <paramref name="Value"/> is the content.</param>
/// <param name="Value">The content; never an argument of a program.</param>
public sealed record BuildxSecret(string Id, string? File, string? Value);
