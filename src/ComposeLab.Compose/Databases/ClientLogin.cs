namespace ComposeLab.Compose.Databases;

/// <summary>The parts of a login.</summary>
public enum LoginPart
{
    /// <summary>The server's name or address.</summary>
    Host,

    /// <summary>The server's port.</summary>
    Port,

    /// <summary>The user.</summary>
    User,

    /// <summary>The password.</summary>
    Password,

    /// <summary>The database.</summary>
    Database,

    /// <summary>The TLS mode of the client.</summary>
    Tls,
}

/// <summary>A service's login to a PostgreSQL server, and the variables that define it.</summary>
public sealed record ClientLogin
{
    /// <summary>The service.</summary>
    public required string Service { get; init; }

    /// <summary>The variable that contains the server. Messages use it to refer to the login.</summary>
    public required string Variable { get; init; }

    /// <summary>The servers, tried in this order; at least one.</summary>
    public required IReadOnlyList<ServerAddress> Servers { get; init; }

    /// <summary>The user; null: the client library's default, the user of the client's process.</summary>
    public string? User { get; init; }

    /// <summary>The password; null if none is known. Never print it.</summary>
    public string? Password { get; init; }

    /// <summary>The database; null means the database with the user's name.</summary>
    public string? Database { get; init; }

    /// <summary>The TLS mode of the client, in libpq's terms; null if not specified.</summary>
    public string? TlsMode { get; init; }

    /// <summary>Settings of the session, as <c>-c name=value</c>; null if there are none.</summary>
    public string? SessionOptions { get; init; }

    /// <summary>Which of several servers is acceptable, in libpq's terms; null means any.</summary>
    public string? TargetSession { get; init; }

    /// <summary>The password file that the client library ignores because others can read it, as a path on this machine; null if there is none.</summary>
    public string? IgnoredPassfile { get; init; }

    /// <summary>The path in the container of the certificates that the client trusts; null: the client library's default.</summary>
    public string? RootCertificatePath { get; init; }

    /// <summary>The certificates that the client trusts, as PEM; null if they cannot be read from here or there are none.</summary>
    public string? RootCertificates { get; init; }

    /// <summary>The connection string; null if each part has its own variable.</summary>
    public ConnectionText? Text { get; init; }

    /// <summary>The variable of each part; parts without a variable are missing.</summary>
    public IReadOnlyDictionary<LoginPart, string> Variables { get; init; } = new Dictionary<LoginPart, string>();

    /// <summary>The server that is tried first.</summary>
    public ServerAddress Server => Servers[0];

    /// <summary>Whether both have the same servers, user, password and database.</summary>
    /// <param name="other">Another login.</param>
    /// <returns>True if one check is sufficient for both.</returns>
    public bool IsSameAs(ClientLogin other) =>
        Servers.SequenceEqual(other.Servers) && User == other.User && Password == other.Password && Database == other.Database && TlsMode == other.TlsMode;

    /// <summary>The login without its password.</summary>
    /// <returns>User, servers and database.</returns>
    public override string ToString() => $"{User}@{string.Join(',', Servers)}/{Database ?? User}";
}

/// <summary>The logins in a service's variables.</summary>
/// <param name="Logins">The logins that can be read.</param>
/// <param name="Fragments">The variables that belong to a login without a server.</param>
public sealed record ClientReading(IReadOnlyList<ClientLogin> Logins, IReadOnlyList<string> Fragments);
