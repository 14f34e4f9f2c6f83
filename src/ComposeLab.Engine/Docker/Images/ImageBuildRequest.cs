namespace ComposeLab.Engine.Docker;

/// <summary>What the engine is asked to build, and how.</summary>
public sealed record ImageBuildRequest
{
    /// <summary>The Dockerfile's path inside the context.</summary>
    public string Dockerfile { get; init; } = "Dockerfile";

    /// <summary>The names the image gets.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>Build arguments; a null value is left to the Dockerfile. May hold secrets.</summary>
    public IReadOnlyDictionary<string, string?> Arguments { get; init; } = new Dictionary<string, string?>();

    /// <summary>The labels.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>The stage to build; null is the last.</summary>
    public string? Target { get; init; }

    /// <summary>The platform as <c>os/arch[/variant]</c>; null is the engine's own.</summary>
    public string? Platform { get; init; }

    /// <summary>Images whose layers may serve as cache.</summary>
    public IReadOnlyList<string> CacheFrom { get; init; } = [];

    /// <summary>Whether every step runs although it is cached.</summary>
    public bool NoCache { get; init; }

    /// <summary>Whether base images are pulled although they are there.</summary>
    public bool Pull { get; init; }

    /// <summary>The network of the steps.</summary>
    public string? NetworkMode { get; init; }

    /// <summary>Extra lines of the hosts file during steps, as <c>name:address</c>.</summary>
    public IReadOnlyList<string> ExtraHosts { get; init; } = [];

    /// <summary>Size of /dev/shm during steps, in bytes.</summary>
    public long? ShmBytes { get; init; }

    /// <summary>Whether the engine's BuildKit builds; otherwise its classic builder.</summary>
    public bool UseBuildKit { get; init; } = true;

    /// <summary>Credentials by registry, for base images.</summary>
    public IReadOnlyDictionary<string, RegistryCredential> Credentials { get; init; } = new Dictionary<string, RegistryCredential>();
}
