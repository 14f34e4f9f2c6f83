using ComposeLab.Database.Logins;
using ComposeLab.Database.Probing;

namespace ComposeLab.Database.Diagnosis;

/// <summary>Everything that was seen of a database and the service that uses it. The diagnosis is made from this and nothing else.</summary>
internal sealed record DatabaseEvidence
{
    /// <summary>The project.</summary>
    public required string ProjectName { get; init; }

    /// <summary>The database's service.</summary>
    public required string Service { get; init; }

    /// <summary>The service that uses it; null when there is none.</summary>
    public string? Api { get; init; }

    /// <summary>The lab profile that the stack was started with, as its containers tell; null when unknown.</summary>
    public string? Profile { get; init; }

    /// <summary>Why the engine cannot be asked, and what to do; null when it answers.</summary>
    public (string Message, string Recommendation)? EngineFault { get; init; }

    /// <summary>How long the engine took to answer.</summary>
    public TimeSpan? EngineLatency { get; init; }

    /// <summary>How long the look at the containers took.</summary>
    public TimeSpan? ObservationLatency { get; init; }

    /// <summary>The database's container; null when there is none.</summary>
    public ContainerEvidence? Database { get; init; }

    /// <summary>The container of the service that uses it; null when there is none.</summary>
    public ContainerEvidence? Client { get; init; }

    /// <summary>The login that the database's container was told to make.</summary>
    public required DatabaseLogin Own { get; init; }

    /// <summary>The login that the running service uses; null when it has none.</summary>
    public ClientLogin? Used { get; init; }

    /// <summary>The login that the project gives the service now; differs from <see cref="Used"/> after an edit.</summary>
    public ClientLogin? Declared { get; init; }

    /// <summary>Where <see cref="Declared"/> names the server.</summary>
    public LoginPlace? UrlPlace { get; init; }

    /// <summary>Where <see cref="Declared"/> has its password from.</summary>
    public LoginPlace? PasswordPlace { get; init; }

    /// <summary>Where <see cref="Own"/> has its password from.</summary>
    public LoginPlace? OwnPasswordPlace { get; init; }

    /// <summary>The API's own answer.</summary>
    public ApiAnswer Answer { get; init; } = new(ApiAnswerKind.NotAsked);

    /// <summary>How a login with <see cref="Used"/>, or else <see cref="Own"/>, went.</summary>
    public LoginReport Login { get; init; } = new();

    /// <summary>How a login with <see cref="Own"/> went, tried when <see cref="Login"/> was refused.</summary>
    public LoginReport OwnLogin { get; init; } = new();

    /// <summary>Whether the server has the user of <see cref="Used"/>; null when it could not be asked.</summary>
    public bool? UserExists { get; init; }

    /// <summary>Bytes free where the data is; null when unknown.</summary>
    public long? DiskFree { get; init; }

    /// <summary>The port of the API's container that is published and was asked; null when none is.</summary>
    public int? ApiTarget { get; init; }

    /// <summary>Another port of the API's container, at which the API does answer; null when none was found.</summary>
    public int? ApiAnswersAt { get; init; }

    /// <summary>Where the API's ports are written.</summary>
    public LoginPlace? PortPlace { get; init; }

    /// <summary>Whether the time was up before everything was seen.</summary>
    public bool TimedOut { get; init; }

    /// <summary>The login that counts: the client's, or without a client the database's own.</summary>
    public DatabaseLogin Effective => Used?.Login ?? Own;
}
