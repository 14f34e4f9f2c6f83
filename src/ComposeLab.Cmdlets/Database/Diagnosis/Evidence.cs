using ComposeLab.Compose.Databases;
using ComposeLab.Compose.Model;
using ComposeLab.Compose.Secrets;
using ComposeLab.Database.Logins;
using ComposeLab.Database.Probing;
using ComposeLab.Engine.Docker;

namespace ComposeLab.Database.Diagnosis;

/// <summary>What the engine shows of one container of the stack.</summary>
internal sealed record ContainerEvidence
{
    /// <summary>The container's name.</summary>
    public required string Name { get; init; }

    /// <summary>What it does.</summary>
    public required ContainerState State { get; init; }

    /// <summary>What its health check says.</summary>
    public HealthStatus Health { get; init; }

    /// <summary>What the last run of the health check printed, and its exit code; empty when nothing.</summary>
    public string LastProbe { get; init; } = "";

    /// <summary>The exit code of its last run.</summary>
    public int ExitCode { get; init; }

    /// <summary>Whether the kernel ended it for lack of memory.</summary>
    public bool IsOutOfMemory { get; init; }

    /// <summary>Why the engine could not start it; empty otherwise.</summary>
    public string EngineError { get; init; } = "";

    /// <summary>The user of its process; empty: root.</summary>
    public string User { get; init; } = "";

    /// <summary>What its log tells.</summary>
    public ServerLog Log { get; init; } = new([], null);

    /// <summary>The networks it is on, by id, with the names and addresses under which it is found there.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Networks { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>Whether it uses the host's network or another container's, where names and networks tell nothing.</summary>
    public bool SharesNetworkStack { get; init; }

    /// <summary>Whether its process runs and is not frozen.</summary>
    public bool Runs => State == ContainerState.Running;

    /// <summary>Whether a name leads to it, seen from another container.</summary>
    /// <param name="name">The name.</param>
    /// <param name="from">The other container.</param>
    /// <returns>True when both share a network on which it has that name.</returns>
    public bool IsFoundAs(string name, ContainerEvidence from) => Networks.Any(network =>
        from.Networks.ContainsKey(network.Key) && network.Value.Contains(name, StringComparer.OrdinalIgnoreCase));

    /// <summary>Whether it shares a network with another container.</summary>
    /// <param name="other">The other container.</param>
    /// <returns>True when packets can pass between the two.</returns>
    public bool SharesNetworkWith(ContainerEvidence other) =>
        SharesNetworkStack || other.SharesNetworkStack || Networks.Keys.Any(other.Networks.ContainsKey);

    /// <summary>Takes from an inspection what a diagnosis needs.</summary>
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
        Log = new ServerLog(log, container.Started),
        SharesNetworkStack = service.NetworkMode is { } mode && mode != "bridge" && mode != "none",
        Networks = container.Networks.ToDictionary(
            network => network.Value.NetworkId,
            network => (IReadOnlyList<string>)[.. network.Value.Aliases, container.Name, container.Id[..12], network.Value.IpAddress],
            StringComparer.Ordinal),
    };
}

/// <summary>Everything that was seen of one PostgreSQL service.</summary>
internal sealed record ServerEvidence
{
    /// <summary>The service.</summary>
    public required ServiceDefinition Definition { get; init; }

    /// <summary>The login that it was told to create.</summary>
    public required DatabaseLogin Own { get; init; }

    /// <summary>The variable that holds the password of <see cref="Own"/>.</summary>
    public string PasswordVariable { get; init; } = ServerSettings.PasswordVariable;

    /// <summary>The variable that holds the user of <see cref="Own"/>.</summary>
    public string UserVariable { get; init; } = "POSTGRES_USER";

    /// <summary>Its container; null when there is none.</summary>
    public ContainerEvidence? Container { get; init; }

    /// <summary>How a login with <see cref="Own"/> over the network went; tried only where it tells something.</summary>
    public LoginReport OwnLogin { get; init; } = new();

    /// <summary>What it says about itself; asked only when a login failed.</summary>
    public ServerFacts? Facts { get; init; }

    /// <summary>Bytes free where the data is; null when unknown.</summary>
    public long? DiskFree { get; init; }

    /// <summary>Its name.</summary>
    public string Service => Definition.Name;
}

/// <summary>One login of a service and how it went.</summary>
internal sealed record ClientEvidence
{
    /// <summary>The service.</summary>
    public required ServiceDefinition Definition { get; init; }

    /// <summary>The login that its container uses.</summary>
    public required ClientLogin Used { get; init; }

    /// <summary>The login that the project gives it now; differs from <see cref="Used"/> after an edit; null where the variable is gone.</summary>
    public ClientLogin? Declared { get; init; }

    /// <summary>Its container; null when there is none.</summary>
    public ContainerEvidence? Container { get; init; }

    /// <summary>The service that the host leads to; null: none of the project.</summary>
    public ServiceDefinition? Target { get; init; }

    /// <summary>The container of <see cref="Target"/>; null when there is none.</summary>
    public ContainerEvidence? TargetContainer { get; init; }

    /// <summary>The login as it was tried, to the server that answered last.</summary>
    public required DatabaseLogin Tried { get; init; }

    /// <summary>How the login went, from where the client is.</summary>
    public LoginReport Login { get; init; } = new();

    /// <summary>How a login went with the password as it is written, undecoded, at the server that the writer meant; null where there is no difference.</summary>
    public LoginReport? AsWritten { get; init; }

    /// <summary>How a login with TLS went, tried where the rules for logins refused one without; null otherwise.</summary>
    public LoginReport? WithTls { get; init; }

    /// <summary>Whether it is a job that has ended well: its login is past.</summary>
    public bool IsDone { get; init; }

    /// <summary>Its name.</summary>
    public string Service => Definition.Name;

    /// <summary>Whether the files say something else now than the container was created with.</summary>
    public bool IsEdited => Declared is not null && !Declared.IsSameAs(Used);
}

/// <summary>A service that uses the database, apart from its logins.</summary>
internal sealed record AppEvidence
{
    /// <summary>The service.</summary>
    public required ServiceDefinition Definition { get; init; }

    /// <summary>Its container; null when there is none.</summary>
    public ContainerEvidence? Container { get; init; }

    /// <summary>Its own answer.</summary>
    public ApiAnswer Answer { get; init; } = new(ApiAnswerKind.NotAsked);

    /// <summary>The port of the container that is published and was asked; null when none is.</summary>
    public int? Target { get; init; }

    /// <summary>Whether something listens at <see cref="Target"/>, seen from inside; null where that was not looked at.</summary>
    public bool? Listens { get; init; }

    /// <summary>Another port of the container, at which it does answer; null when none was found.</summary>
    public int? AnswersAt { get; init; }

    /// <summary>The variables that belong to a login of which the server is not named.</summary>
    public IReadOnlyList<string> Fragments { get; init; } = [];

    /// <summary>Whether it is a job that has ended well.</summary>
    public bool IsDone { get; init; }

    /// <summary>Whether a service that has ended with 0 was a job: others wait for its end, or nothing about it says that it should go on.</summary>
    /// <param name="project">The project.</param>
    /// <param name="service">The service.</param>
    /// <param name="container">Its container; null when there is none.</param>
    /// <returns>True when it has done what it was for.</returns>
    public static bool IsDoneJob(ComposeProject project, ServiceDefinition service, ContainerEvidence? container)
    {
        DependencyCondition[] waited = [.. project.Services.Values.Select(other => other.DependsOn.GetValueOrDefault(service.Name)).OfType<DependencyDefinition>().Select(dependency => dependency.Condition)];
        bool isServing = service.Ports.Count > 0 || service.Healthcheck is not null || service.Restart is "always" or "unless-stopped" || waited.Length > 0;
        return container is { State: ContainerState.Exited, ExitCode: 0 } && (waited.Contains(DependencyCondition.ServiceCompletedSuccessfully) || !isServing);
    }

    /// <summary>Its name.</summary>
    public string Service => Definition.Name;
}

/// <summary>Everything that was seen. The diagnosis is made from this and nothing else.</summary>
internal sealed record DatabaseEvidence
{
    /// <summary>The project.</summary>
    public required ComposeProject Project { get; init; }

    /// <summary>The lab profile that the stack was started with, as its containers tell; null when unknown.</summary>
    public string? Profile { get; init; }

    /// <summary>Why the engine cannot be asked, and what to do; null when it answers.</summary>
    public (string Message, string Recommendation)? EngineFault { get; init; }

    /// <summary>How long the engine took to answer.</summary>
    public TimeSpan? EngineLatency { get; init; }

    /// <summary>How long the look at the containers took; null: it did not come so far.</summary>
    public TimeSpan? ObservationLatency { get; init; }

    /// <summary>The PostgreSQL services.</summary>
    public IReadOnlyList<ServerEvidence> Servers { get; init; } = [];

    /// <summary>The logins.</summary>
    public IReadOnlyList<ClientEvidence> Clients { get; init; } = [];

    /// <summary>The services that use a database, or may.</summary>
    public IReadOnlyList<AppEvidence> Apps { get; init; } = [];

    /// <summary>Whether the time was up before everything was seen.</summary>
    public bool TimedOut { get; init; }

    /// <summary>The limit that was given.</summary>
    public TimeSpan Limit { get; init; }

    /// <summary>The server of a login: the one that the host leads to, else, behind a pooler, the only one.</summary>
    /// <param name="client">The login.</param>
    /// <returns>The server; null where the project has none for it.</returns>
    public ServerEvidence? ServerOf(ClientEvidence client) =>
        Servers.FirstOrDefault(server => server.Definition == client.Target) ?? (client.Target is not null && Servers.Count == 1 ? Servers[0] : null);
}

/// <summary>What a diagnosis says.</summary>
/// <param name="Cause">The cause.</param>
/// <param name="Message">The cause in a sentence.</param>
/// <param name="Recommendation">What fixes it, to be typed; or what a person must decide.</param>
internal sealed record Finding(LabDbCause Cause, string Message, string Recommendation)
{
    /// <summary>The login that it is about; null where it is about none.</summary>
    public ClientEvidence? Client { get; init; }

    /// <summary>The server that it is about; null where it is about none.</summary>
    public ServerEvidence? Server { get; init; }
}
