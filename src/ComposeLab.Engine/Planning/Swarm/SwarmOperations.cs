using ComposeLab.Engine.Docker;

namespace ComposeLab.Engine.Planning;

/// <summary>A step of a plan for a swarm.</summary>
public abstract record SwarmOperation : Operation
{
    /// <summary>What it depends on in the swarm, for the comparison of plans.</summary>
    public virtual IReadOnlyDictionary<string, string> State => new Dictionary<string, string>();

    /// <summary>Everything that it sends, secrets included; null if it sends nothing.</summary>
    internal virtual object? Applied => null;
}

/// <summary>Creates a config or secret.</summary>
/// <param name="Spec">The definition, with its content.</param>
public sealed record CreateSwarmFileOperation(SwarmFileSpec Spec) : SwarmOperation
{
    /// <inheritdoc/>
    public override OperationKind Kind => Resource.Kind == ResourceKind.Secret ? OperationKind.CreateSecret : OperationKind.CreateConfig;

    /// <inheritdoc/>
    internal override object Applied => Spec;
}

/// <summary>Records the content hash of a secret that docker created. The swarm refuses it if the content differs from the file.</summary>
/// <param name="SecretId">The secret's id.</param>
/// <param name="Version">Its version.</param>
/// <param name="Spec">The definition, with its content.</param>
public sealed record UpdateSecretOperation(string SecretId, ulong Version, SwarmFileSpec Spec) : SwarmOperation
{
    /// <inheritdoc/>
    public override OperationKind Kind => OperationKind.UpdateSecret;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> State => new Dictionary<string, string> { ["secret id"] = SecretId };

    /// <inheritdoc/>
    internal override object Applied => Spec;
}

/// <summary>Removes a config or secret that no service uses.</summary>
/// <param name="FileId">Its id.</param>
public sealed record RemoveSwarmFileOperation(string FileId) : SwarmOperation
{
    /// <summary>Whether it is kept without an error if something uses it after all.</summary>
    public bool KeepIfUsed { get; init; }

    /// <inheritdoc/>
    public override OperationKind Kind => Resource.Kind == ResourceKind.Secret ? OperationKind.RemoveSecret : OperationKind.RemoveConfig;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> State => new Dictionary<string, string> { ["id"] = FileId };
}

/// <summary>Creates a service. References to configs and secrets without an id are filled in with those that the plan created.</summary>
/// <param name="Spec">The definition.</param>
public sealed record CreateServiceOperation(SwarmServiceSpec Spec) : SwarmOperation
{
    /// <summary>The image whose credential the nodes get; null for none.</summary>
    public string? CredentialOf { get; init; }

    /// <inheritdoc/>
    public override OperationKind Kind => OperationKind.CreateService;

    /// <inheritdoc/>
    internal override object Applied => Spec;
}

/// <summary>Changes a service.</summary>
/// <param name="ServiceId">Its id.</param>
/// <param name="Version">The version that is changed.</param>
/// <param name="Spec">The new definition. References to configs and secrets without an id are filled in with those that the plan created.</param>
public sealed record UpdateServiceOperation(string ServiceId, ulong Version, SwarmServiceSpec Spec) : SwarmOperation
{
    /// <summary>The image whose credential the nodes get; null for none.</summary>
    public string? CredentialOf { get; init; }

    /// <summary>Whether it is part of a deployment, which marks the services that it changes.</summary>
    public bool IsDeployment { get; init; }

    /// <inheritdoc/>
    public override OperationKind Kind => OperationKind.UpdateService;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> State => new Dictionary<string, string> { ["service id"] = ServiceId };

    /// <inheritdoc/>
    internal override object Applied => Spec;
}

/// <summary>Returns a service to its previous definition.</summary>
/// <param name="ServiceId">Its id.</param>
/// <param name="Version">The version that is changed.</param>
/// <param name="Spec">The current definition.</param>
public sealed record RollbackServiceOperation(string ServiceId, ulong Version, SwarmServiceSpec Spec) : SwarmOperation
{
    /// <inheritdoc/>
    public override OperationKind Kind => OperationKind.RollbackService;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> State => new Dictionary<string, string> { ["service id"] = ServiceId };
}

/// <summary>Removes a service.</summary>
/// <param name="ServiceId">Its id.</param>
public sealed record RemoveServiceOperation(string ServiceId) : SwarmOperation
{
    /// <inheritdoc/>
    public override OperationKind Kind => OperationKind.RemoveService;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> State => new Dictionary<string, string> { ["service id"] = ServiceId };
}

/// <summary>Removes a network of a swarm, as soon as no task uses it.</summary>
/// <param name="NetworkId">Its id.</param>
/// <param name="Limit">How long the tasks may take to end.</param>
public sealed record RemoveOverlayOperation(string NetworkId, TimeSpan Limit) : SwarmOperation
{
    /// <inheritdoc/>
    public override OperationKind Kind => OperationKind.RemoveNetwork;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> State => new Dictionary<string, string> { ["network id"] = NetworkId };
}

/// <summary>Waits until the tasks of removed services have ended.</summary>
/// <param name="ServiceIds">The services.</param>
/// <param name="Limit">How long it may take.</param>
public sealed record WaitTasksGoneOperation(IReadOnlyList<string> ServiceIds, TimeSpan Limit) : SwarmOperation
{
    /// <inheritdoc/>
    public override OperationKind Kind => OperationKind.WaitContainer;
}

/// <summary>Waits until a service of a swarm has converged.</summary>
/// <param name="Name">Its name in the swarm.</param>
/// <param name="Condition">What is waited for.</param>
/// <param name="Limit">How long it may take.</param>
public sealed record WaitServiceOperation(string Name, RolloutCondition Condition, TimeSpan Limit) : SwarmOperation
{
    /// <summary>The start of the update that the service shows already: it says nothing about this plan. Null if there is none.</summary>
    public DateTimeOffset? EarlierUpdate { get; init; }

    /// <summary>How long the tasks must run without a failure; zero if no task is replaced.</summary>
    public TimeSpan Monitor { get; init; }

    /// <summary>Whether a rollback is what the plan wants.</summary>
    public bool IsRollback { get; init; }

    /// <inheritdoc/>
    public override OperationKind Kind => OperationKind.WaitContainer;
}

/// <summary>The state of a service that others, or the caller, wait for.</summary>
public enum RolloutCondition
{
    /// <summary>The update has ended and every task has run for a while; the tasks of a job have completed.</summary>
    Converged,

    /// <summary>Every task runs, and is healthy if it has a healthcheck.</summary>
    Running,

    /// <summary>The tasks of a job have completed.</summary>
    Completed,
}
