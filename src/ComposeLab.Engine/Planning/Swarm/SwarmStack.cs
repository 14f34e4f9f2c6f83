using ComposeLab.Compose.Model;
using ComposeLab.Engine.Docker;

namespace ComposeLab.Engine.Planning;

/// <summary>A project as a swarm stack: what <c>docker stack deploy</c> would create from it.</summary>
public sealed record SwarmStack
{
    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>The services in dependency order.</summary>
    public required IReadOnlyList<SwarmStackService> Services { get; init; }

    /// <summary>The networks to create, by name; those that services use.</summary>
    public required IReadOnlyList<NetworkSpec> Networks { get; init; }

    /// <summary>The names of the networks that must exist already.</summary>
    public required IReadOnlyList<string> ExternalNetworks { get; init; }

    /// <summary>The configs and secrets that services use.</summary>
    public required IReadOnlyList<SwarmStackFile> Files { get; init; }
}

/// <summary>A service of a swarm stack. References to secrets and configs have the key of the project as their name.</summary>
/// <param name="Definition">The service of the project.</param>
/// <param name="Spec">The definition for the swarm.</param>
public sealed record SwarmStackService(ServiceDefinition Definition, SwarmServiceSpec Spec)
{
    /// <summary>The key of the service in the project.</summary>
    public string Key => Definition.Name;
}

/// <summary>A config or secret of a swarm stack.</summary>
/// <param name="Kind">Config or secret.</param>
/// <param name="Key">The key in the project.</param>
/// <param name="Spec">The definition, with the name of its first version.</param>
public sealed record SwarmStackFile(ResourceKind Kind, string Key, SwarmFileSpec Spec)
{
    /// <summary>A hash of the content; of a secret a slow one, so that it does not help to guess the secret. Empty for an external file.</summary>
    public string Hash { get; init; } = "";

    /// <summary>Whether it must exist already.</summary>
    public bool IsExternal { get; init; }

    /// <summary>Its definition in the project.</summary>
    public required Definition Definition { get; init; }
}

/// <summary>The labels of swarm stacks.</summary>
public static class SwarmLabels
{
    /// <summary>The stack.</summary>
    public const string Namespace = "com.docker.stack.namespace";

    /// <summary>The image of a service as the file names it, without a digest.</summary>
    public const string Image = "com.docker.stack.image";

    /// <summary>The deployment that changed a service last.</summary>
    public const string Deployment = "io.composelab.deployment";

    /// <summary>The key of a config or secret in the project.</summary>
    public const string Key = "io.composelab.key";

    /// <summary>The hash of the content of a config or secret.</summary>
    public const string Hash = "io.composelab.hash";

    /// <summary>The filter for the objects of a stack.</summary>
    /// <param name="stack">Its name.</param>
    /// <returns>The filter.</returns>
    public static string Of(string stack) => $"{Namespace}={stack}";
}
