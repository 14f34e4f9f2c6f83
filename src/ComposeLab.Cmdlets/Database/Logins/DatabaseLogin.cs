namespace ComposeLab.Database.Logins;

/// <summary>Where a database is and how one logs in to it.</summary>
/// <param name="Host">Name or address of the server, as seen from inside the stack's network.</param>
/// <param name="Port">TCP port, 1 to 65535.</param>
/// <param name="User">The user.</param>
/// <param name="Password">The password; null when none is known. Never print it.</param>
/// <param name="Database">The database's name.</param>
/// <param name="DemandsTls">Whether a connection without TLS is refused by the client.</param>
internal sealed record DatabaseLogin(string Host, int Port, string User, string? Password, string Database, bool DemandsTls = false)
{
    /// <summary>The port PostgreSQL listens at when nobody says otherwise.</summary>
    public const int DefaultPort = 5432;

    /// <summary>The login without its password, for messages.</summary>
    /// <returns>User, host, port and database.</returns>
    public override string ToString() => $"{User}@{Host}:{Port}/{Database}";
}
