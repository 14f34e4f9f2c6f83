namespace ComposeLab.Engine.Docker;

/// <summary>The build settings of an image, independent of its Dockerfile and context.</summary>
public record ImageBuildOptions
{
    /// <summary>The names of the image; the first is the main name.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>Build arguments; a null value keeps the Dockerfile's value. May contain secrets.</summary>
    public IReadOnlyDictionary<string, string?> Arguments { get; init; } = new Dictionary<string, string?>();

    /// <summary>The image's labels.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>The stage to build; null for the last one.</summary>
    public string? Target { get; init; }

    /// <summary>The platform as <c>os/arch[/variant]</c>; null for that of the engine.</summary>
    public string? Platform { get; init; }

    /// <summary>Images with layers that can be used as cache.</summary>
    public IReadOnlyList<string> CacheFrom { get; init; } = [];

    /// <summary>Whether every step runs even if it is cached.</summary>
    public bool NoCache { get; init; }

    /// <summary>Whether base images are pulled even if they exist.</summary>
    public bool Pull { get; init; }

    /// <summary>The network of the steps; null for the engine's default.</summary>
    public string? Network { get; init; }

    /// <summary>Extra lines of the hosts file during steps, as <c>name:address</c>.</summary>
    public IReadOnlyList<string> ExtraHosts { get; init; } = [];

    /// <summary>Size of /dev/shm during steps, in bytes.</summary>
    public long? ShmBytes { get; init; }
}

/// <summary>A build request.</summary>
/// <param name="Dockerfile">The Dockerfile's path inside the context that is sent.</param>
/// <param name="Options">How it is built.</param>
/// <param name="UseBuildKit">Whether the engine's BuildKit builds; otherwise its classic builder.</param>
public sealed record ImageBuildRequest(string Dockerfile, ImageBuildOptions Options, bool UseBuildKit = true);
