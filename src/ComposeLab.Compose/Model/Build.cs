using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Model;

/// <summary>Build settings of a service's image (<c>build</c>).</summary>
/// <param name="node">Its part of the canonical model.</param>
public sealed class BuildDefinition(MappingNode node) : Definition(node)
{
    /// <summary>The directory (absolute) or URL that contains the build context.</summary>
    public string? Context => Node.Text("context");

    /// <summary>The Dockerfile, relative to the context or absolute.</summary>
    public string? Dockerfile => Node.Text("dockerfile");

    /// <summary>The Dockerfile's text itself. Cannot be used with <see cref="Dockerfile"/>.</summary>
    public string? DockerfileInline => Node.Text("dockerfile_inline");

    /// <summary>Privileges the build can use.</summary>
    public IReadOnlyList<string> Entitlements => field ??= Node.Texts("entitlements") ?? [];

    /// <summary>Build arguments. A null value is taken from the builder's environment.</summary>
    public IReadOnlyDictionary<string, string?> Args => field ??= Node.NullableTextMap("args");

    /// <summary>Provenance attestation settings.</summary>
    public string? Provenance => Node.Text("provenance");

    /// <summary>SBOM attestation settings.</summary>
    public string? Sbom => Node.Text("sbom");

    /// <summary>SSH keys and agents, as <c>id</c> or <c>id: path</c>.</summary>
    public IReadOnlyList<string> Ssh => field ??= Node.Texts("ssh") ?? [];

    /// <summary>Labels of the image.</summary>
    public IReadOnlyDictionary<string, string> Labels => field ??= Node.TextMap("labels");

    /// <summary>Sources of the build cache.</summary>
    public IReadOnlyList<string> CacheFrom => field ??= Node.Texts("cache_from") ?? [];

    /// <summary>Targets of the build cache.</summary>
    public IReadOnlyList<string> CacheTo => field ??= Node.Texts("cache_to") ?? [];

    /// <summary>Whether every step runs again.</summary>
    public bool NoCache => Node.Flag("no_cache") ?? false;

    /// <summary>The stages whose steps run again.</summary>
    public IReadOnlyList<string> NoCacheFilter => field ??= Node.Texts("no_cache_filter") ?? [];

    /// <summary>Additional named contexts.</summary>
    public IReadOnlyDictionary<string, string> AdditionalContexts => field ??= Node.TextMap("additional_contexts");

    /// <summary>Whether base images are pulled even if present.</summary>
    public bool Pull => Node.Flag("pull") ?? false;

    /// <summary>Additional lines of the hosts file during the build, as <c>host=ip</c>.</summary>
    public IReadOnlyList<string> ExtraHosts => field ??= Node.Texts("extra_hosts") ?? [];

    /// <summary>Isolation technology, on Windows.</summary>
    public string? Isolation => Node.Text("isolation");

    /// <summary>The network of <c>RUN</c> steps.</summary>
    public string? Network => Node.Text("network");

    /// <summary>The stage to build.</summary>
    public string? Target => Node.Text("target");

    /// <summary>Secrets the build can read.</summary>
    public IReadOnlyList<FileReferenceDefinition> Secrets => field ??= Node.Children("secrets", node => new FileReferenceDefinition(node));

    /// <summary>Size of <c>/dev/shm</c>, in bytes.</summary>
    public long? ShmSize => Node.Bytes("shm_size");

    /// <summary>Additional tags for the image.</summary>
    public IReadOnlyList<string> Tags => field ??= Node.Texts("tags") ?? [];

    /// <summary>Process limits by name.</summary>
    public IReadOnlyDictionary<string, UlimitDefinition> Ulimits => field ??= Node.Named("ulimits", (name, node) => new UlimitDefinition(name, node));

    /// <summary>Platforms to build for.</summary>
    public IReadOnlyList<string> Platforms => field ??= Node.Texts("platforms") ?? [];

    /// <summary>Whether the build runs with extended privileges.</summary>
    public bool Privileged => Node.Flag("privileged") ?? false;
}
