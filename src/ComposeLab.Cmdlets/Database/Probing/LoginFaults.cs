using System.Net.Sockets;
using Npgsql;

namespace ComposeLab.Database.Probing;

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
                    return Of(answer);
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
            : Says(complaint, ["no nc", "executable file not found"]) ? LoginFault.NoTool
            : Says(complaint, ["timed out"]) ? LoginFault.Silent
            : Says(complaint, ["unreachable", "no route"]) ? LoginFault.Unreachable
            : LoginFault.ConnectionLost;
    }

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

    private static LoginFault Of(PostgresException answer) => answer.SqlState switch
    {
        PostgresErrorCodes.InvalidPassword => LoginFault.AuthenticationFailed,
        PostgresErrorCodes.InvalidAuthorizationSpecification =>
            answer.MessageText.Contains("no encryption", StringComparison.Ordinal) || answer.MessageText.Contains("SSL off", StringComparison.Ordinal)
                ? LoginFault.TlsRequired
                : LoginFault.AuthenticationFailed,
        PostgresErrorCodes.InvalidCatalogName => LoginFault.DatabaseMissing,
        PostgresErrorCodes.TooManyConnections => LoginFault.TooManyConnections,
        PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown => LoginFault.NotReady,
        PostgresErrorCodes.DiskFull => LoginFault.DiskFull,
        PostgresErrorCodes.QueryCanceled => LoginFault.Silent,
        _ => LoginFault.Other,
    };

    private static LoginFault Of(SocketError code) => code switch
    {
        SocketError.ConnectionRefused => LoginFault.Refused,
        SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => LoginFault.NameUnknown,
        SocketError.HostUnreachable or SocketError.NetworkUnreachable => LoginFault.Unreachable,
        SocketError.TimedOut => LoginFault.Silent,
        _ => LoginFault.ConnectionLost,
    };
}
