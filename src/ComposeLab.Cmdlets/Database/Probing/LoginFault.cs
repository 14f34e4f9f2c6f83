namespace ComposeLab.Database.Probing;

/// <summary>How a login failed, told apart as far as the wire tells.</summary>
internal enum LoginFault
{
    /// <summary>It did not fail.</summary>
    None,

    /// <summary>It was not tried.</summary>
    NotTried,

    /// <summary>The name has no address.</summary>
    NameUnknown,

    /// <summary>Nothing listens at the address.</summary>
    Refused,

    /// <summary>No route leads to the address.</summary>
    Unreachable,

    /// <summary>Nothing answers in time.</summary>
    Silent,

    /// <summary>What answers is no PostgreSQL server.</summary>
    NotPostgres,

    /// <summary>The container has nothing to connect with.</summary>
    NoTool,

    /// <summary>TLS is demanded and not offered.</summary>
    TlsNotOffered,

    /// <summary>The server takes only connections with TLS.</summary>
    TlsRequired,

    /// <summary>The server is starting, stopping or recovering.</summary>
    NotReady,

    /// <summary>Every connection is taken.</summary>
    TooManyConnections,

    /// <summary>User or password refused.</summary>
    AuthenticationFailed,

    /// <summary>There is no such database.</summary>
    DatabaseMissing,

    /// <summary>The disk is full.</summary>
    DiskFull,

    /// <summary>The connection broke.</summary>
    ConnectionLost,

    /// <summary>The server answered with another error.</summary>
    Other,
}
