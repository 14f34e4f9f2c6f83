namespace ComposeLab.Engine.Docker;

/// <summary>How an image is built, wherever its Dockerfile and its context come from.</summary>
public record ImageBuildOptions
{
    /// <summary>The names the image gets, the first being the one it is known by.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>Build arguments; a null value leaves the Dockerfile's own. May hold secrets.</summary>
    public IReadOnlyDictionary<string, string?> Arguments { get; init; } = new Dictionary<string, string?>();

    /// <summary>The image's labels.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>The stage to build; null is the last one.</summary>
    public string? Target { get; init; }

    /// <summary>The platform as <c>os/arch[/variant]</c>; null is the engine's own.</summary>
    public string? Platform { get; init; }

    /// <summary>Images whose layers may serve as cache.</summary>
    public IReadOnlyList<string> CacheFrom { get; init; } = [];

    /// <summary>Whether every step runs although it is cached.</summary>
    public bool NoCache { get; init; }

    /// <summary>Whether base images are fetched although they are there.</summary>
    public bool Pull { get; init; }

    /// <summary>The network of the steps; null is the engine's default.</summary>
    public string? Network { get; init; }

    /// <summary>Extra lines of the hosts file during steps, as <c>name:address</c>.</summary>
    public IReadOnlyList<string> ExtraHosts { get; init; } = [];

    /// <summary>Size of /dev/shm during steps, in bytes.</summary>
    public long? ShmBytes { get; init; }
}

/// <summary>What the engine is asked to build.</summary>
/// <param name="Dockerfile">The Dockerfile's path inside the context that is sent.</param>
/// <param name="Options">How it is built.</param>
/// <param name="UseBuildKit">Whether the engine's BuildKit builds; otherwise its classic builder.</param>
public sealed record ImageBuildRequest(string Dockerfile, ImageBuildOptions Options, bool UseBuildKit = true);
