using ComposeLab.Compose.Model;

namespace ComposeLab.Engine.Planning;

/// <summary>The request of a plan. It allows creating the plan again from the current state of the stack.</summary>
/// <param name="ProjectName">The project's name.</param>
/// <param name="Project">The project; null if only the stack on the engine is known.</param>
public abstract record PlanRequest(string ProjectName, ComposeProject? Project)
{
    /// <summary>Which of two stacks with the same name to use; null if there must be only one.</summary>
    public Orchestrator? Orchestrator { get; init; }
}

/// <summary>What runs a stack.</summary>
public enum Orchestrator
{
    /// <summary>One engine, as with docker compose.</summary>
    Compose,

    /// <summary>A swarm, as with docker stack deploy.</summary>
    Swarm,
}

/// <summary>A request to start a stack.</summary>
/// <param name="Definition">The project.</param>
/// <param name="Options">The options of the start.</param>
public sealed record StartRequest(ComposeProject Definition, StartOptions Options) : PlanRequest(Definition.Name, Definition);

/// <summary>A request to stop a stack.</summary>
/// <param name="ProjectName">The project's name.</param>
/// <param name="Project">The project; null if only the stack on the engine is known.</param>
/// <param name="Options">How it is stopped.</param>
public sealed record StopRequest(string ProjectName, ComposeProject? Project, StopOptions Options) : PlanRequest(ProjectName, Project);

/// <summary>A request to restart a stack.</summary>
/// <param name="ProjectName">The project's name.</param>
/// <param name="Project">The project, for its hooks; null if only the stack on the engine is known.</param>
/// <param name="Options">The options of the restart.</param>
public sealed record RestartRequest(string ProjectName, ComposeProject? Project, RestartOptions Options) : PlanRequest(ProjectName, Project);

/// <summary>A request to remove a stack.</summary>
/// <param name="ProjectName">The project's name.</param>
/// <param name="Project">The project; null if only the stack on the engine is known, which is then removed completely.</param>
/// <param name="Options">The options of the removal.</param>
public sealed record RemoveRequest(string ProjectName, ComposeProject? Project, RemoveOptions Options) : PlanRequest(ProjectName, Project);

/// <summary>A request to wait for a stack. Executing the plan reports every container with <see cref="Execution.EngineEvent.Ready"/> once it is ready.</summary>
/// <param name="ProjectName">The project's name.</param>
/// <param name="Project">The project; null if only the stack on the engine is known.</param>
/// <param name="Options">How it is waited for.</param>
public sealed record WaitRequest(string ProjectName, ComposeProject? Project, WaitOptions Options) : PlanRequest(ProjectName, Project);

/// <summary>A request to pause or resume the containers of a stack, or to send them a signal.</summary>
/// <param name="ProjectName">The project's name.</param>
/// <param name="Project">The project; null if only the stack on the engine is known.</param>
/// <param name="Options">What is done to which containers.</param>
public sealed record SignalRequest(string ProjectName, ComposeProject? Project, SignalOptions Options) : PlanRequest(ProjectName, Project);

/// <summary>How a stack is started.</summary>
public sealed record StartOptions
{
    /// <summary>The services to start, with their dependencies; empty for all.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];

    /// <summary>Whether images with a build section are rebuilt even if they exist.</summary>
    public bool Build { get; init; }

    /// <summary>Overrides the services' pull policy: <c>always</c>, <c>missing</c> or <c>never</c>; null to use their policy.</summary>
    public string? Pull { get; init; }

    /// <summary>Whether the containers of the named services are recreated even if nothing changed.</summary>
    public bool ForceRecreate { get; init; }

    /// <summary>Whether containers of services that the project no longer defines are removed.</summary>
    public bool RemoveOrphans { get; init; }

    /// <summary>Number of containers by service; others keep the number in the project.</summary>
    public IReadOnlyDictionary<string, int> Scale { get; init; } = new Dictionary<string, int>();

    /// <summary>Whether a stack that another folder started under the same project name is taken over.</summary>
    public bool TakeOver { get; init; }

    /// <summary>Whether to return when everything is started, without waiting until it is ready.</summary>
    public bool NoWait { get; init; }

    /// <summary>Whether only the engine's own health checks are used.</summary>
    public bool NoProbe { get; init; }

    /// <summary>How long one service may take to become ready; null for five minutes.</summary>
    public TimeSpan? ReadyLimit { get; init; }

    /// <summary>How long a container that is replaced or removed may take to stop; null for the container's own setting.</summary>
    public TimeSpan? StopLimit { get; init; }

    /// <summary>Whether only the named services are started, without those they depend on.</summary>
    public bool NoDependencies { get; init; }

    /// <summary>Whether the dependencies of the named services are recreated even if nothing changed.</summary>
    public bool RecreateDependencies { get; init; }

    /// <summary>Whether existing containers are kept even if their configuration or image changed.</summary>
    public bool NoRecreate { get; init; }

    /// <summary>Whether a missing image is an error instead of being built.</summary>
    public bool NoBuild { get; init; }

    /// <summary>Whether containers are created but not started.</summary>
    public bool NoStart { get; init; }

    /// <summary>Whether a recreated container gets new anonymous volumes instead of those of its predecessor.</summary>
    public bool RenewAnonymousVolumes { get; init; }

    /// <summary>Whether the project's networks and volumes are created even if no service uses them.</summary>
    public bool AllResources { get; init; }

    /// <summary>Whether volumes whose configuration changed are recreated, which deletes their data.</summary>
    public bool RecreateVolumes { get; init; }

    /// <summary>Whether the providers have run, so that their variables are part of the project.</summary>
    internal bool ProvidersDone { get; init; }

    /// <summary>The one-off container to create instead of the containers of its service; null for none. It is created after its dependencies are ready, and not
    /// started.</summary>
    public OneOffOptions? OneOff { get; init; }
}

/// <summary>A one-off container of a service. Its name and its other settings are those of the service definition in the project.</summary>
/// <param name="Service">The service.</param>
/// <param name="Slug">A random text, which distinguishes it from other one-off containers.</param>
public sealed record OneOffOptions(string Service, string Slug)
{
    /// <summary>Whether the engine removes it when it exits.</summary>
    public bool AutoRemove { get; init; }

    /// <summary>Whether its standard input ends when the client that is attached to it closes it.</summary>
    public bool IsAttached { get; init; }

    /// <summary>Whether other containers reach it under the name and the aliases of its service.</summary>
    public bool UseAliases { get; init; }
}

/// <summary>How a stack is stopped.</summary>
public sealed record StopOptions
{
    /// <summary>The services to stop; empty for all.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];

    /// <summary>How long a container may take; null for its own setting.</summary>
    public TimeSpan? StopLimit { get; init; }

    /// <summary>The place of the selected project: a stack from another place is rejected. Null if the stack was specified by name.</summary>
    public ProjectPlace? Place { get; init; }

    /// <summary>The project whose hooks run if no project defines the stack; null: none run.</summary>
    public ComposeProject? HooksOf { get; init; }
}

/// <summary>What is done to the running containers of a stack.</summary>
public sealed record SignalOptions
{
    /// <summary>What is done.</summary>
    public required ContainerSignal Action { get; init; }

    /// <summary>For <see cref="ContainerSignal.Send"/>: the signal's name or number.</summary>
    public string Signal { get; init; } = "";

    /// <summary>The services; empty for all.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];

    /// <summary>The place of the selected project: a stack from another place is rejected. Null if the stack was specified by name.</summary>
    public ProjectPlace? Place { get; init; }
}

/// <summary>What is done to running containers.</summary>
public enum ContainerSignal
{
    /// <summary>They are paused.</summary>
    Pause,

    /// <summary>Paused ones are resumed.</summary>
    Resume,

    /// <summary>They receive a signal.</summary>
    Send,
}

/// <summary>How a stack is restarted.</summary>
public sealed record RestartOptions
{
    /// <summary>The services to restart, with their dependents that have restart: true; empty for all.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];

    /// <summary>Whether to return when everything is started, without waiting until it is ready.</summary>
    public bool NoWait { get; init; }

    /// <summary>Whether only the engine's own health checks are used.</summary>
    public bool NoProbe { get; init; }

    /// <summary>How long one service may take to become ready; null for five minutes.</summary>
    public TimeSpan? ReadyLimit { get; init; }

    /// <summary>How long a container may take to stop; null for its own setting.</summary>
    public TimeSpan? StopLimit { get; init; }

    /// <summary>The place of the selected project: a stack from another place is rejected. Null if the stack was specified by name.</summary>
    public ProjectPlace? Place { get; init; }

    /// <summary>The project whose hooks run if no project defines the stack; null: none run.</summary>
    public ComposeProject? HooksOf { get; init; }
}

/// <summary>How a stack is removed.</summary>
public sealed record RemoveOptions
{
    /// <summary>The services to remove; empty for the whole stack with its networks.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];

    /// <summary>Whether named and anonymous volumes are removed too, with all data. External ones are always kept.</summary>
    public bool Volumes { get; init; }

    /// <summary>Whether containers of services that the project does not define are removed too.</summary>
    public bool RemoveOrphans { get; init; }

    /// <summary>Whether only stopped containers are removed, and nothing else.</summary>
    public bool StoppedOnly { get; init; }

    /// <summary>Whether the removal continues if a pre_stop hook fails.</summary>
    public bool DespiteHooks { get; init; }

    /// <summary>Which images are removed too.</summary>
    public RemovedImages Images { get; init; }

    /// <summary>How long a container may take to stop; null for its own setting.</summary>
    public TimeSpan? StopLimit { get; init; }

    /// <summary>The place of the selected project: a stack from another place is rejected. Null if the stack was specified by name.</summary>
    public ProjectPlace? Place { get; init; }

    /// <summary>The project whose hooks run if no project defines the stack; null: none run.</summary>
    public ComposeProject? HooksOf { get; init; }
}

/// <summary>Which images are removed with a stack.</summary>
public enum RemovedImages
{
    /// <summary>None.</summary>
    None,

    /// <summary>Those that were built for it and have no custom name.</summary>
    Local,

    /// <summary>All that its services use.</summary>
    All,
}

/// <summary>How a stack is waited for.</summary>
public sealed record WaitOptions
{
    /// <summary>The services to wait for; empty for all.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];

    /// <summary>Whether only the engine's own health checks are used.</summary>
    public bool NoProbe { get; init; }

    /// <summary>How long one service may take to become ready; null for five minutes.</summary>
    public TimeSpan? ReadyLimit { get; init; }
}
