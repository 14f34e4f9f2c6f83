using System.Net.Sockets;
using Npgsql;

namespace ComposeLab.Database.Probing;

/// <summary>The steps of a login, in order.</summary>
internal enum LoginStep
{
    /// <summary>A connection to the port.</summary>
    Tcp,

    /// <summary>The server's answer about TLS.</summary>
    Tls,

    /// <summary>User and password.</summary>
    Authentication,

    /// <summary>The database of the login.</summary>
    Database,

    /// <summary>A query.</summary>
    Query,
}

/// <summary>How a login failed, as far as the protocol shows it.</summary>
internal enum LoginFault
{
    /// <summary>It did not fail.</summary>
    None,

    /// <summary>It was not tried.</summary>
    NotTried,

    /// <summary>The name does not resolve.</summary>
    NameUnknown,

    /// <summary>Nothing listens at the address.</summary>
    Refused,

    /// <summary>No route leads to the address.</summary>
    Unreachable,

    /// <summary>There is no answer in time.</summary>
    Silent,

    /// <summary>The server started to answer and did not finish in time.</summary>
    Slow,

    /// <summary>The answer does not come from a PostgreSQL server.</summary>
    NotPostgres,

    /// <summary>The container has no tool to connect with.</summary>
    NoTool,

    /// <summary>It was not tried in time, because the command or container for the test started too late.</summary>
    NotTriedInTime,

    /// <summary>The client requires TLS, and the server does not offer it.</summary>
    TlsNotOffered,

    /// <summary>The client checks the server's certificate and does not trust it.</summary>
    CertificateNotTrusted,

    /// <summary>The server is starting, stopping or recovering.</summary>
    NotReady,

    /// <summary>All connections of the server, the role or the database are in use.</summary>
    TooManyConnections,

    /// <summary>The user or password was rejected.</summary>
    AuthenticationFailed,

    /// <summary>The role does not exist, and the server says so.</summary>
    RoleMissing,

    /// <summary>The role is not allowed to log in.</summary>
    RoleCannotLogIn,

    /// <summary>No line in pg_hba.conf allows the client, or one rejects it.</summary>
    NotAllowedByHba,

    /// <summary>The role lacks the privilege to connect to the database.</summary>
    PermissionDenied,

    /// <summary>The database does not accept connections.</summary>
    ConnectionsNotAllowed,

    /// <summary>The database does not exist.</summary>
    DatabaseMissing,

    /// <summary>The disk is full.</summary>
    DiskFull,

    /// <summary>Shared memory is full.</summary>
    SharedMemoryFull,

    /// <summary>The server's statement timeout ended the query.</summary>
    StatementTimeout,

    /// <summary>The connection was lost.</summary>
    ConnectionLost,

    /// <summary>The server answered with another error.</summary>
    Other,
}

/// <summary>The properties of a client's session.</summary>
internal sealed record SessionFacts
{
    /// <summary>Whether its transactions are read-only.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>The source of that setting, in the terms of <c>pg_settings.source</c>.</summary>
    public string ReadOnlySource { get; init; } = "";

    /// <summary>Whether the server is a standby.</summary>
    public bool InRecovery { get; init; }

    /// <summary>The time limit of a statement; zero: none.</summary>
    public TimeSpan StatementTimeout { get; init; }

    /// <summary>The source of that setting, in the same terms.</summary>
    public string StatementTimeoutSource { get; init; } = "";

    /// <summary>Tables and sequences that the role is not allowed to read or write.</summary>
    public IReadOnlyList<string> Closed { get; init; } = [];

    /// <summary>Schemas that the role is not allowed to use.</summary>
    public IReadOnlyList<string> ClosedSchemas { get; init; } = [];

    /// <summary>Schemas in which the role is not allowed to create objects.</summary>
    public IReadOnlyList<string> Uncreatable { get; init; } = [];
}

/// <summary>The result of a login.</summary>
internal sealed record LoginReport
{
    /// <summary>The fault; None if there is none.</summary>
    public LoginFault Fault { get; init; } = LoginFault.NotTried;

    /// <summary>The failed step; null if none failed or nothing was tried.</summary>
    public LoginStep? FailedStep { get; init; }

    /// <summary>How long each step took, including the failed one.</summary>
    public IReadOnlyDictionary<LoginStep, TimeSpan> Latencies { get; init; } = new Dictionary<LoginStep, TimeSpan>();

    /// <summary>Whether the server offers TLS; null if unknown.</summary>
    public bool? OffersTls { get; init; }

    /// <summary>The message of the server or the relay; empty if there is none.</summary>
    public string Detail { get; init; } = "";

    /// <summary>The route that was used.</summary>
    public string Route { get; init; } = "";

    /// <summary>The properties of the session; null without a session, or if a pooler does not report them.</summary>
    public SessionFacts? Session { get; init; }

    /// <summary>Whether the client can use the database.</summary>
    public bool IsGood => Fault == LoginFault.None;

    /// <summary>Whether libpq would now try the client's next server.</summary>
    public bool LeadsOn => Fault is LoginFault.NameUnknown or LoginFault.Refused or LoginFault.Unreachable or LoginFault.Silent or LoginFault.ConnectionLost or LoginFault.NotReady
        or LoginFault.TlsNotOffered or LoginFault.NotPostgres or LoginFault.TooManyConnections;
}

/// <summary>Classifies the messages of Npgsql, a socket or a relay.</summary>
internal static class LoginFaults
{
    /// <summary>Classifies an exception.</summary>
    /// <param name="fault">The exception.</param>
    /// <returns>The fault.</returns>
    public static LoginFault Of(Exception fault)
    {
        for (Exception? at = fault; at is not null; at = at.InnerException)
        {
            switch (at)
            {
                case PostgresException answer:
                    return Of(answer.SqlState, answer.MessageText);
                case SocketException socket:
                    return Of(socket.SocketErrorCode);
                case TimeoutException or OperationCanceledException:
                    return LoginFault.Silent;
            }
        }

        // Npgsql has no codes for these three, only its messages.
        return fault.Message.Contains("SSL", StringComparison.Ordinal) ? LoginFault.TlsNotOffered
            : fault.Message.Contains("No password", StringComparison.Ordinal) ? LoginFault.AuthenticationFailed
            : fault.Message.Contains("unknown response", StringComparison.OrdinalIgnoreCase) ? LoginFault.NotPostgres
            : LoginFault.ConnectionLost;
    }

    /// <summary>Classifies the error message of a relay inside a container.</summary>
    /// <param name="complaint">The message of busybox, netcat or bash; empty if there is none.</param>
    /// <returns>The fault.</returns>
    public static LoginFault OfComplaint(string complaint)
    {
        ReadOnlySpan<string> unknown = ["bad address", "not known", "not resolve", "resolution", "unknown host", "No address"];
        return complaint.Length == 0 ? LoginFault.ConnectionLost
            : Says(complaint, unknown) ? LoginFault.NameUnknown
            : Says(complaint, ["refused"]) ? LoginFault.Refused
            : Says(complaint, ["no nc", "executable file not found", "no such file or directory", "is not running", "is restarting", "is paused"]) ? LoginFault.NoTool
            : Says(complaint, ["timed out"]) ? LoginFault.Silent
            : Says(complaint, ["unreachable", "no route", "not available", "not supported"]) ? LoginFault.Unreachable
            : LoginFault.ConnectionLost;
    }

    /// <summary>Classifies an answer of the server, by its code and, if that is not enough, by its message.</summary>
    /// <param name="state">The SQLSTATE.</param>
    /// <param name="text">The message.</param>
    /// <returns>The fault.</returns>
    public static LoginFault Of(string state, string text) => state switch
    {
        PostgresErrorCodes.InvalidPassword => LoginFault.AuthenticationFailed,
        PostgresErrorCodes.InvalidAuthorizationSpecification => OfAuthorization(text),
        PostgresErrorCodes.InvalidCatalogName => LoginFault.DatabaseMissing,
        PostgresErrorCodes.TooManyConnections => LoginFault.TooManyConnections,
        PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown => LoginFault.NotReady,
        PostgresErrorCodes.DiskFull => Says(text, ["shared memory"]) ? LoginFault.SharedMemoryFull : LoginFault.DiskFull,
        PostgresErrorCodes.InsufficientPrivilege => LoginFault.PermissionDenied,
        PostgresErrorCodes.ObjectNotInPrerequisiteState => LoginFault.ConnectionsNotAllowed,
        PostgresErrorCodes.QueryCanceled => LoginFault.StatementTimeout,
        // Poolers always answer with the code of a protocol error.
        _ => Says(text, ["password authentication failed", "wrong password", "auth failed", "SASL authentication failed"]) ? LoginFault.AuthenticationFailed
            : Says(text, ["no such database", "database does not exist"]) ? LoginFault.DatabaseMissing
            : Says(text, ["no such user"]) ? LoginFault.RoleMissing
            : Says(text, ["no more connections", "too many connections", "too many clients"]) ? LoginFault.TooManyConnections
            : LoginFault.Other,
    };

    private static LoginFault OfAuthorization(string text) =>
        Says(text, ["not permitted to log in"]) ? LoginFault.RoleCannotLogIn
        : Says(text, ["pg_hba.conf", "ident authentication failed", "peer authentication failed", "certificate authentication failed"]) ? LoginFault.NotAllowedByHba
        : Says(text, ["does not exist"]) ? LoginFault.RoleMissing
        : LoginFault.AuthenticationFailed;

    private static bool Says(string complaint, ReadOnlySpan<string> words)
    {
        foreach (string word in words)
        {
            if (complaint.Contains(word, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private static LoginFault Of(SocketError code) => code switch
    {
        SocketError.ConnectionRefused => LoginFault.Refused,
        SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => LoginFault.NameUnknown,
        SocketError.HostUnreachable or SocketError.NetworkUnreachable => LoginFault.Unreachable,
        SocketError.TimedOut => LoginFault.Silent,
        _ => LoginFault.ConnectionLost,
    };
}
