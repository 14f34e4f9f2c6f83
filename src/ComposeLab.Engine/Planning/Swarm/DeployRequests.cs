using ComposeLab.Compose.Model;

namespace ComposeLab.Engine.Planning;

/// <summary>A request to deploy a project to a swarm.</summary>
/// <param name="Definition">The project.</param>
/// <param name="Options">How it is deployed.</param>
public sealed record DeployRequest(ComposeProject Definition, DeployOptions Options) : PlanRequest(Definition.Name, Definition);

/// <summary>A request to remove a stack from a swarm.</summary>
/// <param name="ProjectName">The stack.</param>
/// <param name="Limit">How long its tasks may take to end; null for the default.</param>
public sealed record RemoveDeploymentRequest(string ProjectName, TimeSpan? Limit) : PlanRequest(ProjectName, null);

/// <summary>A request to return the services of a stack to their earlier definitions.</summary>
/// <param name="ProjectName">The stack.</param>
/// <param name="Options">Which services.</param>
public sealed record RollbackRequest(string ProjectName, RollbackOptions Options) : PlanRequest(ProjectName, null);

/// <summary>A request to replace all tasks of a stack one after the other.</summary>
/// <param name="ProjectName">The stack.</param>
/// <param name="Options">Which services.</param>
public sealed record RedeployRequest(string ProjectName, RollbackOptions Options) : PlanRequest(ProjectName, null);

/// <summary>Which services of a stack are rolled back or redeployed.</summary>
public sealed record RollbackOptions
{
    /// <summary>The services; empty for those that the last deployment changed, or for all.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];

    /// <summary>Whether to return without waiting.</summary>
    public bool NoWait { get; init; }

    /// <summary>How long a service may take to converge; null for the default.</summary>
    public TimeSpan? Limit { get; init; }
}

/// <summary>How a project is deployed to a swarm.</summary>
public sealed record DeployOptions
{
    /// <summary>How long a service may take to converge if nothing else is said: 5 minutes.</summary>
    public static readonly TimeSpan StandardLimit = TimeSpan.FromMinutes(5);

    /// <summary>Whether services that the project does not define are removed.</summary>
    public bool Prune { get; init; }

    /// <summary>When the digest of an image is looked up in a registry.</summary>
    public ResolveImage ResolveImage { get; init; }

    /// <summary>Whether services that exist keep their number of tasks.</summary>
    public bool KeepScale { get; init; }

    /// <summary>Whether to return without waiting until the services have converged. Conditions between services are still waited for.</summary>
    public bool NoWait { get; init; }

    /// <summary>How long a service may take to converge; null for the default.</summary>
    public TimeSpan? Limit { get; init; }

    /// <summary>Whether nodes get the credentials of the user to pull images.</summary>
    public bool WithRegistryAuth { get; init; }
}

/// <summary>When the digest of an image is looked up in a registry.</summary>
public enum ResolveImage
{
    /// <summary>When the image in the file has changed.</summary>
    Changed,

    /// <summary>At every deployment.</summary>
    Always,

    /// <summary>Never.</summary>
    Never,
}
