using System.Net.Sockets;
using System.Security.Authentication;
using ComposeLab.Api.Hosting;
using Npgsql;

namespace ComposeLab.Api.Database;

/// <summary>Determines the cause of an exception of the database client.</summary>
internal static class FaultNaming
{
    /// <summary>Finds the cause.</summary>
    /// <param name="exception">The client's exception.</param>
    /// <returns>The fault; never null.</returns>
    public static DatabaseFault Of(Exception exception)
    {
        for (var inner = exception; inner is not null; inner = inner.InnerException)
        {
            if (Direct(inner) is { } fault)
            {
                return fault;
            }
        }

        return DatabaseFault.Other(null);
    }

    private static DatabaseFault? Direct(Exception exception) => exception switch
    {
        ClosedAtLoginException => DatabaseFault.NotPostgres,
        SettingException => DatabaseFault.PasswordUnavailable,
        AuthenticationException => DatabaseFault.TlsFailed,
        PostgresException answer => OfState(answer.SqlState),
        TimeoutException or OperationCanceledException => DatabaseFault.Timeout,
        SocketException socket => OfSocket(socket.SocketErrorCode),
        EndOfStreamException => DatabaseFault.ConnectionLost,
        NpgsqlException other when other.Message.StartsWith("SSL connection requested", StringComparison.Ordinal) => DatabaseFault.TlsNotOffered,
        NpgsqlException other when other.Message.Contains("unknown response", StringComparison.OrdinalIgnoreCase) => DatabaseFault.NotPostgres,
        NpgsqlException { InnerException: null } other when other.Message.Contains("pool", StringComparison.Ordinal) => DatabaseFault.Timeout,
        _ => null,
    };

    private static DatabaseFault? OfSocket(SocketError error) => error switch
    {
        SocketError.ConnectionRefused => DatabaseFault.ConnectionRefused,
        SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => DatabaseFault.HostNotFound,
        SocketError.HostUnreachable or SocketError.NetworkUnreachable => DatabaseFault.HostUnreachable,
        SocketError.TimedOut => DatabaseFault.Timeout,
        SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown => DatabaseFault.ConnectionLost,
        _ => null,
    };

    // https://www.postgresql.org/docs/16/errcodes-appendix.html
    private static DatabaseFault OfState(string state) => state switch
    {
        PostgresErrorCodes.InvalidPassword => DatabaseFault.AuthenticationFailed,
        PostgresErrorCodes.InvalidAuthorizationSpecification => DatabaseFault.TlsRequired,
        PostgresErrorCodes.InvalidCatalogName => DatabaseFault.DatabaseNotFound,
        PostgresErrorCodes.TooManyConnections => DatabaseFault.TooManyConnections,
        PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown => DatabaseFault.NotReady,
        PostgresErrorCodes.QueryCanceled => DatabaseFault.Timeout,
        _ => DatabaseFault.Other(state),
    };
}
