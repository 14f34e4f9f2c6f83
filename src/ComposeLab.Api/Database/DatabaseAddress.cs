using Npgsql;

namespace ComposeLab.Api.Database;

/// <summary>The parts of a database URL.</summary>
/// <param name="Host">Name or address of the server.</param>
/// <param name="Port">TCP port, 1 to 65535.</param>
/// <param name="User">User to log in as; null means the server's default for the client's own user.</param>
/// <param name="Password">Password inside the URL, or null.</param>
/// <param name="Database">Database name; null means the database with the same name as the user.</param>
/// <param name="ApplicationName">Name shown in the server's list of sessions, or null.</param>
internal sealed record DatabaseAddress(string Host, int Port, string? User, string? Password, string? Database, string? ApplicationName)
{
    /// <summary>Whether to encrypt the connection and check the certificate. The default is that of libpq: encrypted if the server offers it.</summary>
    public SslMode SslMode { get; init; } = SslMode.Prefer;

    /// <summary>The file with the certificate authority that the server's certificate must be signed by; null uses the system's.</summary>
    public string? RootCertificate { get; init; }

    /// <summary>The address without the password, for messages.</summary>
    /// <returns>Host, port and database.</returns>
    public override string ToString() => $"{Host}:{Port}/{Database ?? User}";
}
