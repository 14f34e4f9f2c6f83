using ComposeLab.Compose.Diagnostics;
using ComposeLab.Compose.Environment;
using ComposeLab.Compose.Normalizing;
using ComposeLab.Compose.Secrets;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Model;

/// <summary>A loaded project: merged, validated, normalized. It never changes.</summary>
public sealed class ComposeProject
{
    /// <summary>The project's name.</summary>
    public required string Name { get; init; }

    /// <summary>The project directory (absolute): where relative paths start.</summary>
    public required string WorkingDirectory { get; init; }

    /// <summary>The rules of paths on the host that loaded it.</summary>
    public HostPaths Paths { get; init; } = HostPaths.Current;

    /// <summary>The Compose files (absolute), in merge order.</summary>
    public IReadOnlyList<string> ComposeFiles { get; init; } = [];

    /// <summary>The path of a Compose file that messages and origins show as it was specified.</summary>
    /// <param name="shown">The path as shown.</param>
    /// <returns>The absolute path; null if no Compose file of the project has this path.</returns>
    public string? FileShownAs(string shown)
    {
        ArgumentNullException.ThrowIfNull(shown);
        return Paths.IsAbsolute(shown) ? shown : ComposeFiles.FirstOrDefault(file => Paths.IsAbsolute(file) && Paths.EndsWith(file, shown));
    }

    /// <summary>The env files that were named in the request, as they were given.</summary>
    public IReadOnlyList<string> EnvFiles { get; init; } = [];

    /// <summary>Whether variables were replaced. If not, values are unchanged; only names, paths and short forms are resolved.</summary>
    public bool IsInterpolated { get; init; } = true;

    /// <summary>The variables that interpolation used. Contains secrets: never print it.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>The active services by name, ordinally sorted.</summary>
    public IReadOnlyDictionary<string, ServiceDefinition> Services => field ??= Tree.Named("services", (name, node) => new ServiceDefinition(name, node));

    /// <summary>The services that no active Compose profile enables.</summary>
    public IReadOnlyDictionary<string, ServiceDefinition> DisabledServices { get; init; } = new Dictionary<string, ServiceDefinition>();

    /// <summary>The networks by key.</summary>
    public IReadOnlyDictionary<string, NetworkDefinition> Networks => field ??= Tree.Named("networks", (key, node) => new NetworkDefinition(key, node));

    /// <summary>The volumes by key.</summary>
    public IReadOnlyDictionary<string, VolumeDefinition> Volumes => field ??= Tree.Named("volumes", (key, node) => new VolumeDefinition(key, node));

    /// <summary>The secrets by key.</summary>
    public IReadOnlyDictionary<string, SecretDefinition> Secrets =>
        field ??= Tree.Named("secrets", (key, node) => new SecretDefinition(key, node) { Content = ContentOf(node) });

    /// <summary>The configs by key.</summary>
    public IReadOnlyDictionary<string, ConfigDefinition> Configs => field ??= Tree.Named("configs", (key, node) => new ConfigDefinition(key, node));

    /// <summary>The AI models by key.</summary>
    public IReadOnlyDictionary<string, ModelDefinition> Models => field ??= Tree.Named("models", (key, node) => new ModelDefinition(key, node));

    /// <summary>The top-level keys that begin with <c>x-</c>.</summary>
    public IReadOnlyDictionary<string, Node> Extensions => field ??= NodeReading.Extensions(Tree);

    /// <summary>The original files, each one once: those of the request and those they extend and include.</summary>
    public IReadOnlyList<SourceFile> Sources { get; init; } = [];

    /// <summary>Resources that the files define but no service uses, active or not.</summary>
    public IReadOnlyList<UnusedResource> UnusedResources { get; init; } = [];

    /// <summary>The warnings of the load.</summary>
    public IReadOnlyList<ComposeWarning> Warnings { get; init; } = [];

    /// <summary>The canonical model: keys in the reference's order, every value in canonical form and with its origin.</summary>
    public required MappingNode Tree { get; init; }

    /// <summary>Knows the values that are secret in the project, to hide them wherever they occur.</summary>
    internal SecretMask Mask => field ??= KnownSecrets.MaskOf(this);

    /// <summary>Creates the project with another model.</summary>
    /// <param name="tree">The canonical model.</param>
    /// <returns>The project; everything else is the same.</returns>
    internal ComposeProject WithTree(MappingNode tree) => new()
    {
        Name = Name,
        WorkingDirectory = WorkingDirectory,
        Paths = Paths,
        ComposeFiles = ComposeFiles,
        EnvFiles = EnvFiles,
        IsInterpolated = IsInterpolated,
        Environment = Environment,
        DisabledServices = DisabledServices,
        Sources = Sources,
        UnusedResources = UnusedResources,
        Warnings = Warnings,
        Tree = tree,
    };

    // An included file has variables of its own; those of the project take precedence over them.
    private string? ContentOf(MappingNode secret)
    {
        if (secret.Text("environment") is not { } variable)
        {
            return null;
        }

        string file = secret["environment"]!.Origin.File;
        return Environment.GetValueOrDefault(variable)
            ?? Sources.Where(source => source.Display == file).Select(source => source.Variables.Find(variable)?.Value).FirstOrDefault(value => value is not null);
    }
}

/// <summary>A Compose file of a project in its original form: before variables, merging and defaults.</summary>
/// <param name="Path">Its absolute path.</param>
/// <param name="Display">Its path, as shown in origins and messages.</param>
/// <param name="Text">Its text.</param>
/// <param name="Documents">Its documents, without the values tagged <c>!reset</c>.</param>
/// <param name="Variables">The variables available to its expressions. Contains secrets: never print their values.</param>
public sealed record SourceFile(string Path, string Display, string Text, IReadOnlyList<MappingNode> Documents, VariableScope Variables);

/// <summary>A network, volume, secret, config or model that the files define but no service uses.</summary>
/// <param name="Kind">Its top-level key, such as <c>volumes</c>.</param>
/// <param name="Key">Its own key.</param>
/// <param name="Origin">Where the key is.</param>
public sealed record UnusedResource(string Kind, string Key, Origin Origin);
