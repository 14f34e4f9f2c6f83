namespace ComposeLab;

/// <summary>Why a database cannot be used. <c>docs/diagnosis.md</c> lists each with how it shows and what fixes it. A name is never changed or reused.</summary>
public enum LabDbCause
{
    /// <summary>Nothing is wrong.</summary>
    None,

    /// <summary>No Docker engine answers.</summary>
    EngineUnreachable,

    /// <summary>The database service has no container: the stack was never started, or was removed.</summary>
    NotStarted,

    /// <summary>The database's container has exited, or exits again and again.</summary>
    DatabaseStopped,

    /// <summary>The database's container is paused.</summary>
    DatabasePaused,

    /// <summary>The database server is starting, recovering or shutting down.</summary>
    DatabaseStarting,

    /// <summary>The database answers, and its health check fails.</summary>
    DatabaseUnhealthy,

    /// <summary>The database's container and the client's share no network.</summary>
    DatabaseDetached,

    /// <summary>The server runs, or is outside of the project, and nothing answers there.</summary>
    DatabaseNotAnswering,

    /// <summary>The file system that holds the data is full.</summary>
    DiskFull,

    /// <summary>Every connection is taken: of the server, the role or the database.</summary>
    TooManyConnections,

    /// <summary>The client asks for the database by a name or address that does not lead to it.</summary>
    WrongHost,

    /// <summary>The client asks at a port where the database does not listen.</summary>
    WrongPort,

    /// <summary>The client logs in as a role that the server does not have.</summary>
    WrongUser,

    /// <summary>The client logs in with another password than the database has.</summary>
    WrongPassword,

    /// <summary>The volume was created with another user or password than the project has now, and keeps it.</summary>
    VolumeKeepsOldLogin,

    /// <summary>The server has no database of the name that the client asks for.</summary>
    MissingDatabase,

    /// <summary>The client demands TLS, and the server does not offer it.</summary>
    TlsNotOffered,

    /// <summary>The server demands TLS, and the client does not use it.</summary>
    TlsRequired,

    /// <summary>What listens at the address is not a PostgreSQL server.</summary>
    NotPostgres,

    /// <summary>The container of a service that uses the database has exited, or there is none.</summary>
    ApiStopped,

    /// <summary>The container of a service that uses the database is paused.</summary>
    ApiPaused,

    /// <summary>The container of a service that uses the database runs, and its health check fails.</summary>
    ApiUnhealthy,

    /// <summary>The published port leads to a port of the service's container at which nothing listens.</summary>
    ApiPortMismatch,

    /// <summary>The service cannot be reached from here although it runs.</summary>
    ApiUnreachable,

    /// <summary>The service has no database configured.</summary>
    ApiNotConfigured,

    /// <summary>The database can be used, and the service says it cannot.</summary>
    ApiDisagrees,

    /// <summary>None of the known causes fits; the checks say what was seen.</summary>
    Unknown,

    /// <summary>No login of a client can be read, so nothing is known about it.</summary>
    ClientNotUnderstood,

    /// <summary>The database is being created: init scripts still run.</summary>
    InitRunning,

    /// <summary>An init script failed, and the volume is half filled.</summary>
    InitFailed,

    /// <summary>The server takes the connection and does not answer in the time given.</summary>
    SlowDatabase,

    /// <summary>A character of the password makes the URL unreadable, because it is not encoded.</summary>
    UrlNotEncoded,

    /// <summary>YAML, a shell or an editor changed the password: quotes, <c>$</c>, a leading zero, a blank at the end.</summary>
    PasswordMangled,

    /// <summary>The password of the role is no longer valid.</summary>
    PasswordExpired,

    /// <summary>The role may not log in.</summary>
    RoleCannotLogIn,

    /// <summary>The rules for logins (pg_hba.conf) do not let the client in.</summary>
    PgHbaDenied,

    /// <summary>The role lacks a right that the client needs.</summary>
    PermissionDenied,

    /// <summary>The database takes no connections.</summary>
    ConnectionsNotAllowed,

    /// <summary>The client can log in, and its transactions can only read.</summary>
    DatabaseReadOnly,

    /// <summary>The server ends statements after a time that is too short for the client.</summary>
    StatementTimeout,

    /// <summary>Shared memory is too small: <c>/dev/shm</c>, not the disk.</summary>
    SharedMemoryFull,

    /// <summary>The pooler or proxy between client and database is stopped or does not answer.</summary>
    PoolerDown,
}
