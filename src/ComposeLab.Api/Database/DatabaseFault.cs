namespace ComposeLab.Api.Database;

/// <summary>Why the database cannot be used.</summary>
/// <param name="Cause">A stable word for programs.</param>
/// <param name="Message">A sentence for people: what was found and where to look. It is made of fixed text only, so no secret can enter it.</param>
internal sealed record DatabaseFault(string Cause, string Message)
{
    /// <summary>No URL is set.</summary>
    public static readonly DatabaseFault NotConfigured = new(
        "not_configured", "No database is configured: set DATABASE_URL or DATABASE_URL_FILE.");

    /// <summary>The server took the connection but did not answer, or nothing took it, within the limit.</summary>
    public static readonly DatabaseFault Timeout = new(
        "timeout", "The database did not answer in time: it hangs, is overloaded, or a firewall drops the packets.");

    /// <summary>Nothing listens at the address.</summary>
    public static readonly DatabaseFault ConnectionRefused = new(
        "connection_refused", "Nothing listens at the database's address: it is stopped, still starting, or the port is wrong.");

    /// <summary>The name has no address.</summary>
    public static readonly DatabaseFault HostNotFound = new(
        "host_not_found", "The database's host name is unknown: the service is not running on this network, or the name is wrong.");

    /// <summary>There is no route to the address.</summary>
    public static readonly DatabaseFault HostUnreachable = new(
        "host_unreachable", "No route leads to the database's address: the two are not on the same network.");

    /// <summary>User or password refused.</summary>
    public static readonly DatabaseFault AuthenticationFailed = new(
        "authentication_failed", "The database refused the user or the password; an existing data volume keeps the password it was made with.");

    /// <summary>The server has no database of this name.</summary>
    public static readonly DatabaseFault DatabaseNotFound = new(
        "database_not_found", "The server has no database of this name: an existing data volume keeps the name it was made with.");

    /// <summary>Every connection slot is taken.</summary>
    public static readonly DatabaseFault TooManyConnections = new(
        "too_many_connections", "Every connection of the database server is taken.");

    /// <summary>The server is starting, stopping or recovering.</summary>
    public static readonly DatabaseFault NotReady = new(
        "not_ready", "The database server is starting up, shutting down or recovering.");

    /// <summary>The connection broke in the middle.</summary>
    public static readonly DatabaseFault ConnectionLost = new(
        "connection_lost", "The connection to the database broke: the server was stopped or restarted.");

    /// <summary>The server demands TLS.</summary>
    public static readonly DatabaseFault TlsRequired = new(
        "tls_required", "The database server accepts this client only with TLS, which this service is built without.");

    /// <summary>Something else listens at the address, or nothing behind a proxy that takes every connection.</summary>
    public static readonly DatabaseFault NotPostgres = new(
        "not_postgres", "What listens at the database's address does not speak PostgreSQL's protocol, or closed the connection before it did.");

    /// <summary>The password file went away.</summary>
    public static readonly DatabaseFault PasswordUnavailable = new(
        "password_unavailable", "The file with the database's password can no longer be read.");

    private const string Unnamed = "query_failed";

    /// <summary>Whether the cause says all there is to say; else the log has more.</summary>
    public bool IsNamed => Cause != Unnamed;

    /// <summary>Anything that has no name of its own here.</summary>
    /// <param name="code">The server's five-letter error code, or null.</param>
    /// <returns>A fault that shows the code.</returns>
    public static DatabaseFault Other(string? code) => new(
        Unnamed, code is null ? "The check failed; the service's log says why." : $"The database answered with error {code}.");
}
