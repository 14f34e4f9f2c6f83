namespace ComposeLab;

/// <summary>Why a database cannot be used. <c>docs/diagnosis.md</c> lists each with how it shows and what mends it. A name is never changed or reused.</summary>
public enum LabDbCause
{
    /// <summary>Nothing is wrong.</summary>
    None,

    /// <summary>No Docker engine answers.</summary>
    EngineUnreachable,

    /// <summary>The database service has no container: the stack was never started, or was removed.</summary>
    NotStarted,

    /// <summary>The database's container has ended, or ends again and again.</summary>
    DatabaseStopped,

    /// <summary>The database's container is frozen.</summary>
    DatabasePaused,

    /// <summary>The database server is starting, recovering or shutting down.</summary>
    DatabaseStarting,

    /// <summary>The database answers, and its health check fails.</summary>
    DatabaseUnhealthy,

    /// <summary>The database's container and the client's share no network.</summary>
    DatabaseDetached,

    /// <summary>The database's container runs, and nothing answers in it.</summary>
    DatabaseNotAnswering,

    /// <summary>The file system that holds the data is full.</summary>
    DiskFull,

    /// <summary>Every connection of the server is taken.</summary>
    TooManyConnections,

    /// <summary>The client asks for the database by a name that leads nowhere.</summary>
    WrongHost,

    /// <summary>The client asks at a port where the database does not listen.</summary>
    WrongPort,

    /// <summary>The client logs in as a user that the server does not have.</summary>
    WrongUser,

    /// <summary>The client logs in with another password than the database has.</summary>
    WrongPassword,

    /// <summary>The volume was made with another user or password than the project has now, and keeps it.</summary>
    VolumeKeepsOldLogin,

    /// <summary>The server has no database of the name that the client asks for.</summary>
    MissingDatabase,

    /// <summary>The client demands TLS, and the server does not offer it.</summary>
    TlsNotOffered,

    /// <summary>The server demands TLS, and the client does not use it.</summary>
    TlsRequired,

    /// <summary>What listens at the address is no PostgreSQL server.</summary>
    NotPostgres,

    /// <summary>The API's container has ended, or there is none.</summary>
    ApiStopped,

    /// <summary>The API's container is frozen.</summary>
    ApiPaused,

    /// <summary>The API's container runs, and its health check fails.</summary>
    ApiUnhealthy,

    /// <summary>The published port leads to a port of the API's container at which nothing listens.</summary>
    ApiPortMismatch,

    /// <summary>The API cannot be reached from here although it runs.</summary>
    ApiUnreachable,

    /// <summary>The API has no database configured.</summary>
    ApiNotConfigured,

    /// <summary>The database can be used, and the API says it cannot.</summary>
    ApiDisagrees,

    /// <summary>None of the known causes fits; the checks say what was seen.</summary>
    Unknown,
}
