using System.Net.Sockets;
using Npgsql;

namespace ComposeLab.Database.Probing;

/// <summary>The steps of a login, in order.</summary>
internal enum LoginStep
{
    /// <summary>A connection to the port.</summary>
    Tcp,

    /// <summary>What the server says about TLS.</summary>
    Tls,

    /// <summary>User and password.</summary>
    Authentication,

    /// <summary>The database of the login.</summary>
    Database,

    /// <summary>A query.</summary>
    Query,
}

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

    /// <summary>The server began to answer and did not finish in time.</summary>
    Slow,

    /// <summary>What answers is not a PostgreSQL server.</summary>
    NotPostgres,

    /// <summary>The container has nothing to connect with.</summary>
    NoTool,

    /// <summary>It was not tried in time: the command or the container from which it is tried started too late.</summary>
    NotTriedInTime,

    /// <summary>The client demands TLS and the server does not offer it.</summary>
    TlsNotOffered,

    /// <summary>The server is starting, stopping or recovering.</summary>
    NotReady,

    /// <summary>Every connection is taken: of the server, the role or the database.</summary>
    TooManyConnections,

    /// <summary>User or password refused.</summary>
    AuthenticationFailed,

    /// <summary>The server has no such role, and says so.</summary>
    RoleMissing,

    /// <summary>The role may not log in.</summary>
    RoleCannotLogIn,

    /// <summary>No line of pg_hba.conf lets the client in, or one rejects it.</summary>
    NotAllowedByHba,

    /// <summary>The role has no right to connect to the database.</summary>
    PermissionDenied,

    /// <summary>The database takes no connections.</summary>
    ConnectionsNotAllowed,

    /// <summary>There is no such database.</summary>
    DatabaseMissing,

    /// <summary>The disk is full.</summary>
    DiskFull,

    /// <summary>Shared memory is full.</summary>
    SharedMemoryFull,

    /// <summary>The server's own limit for a statement ended the query.</summary>
    StatementTimeout,

    /// <summary>The connection broke.</summary>
    ConnectionLost,

    /// <summary>The server answered with another error.</summary>
    Other,
}

/// <summary>What a session of the client is like.</summary>
/// <param name="ReadOnly">Whether its transactions can only read.</param>
/// <param name="ReadOnlySource">Where that setting comes from, in the words of <c>pg_settings.source</c>.</param>
/// <param name="InRecovery">Whether the server is a standby.</param>
/// <param name="StatementTimeout">The limit for a statement; zero: none.</param>
/// <param name="CanCreate">Whether the role may create objects in the schema public; null: there is none.</param>
/// <param name="Closed">Tables and sequences on which the role lacks a right to read or write.</param>
internal sealed record SessionFacts(bool ReadOnly, string ReadOnlySource, bool InRecovery, TimeSpan StatementTimeout, bool? CanCreate, IReadOnlyList<string> Closed);

/// <summary>How a login went.</summary>
internal sealed record LoginReport
{
    /// <summary>What failed; None when nothing did.</summary>
    public LoginFault Fault { get; init; } = LoginFault.NotTried;

    /// <summary>The step that failed; null when none did or nothing was tried.</summary>
    public LoginStep? FailedStep { get; init; }

    /// <summary>How long each step took, the failed one included.</summary>
    public IReadOnlyDictionary<LoginStep, TimeSpan> Latencies { get; init; } = new Dictionary<LoginStep, TimeSpan>();

    /// <summary>Whether the server offers TLS; null when it was not asked.</summary>
    public bool? OffersTls { get; init; }

    /// <summary>What the server or the relay said, in its own words; empty when nothing.</summary>
    public string Detail { get; init; } = "";

    /// <summary>The way that was taken.</summary>
    public string Route { get; init; } = "";

    /// <summary>What the session is like; null without a session, or where a pooler would not say.</summary>
    public SessionFacts? Session { get; init; }

    /// <summary>Whether the client can use the database.</summary>
    public bool IsGood => Fault == LoginFault.None;

    /// <summary>Whether another server of the client would be tried now, as libpq does.</summary>
    public bool LeadsOn => Fault is LoginFault.NameUnknown or LoginFault.Refused or LoginFault.Unreachable or LoginFault.Silent or LoginFault.ConnectionLost or LoginFault.NotReady
        or LoginFault.TlsNotOffered or LoginFault.NotPostgres or LoginFault.TooManyConnections;
}

/// <summary>Names what Npgsql, a socket or a relay says.</summary>
internal static class LoginFaults
{
    /// <summary>Names an exception.</summary>
    /// <param name="fault">What was thrown.</param>
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

        // Npgsql has no codes for these three; the sentences are its own.
        return fault.Message.Contains("SSL", StringComparison.Ordinal) ? LoginFault.TlsNotOffered
            : fault.Message.Contains("No password", StringComparison.Ordinal) ? LoginFault.AuthenticationFailed
            : fault.Message.Contains("unknown response", StringComparison.OrdinalIgnoreCase) ? LoginFault.NotPostgres
            : LoginFault.ConnectionLost;
    }

    /// <summary>Names what a relay inside a container complained about.</summary>
    /// <param name="complaint">Its words: busybox's, netcat's or bash's; empty when it said nothing.</param>
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

    /// <summary>Names an answer of the server, by its code and, where that says too little, by its words.</summary>
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
        // Poolers answer with the code of a broken protocol, whatever happened.
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
