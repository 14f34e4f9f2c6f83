namespace ComposeLab;

/// <summary>Why a database cannot be used. <c>docs/diagnosis.md</c> lists each cause with its symptoms and fix. A name is never changed or reused.</summary>
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

    /// <summary>The database answers, but its health check fails.</summary>
    DatabaseUnhealthy,

    /// <summary>The containers of the database and the client share no network.</summary>
    DatabaseDetached,

    /// <summary>The server is running, or is not part of the project, but nothing answers there.</summary>
    DatabaseNotAnswering,

    /// <summary>The data disk is full.</summary>
    DiskFull,

    /// <summary>All connections of the server, the role or the database are in use.</summary>
    TooManyConnections,

    /// <summary>The client uses a host name or address that does not lead to the database.</summary>
    WrongHost,

    /// <summary>The client uses a port that the database does not listen on.</summary>
    WrongPort,

    /// <summary>The client logs in with a role that does not exist on the server.</summary>
    WrongUser,

    /// <summary>The client uses a different password than the database.</summary>
    WrongPassword,

    /// <summary>The volume was created with a different user or password than the project has now, and still has it.</summary>
    VolumeKeepsOldLogin,

    /// <summary>The database that the client uses does not exist on the server.</summary>
    MissingDatabase,

    /// <summary>The client requires TLS, but the server does not offer it.</summary>
    TlsNotOffered,

    /// <summary>The server requires TLS, but the client does not use it.</summary>
    TlsRequired,

    /// <summary>The client checks the server's certificate and does not trust it.</summary>
    TlsNotTrusted,

    /// <summary>The server at the address is not a PostgreSQL server.</summary>
    NotPostgres,

    /// <summary>The container of a service that uses the database has exited or does not exist.</summary>
    ApiStopped,

    /// <summary>The container of a service that uses the database is paused.</summary>
    ApiPaused,

    /// <summary>The container of a service that uses the database is running, but its health check fails.</summary>
    ApiUnhealthy,

    /// <summary>The published port leads to a port of the service's container that nothing listens on.</summary>
    ApiPortMismatch,

    /// <summary>The service is running but cannot be reached from here.</summary>
    ApiUnreachable,

    /// <summary>The service has no database configured.</summary>
    ApiNotConfigured,

    /// <summary>The database can be used, but the service reports that it cannot use it.</summary>
    ApiDisagrees,

    /// <summary>None of the known causes matches; the checks show the observations.</summary>
    Unknown,

    /// <summary>No login of a client can be read, so nothing is known about it.</summary>
    ClientNotUnderstood,

    /// <summary>The database is being created: init scripts are still running.</summary>
    InitRunning,

    /// <summary>An init script failed, and the volume is incomplete.</summary>
    InitFailed,

    /// <summary>The server accepts the connection but does not answer within the time limit.</summary>
    SlowDatabase,

    /// <summary>The URL cannot be parsed because a character of the password is not encoded.</summary>
    UrlNotEncoded,

    /// <summary>YAML, a shell or an editor changed the password: quotes, <c>$</c>, a leading zero, a trailing space.</summary>
    PasswordMangled,

    /// <summary>The password of the role has expired.</summary>
    PasswordExpired,

    /// <summary>The role is not allowed to log in.</summary>
    RoleCannotLogIn,

    /// <summary>The login rules (pg_hba.conf) do not allow the client.</summary>
    PgHbaDenied,

    /// <summary>The role lacks a privilege that the client needs.</summary>
    PermissionDenied,

    /// <summary>The database does not accept connections.</summary>
    ConnectionsNotAllowed,

    /// <summary>The client can log in, but its transactions are read-only.</summary>
    DatabaseReadOnly,

    /// <summary>The statement timeout of the server is too short for the client.</summary>
    StatementTimeout,

    /// <summary>Shared memory is too small: <c>/dev/shm</c>, not the disk.</summary>
    SharedMemoryFull,

    /// <summary>The pooler or proxy between client and database is stopped or does not answer.</summary>
    PoolerDown,
}
