using ComposeLab.Compose.Databases;
using ComposeLab.Compose.Model;
using ComposeLab.Compose.Secrets;
using ComposeLab.Database.Logins;
using ComposeLab.Database.Probing;
using ComposeLab.Engine.Docker;

namespace ComposeLab.Database.Diagnosis;

/// <summary>The engine's data about one container of the stack.</summary>
internal sealed record ContainerEvidence
{
    /// <summary>The container's name.</summary>
    public required string Name { get; init; }

    /// <summary>Its state.</summary>
    public required ContainerState State { get; init; }

    /// <summary>The state of its health check.</summary>
    public HealthStatus Health { get; init; }

    /// <summary>The output of the last run of the health check, and its exit code; empty if there is none.</summary>
    public string LastProbe { get; init; } = "";

    /// <summary>The exit code of its last run.</summary>
    public int ExitCode { get; init; }

    /// <summary>Whether the kernel killed it because it ran out of memory.</summary>
    public bool IsOutOfMemory { get; init; }

    /// <summary>Why the engine could not start it; empty otherwise.</summary>
    public string EngineError { get; init; } = "";

    /// <summary>When its process was last started; null if never.</summary>
    public DateTimeOffset? Started { get; init; }

    /// <summary>The user of its process; empty: root.</summary>
    public string User { get; init; } = "";

    /// <summary>The information in its log.</summary>
    public ServerLog Log { get; init; } = new([], null);

    /// <summary>Its networks by id, with the names and addresses it has there.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Networks { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>Whether it uses the host's network or that of another container. Names and networks are then not meaningful.</summary>
    public bool SharesNetworkStack { get; init; }

    /// <summary>Whether its process is running and not paused.</summary>
    public bool Runs => State == ContainerState.Running;

    /// <summary>Whether a name leads to it, as seen from another container.</summary>
    /// <param name="name">The name.</param>
    /// <param name="from">The other container.</param>
    /// <returns>True if both share a network where it has that name.</returns>
    public bool IsFoundAs(string name, ContainerEvidence from) => Networks.Any(network =>
        from.Networks.ContainsKey(network.Key) && network.Value.Contains(name, StringComparer.OrdinalIgnoreCase));

    /// <summary>Whether it shares a network with another container.</summary>
    /// <param name="other">The other container.</param>
    /// <returns>True if they can exchange packets.</returns>
    public bool SharesNetworkWith(ContainerEvidence other) =>
        SharesNetworkStack || other.SharesNetworkStack || Networks.Keys.Any(other.Networks.ContainsKey);

    /// <summary>Reads the data for a diagnosis from an inspection.</summary>
    /// <param name="container">The container.</param>
    /// <param name="service">Its service.</param>
    /// <param name="log">The last lines of its log.</param>
    /// <returns>The evidence.</returns>
    public static ContainerEvidence Of(ContainerDetails container, ServiceDefinition service, IReadOnlyList<LogLine> log) => new()
    {
        Name = container.Name,
        State = container.State,
        Health = container.Health,
        LastProbe = container.Probes is [.., { } last] ? SecretMask.Standard.MaskText(last.Output.Trim().Split('\n')[0].Trim()) : "",
        ExitCode = container.ExitCode,
        IsOutOfMemory = container.OutOfMemory,
        EngineError = container.Error,
        User = container.User,
        Started = container.Started,
        Log = new ServerLog(log, container.Started, DateTimeOffset.UtcNow),
        SharesNetworkStack = service.NetworkMode is { } mode && mode != "bridge" && mode != "none",
        Networks = container.Networks.ToDictionary(
            network => network.Value.NetworkId,
            network => (IReadOnlyList<string>)[.. network.Value.Aliases, container.Name, container.Id[..12], network.Value.IpAddress],
            StringComparer.Ordinal),
    };
}

/// <summary>The evidence about one PostgreSQL service.</summary>
internal sealed record ServerEvidence
{
    /// <summary>The service.</summary>
    public required ServiceDefinition Definition { get; init; }

    /// <summary>The login that it was configured to create.</summary>
    public required DatabaseLogin Own { get; init; }

    /// <summary>The variable that contains the password of <see cref="Own"/>.</summary>
    public string PasswordVariable { get; init; } = ServerSettings.PasswordVariable;

    /// <summary>The variable that contains the user of <see cref="Own"/>.</summary>
    public string UserVariable { get; init; } = "POSTGRES_USER";

    /// <summary>Its container; null if there is none.</summary>
    public ContainerEvidence? Container { get; init; }

    /// <summary>The result of a login with <see cref="Own"/> over the network; tried only if it is useful.</summary>
    public LoginReport OwnLogin { get; init; } = new();

    /// <summary>Its data about itself; queried only after a failed login.</summary>
    public ServerFacts? Facts { get; init; }

    /// <summary>Free bytes on the data disk; null if unknown.</summary>
    public long? DiskFree { get; init; }

    /// <summary>Its name.</summary>
    public string Service => Definition.Name;
}

/// <summary>One login of a service and its result.</summary>
internal sealed record ClientEvidence
{
    /// <summary>The service.</summary>
    public required ServiceDefinition Definition { get; init; }

    /// <summary>The login that its container uses.</summary>
    public required ClientLogin Used { get; init; }

    /// <summary>The login in the current project files; differs from <see cref="Used"/> after an edit; null if the variable was removed.</summary>
    public ClientLogin? Declared { get; init; }

    /// <summary>Its container; null if there is none.</summary>
    public ContainerEvidence? Container { get; init; }

    /// <summary>The service that the host leads to; null if it is not part of the project.</summary>
    public ServiceDefinition? Target { get; init; }

    /// <summary>The container of <see cref="Target"/>; null if there is none.</summary>
    public ContainerEvidence? TargetContainer { get; init; }

    /// <summary>The login as tried, to the last server that answered.</summary>
    public required DatabaseLogin Tried { get; init; }

    /// <summary>The result of the login from the location of the client.</summary>
    public LoginReport Login { get; init; } = new();

    /// <summary>The result of a login with the undecoded password, at the server that the author intended; null if there is no difference.</summary>
    public LoginReport? AsWritten { get; init; }

    /// <summary>The result of a login with TLS, tried if the login rules rejected one without; null otherwise.</summary>
    public LoginReport? WithTls { get; init; }

    /// <summary>Whether it is a job that has completed: its login is in the past.</summary>
    public bool IsDone { get; init; }

    /// <summary>Its name.</summary>
    public string Service => Definition.Name;

    /// <summary>Whether the files have changed since the container was created.</summary>
    public bool IsEdited => Declared is not null && !Declared.IsSameAs(Used);
}

/// <summary>A service that uses the database, without its logins.</summary>
internal sealed record AppEvidence
{
    /// <summary>The service.</summary>
    public required ServiceDefinition Definition { get; init; }

    /// <summary>Its container; null if there is none.</summary>
    public ContainerEvidence? Container { get; init; }

    /// <summary>Its own answer.</summary>
    public ApiAnswer Answer { get; init; } = new(ApiAnswerKind.NotAsked);

    /// <summary>The published container port that was queried; null if there is none.</summary>
    public int? Target { get; init; }

    /// <summary>Whether something listens on <see cref="Target"/>, as seen from inside; null if it was not checked.</summary>
    public bool? Listens { get; init; }

    /// <summary>Another port of the container where it does answer; null if none was found.</summary>
    public int? AnswersAt { get; init; }

    /// <summary>The variables of a login that has no server name.</summary>
    public IReadOnlyList<string> Fragments { get; init; } = [];

    /// <summary>Whether it is a job that has completed.</summary>
    public bool IsDone { get; init; }

    /// <summary>Whether a service that exited with 0 was a job: other services wait for its completion, or nothing indicates that it should keep running.</summary>
    /// <param name="project">The project.</param>
    /// <param name="service">The service.</param>
    /// <param name="container">Its container; null if there is none.</param>
    /// <returns>True if it has done its work.</returns>
    public static bool IsDoneJob(ComposeProject project, ServiceDefinition service, ContainerEvidence? container)
    {
        DependencyCondition[] waited = [.. project.Services.Values.Select(other => other.DependsOn.GetValueOrDefault(service.Name)).OfType<DependencyDefinition>().Select(dependency => dependency.Condition)];
        bool isServing = service.Ports.Count > 0 || service.Healthcheck is not null || service.Restart is "always" or "unless-stopped" || waited.Length > 0;
        return container is { State: ContainerState.Exited, ExitCode: 0 } && (waited.Contains(DependencyCondition.ServiceCompletedSuccessfully) || !isServing);
    }

    /// <summary>Its name.</summary>
    public string Service => Definition.Name;
}

/// <summary>A service whose tasks run only on nodes that cannot be reached.</summary>
/// <param name="Service">The service.</param>
/// <param name="Node">One of the nodes.</param>
internal sealed record UnreachableTask(string Service, SwarmNode Node);

/// <summary>All evidence. The diagnosis uses only this.</summary>
internal sealed record DatabaseEvidence
{
    /// <summary>The project.</summary>
    public required ComposeProject Project { get; init; }

    /// <summary>The lab profile that the stack was started with, as recorded in its containers; null if unknown.</summary>
    public string? Profile { get; init; }

    /// <summary>Whether a swarm runs the stack, or is to run it.</summary>
    public bool IsSwarm { get; init; }

    /// <summary>The services that were not tested, because their tasks run on nodes that cannot be reached.</summary>
    public IReadOnlyList<UnreachableTask> NotTested { get; init; } = [];

    /// <summary>Why the engine cannot be queried, and the fix; null if it answers.</summary>
    public (string Message, string Recommendation)? EngineFault { get; init; }

    /// <summary>How long the engine took to answer.</summary>
    public TimeSpan? EngineLatency { get; init; }

    /// <summary>How long inspecting the containers took; null if it was not reached.</summary>
    public TimeSpan? ObservationLatency { get; init; }

    /// <summary>The PostgreSQL services.</summary>
    public IReadOnlyList<ServerEvidence> Servers { get; init; } = [];

    /// <summary>The logins.</summary>
    public IReadOnlyList<ClientEvidence> Clients { get; init; } = [];

    /// <summary>The services that use a database, or may.</summary>
    public IReadOnlyList<AppEvidence> Apps { get; init; } = [];

    /// <summary>Whether the time was up before everything was observed.</summary>
    public bool TimedOut { get; init; }

    /// <summary>The time limit.</summary>
    public TimeSpan Limit { get; init; }

    /// <summary>The server of a login: the one that the host leads to, or, behind a pooler, the only one.</summary>
    /// <param name="client">The login.</param>
    /// <returns>The server; null if the project has none for it.</returns>
    public ServerEvidence? ServerOf(ClientEvidence client) =>
        Servers.FirstOrDefault(server => server.Definition == client.Target) ?? (client.Target is not null && Servers.Count == 1 ? Servers[0] : null);
}

/// <summary>The result of a diagnosis.</summary>
/// <param name="Cause">The cause.</param>
/// <param name="Message">The cause in a sentence.</param>
/// <param name="Recommendation">The fix, as a command or edit, or the decision that a person must make.</param>
internal sealed record DiagnosedCause(LabDbCause Cause, string Message, string Recommendation)
{
    /// <summary>The login of the finding; null if there is none.</summary>
    public ClientEvidence? Client { get; init; }

    /// <summary>The server of the finding; null if there is none.</summary>
    public ServerEvidence? Server { get; init; }
}
