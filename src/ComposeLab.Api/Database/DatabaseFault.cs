namespace ComposeLab.Api.Database;

/// <summary>The reason why the database cannot be used.</summary>
/// <param name="Cause">A stable identifier for programs.</param>
/// <param name="Message">A readable sentence: the observation and where to look. It contains only fixed text, so it cannot contain a secret.</param>
internal sealed record DatabaseFault(string Cause, string Message)
{
    /// <summary>No URL is set.</summary>
    public static readonly DatabaseFault NotConfigured = new(
        "not_configured", "No database is configured: set DATABASE_URL or DATABASE_URL_FILE.");

    /// <summary>The server did not accept the connection, or did not answer within the limit.</summary>
    public static readonly DatabaseFault Timeout = new(
        "timeout", "The database did not answer in time: it hangs, is overloaded, or a firewall drops the packets.");

    /// <summary>Nothing listens at the address.</summary>
    public static readonly DatabaseFault ConnectionRefused = new(
        "connection_refused", "Nothing listens at the database's address: it is stopped, still starting, or the port is wrong.");

    /// <summary>The name cannot be resolved.</summary>
    public static readonly DatabaseFault HostNotFound = new(
        "host_not_found", "The database's host name was not found: the service is not running on this network, or the name is wrong.");

    /// <summary>There is no route to the address.</summary>
    public static readonly DatabaseFault HostUnreachable = new(
        "host_unreachable", "There is no route to the database's address: the API and the database are not on the same network.");

    /// <summary>User or password rejected.</summary>
    public static readonly DatabaseFault AuthenticationFailed = new(
        "authentication_failed", "The database rejected the user or the password. An existing data volume keeps the password it was created with.");

    /// <summary>The server has no database of this name.</summary>
    public static readonly DatabaseFault DatabaseNotFound = new(
        "database_not_found", "The database does not exist on the server. An existing data volume keeps the name it was created with.");

    /// <summary>All connection slots are in use.</summary>
    public static readonly DatabaseFault TooManyConnections = new(
        "too_many_connections", "All connections of the database server are in use.");

    /// <summary>The server is starting, stopping or recovering.</summary>
    public static readonly DatabaseFault NotReady = new(
        "not_ready", "The database server is starting up, shutting down or recovering.");

    /// <summary>The connection was lost during the check.</summary>
    public static readonly DatabaseFault ConnectionLost = new(
        "connection_lost", "The connection to the database broke: the server was stopped or restarted.");

    /// <summary>The server has no rule that allows this client, usually because it requires TLS.</summary>
    public static readonly DatabaseFault TlsRequired = new(
        "tls_required", "The database server rejects this client without TLS: set sslmode=require in the URL, or check pg_hba.conf.");

    /// <summary>The URL requires TLS, and the server does not offer it.</summary>
    public static readonly DatabaseFault TlsNotOffered = new(
        "tls_not_offered", "The URL requires TLS, but the database server does not offer it: turn on ssl in the server, or use sslmode=prefer.");

    /// <summary>TLS failed: the certificate is not trusted or does not match, or the handshake broke.</summary>
    public static readonly DatabaseFault TlsFailed = new(
        "tls_failed", "The TLS connection failed: the server's certificate is not trusted or is for another name. Check sslrootcert and the certificate.");

    /// <summary>Another service listens at the address, or a proxy accepts every connection without a server behind it.</summary>
    public static readonly DatabaseFault NotPostgres = new(
        "not_postgres", "The program at the database's address does not speak the PostgreSQL protocol, or it closed the connection.");

    /// <summary>The password file no longer exists.</summary>
    public static readonly DatabaseFault PasswordUnavailable = new(
        "password_unavailable", "The file with the database's password can no longer be read.");

    private const string Unnamed = "query_failed";

    /// <summary>Whether the cause is specific. If not, the log has more details.</summary>
    public bool IsNamed => Cause != Unnamed;

    /// <summary>A fault without a specific cause.</summary>
    /// <param name="code">The server's five-letter error code, or null.</param>
    /// <returns>A fault that shows the code.</returns>
    public static DatabaseFault Other(string? code) => new(
        Unnamed, code is null ? "The check failed; see the service's log." : $"The database answered with error {code}.");
}
