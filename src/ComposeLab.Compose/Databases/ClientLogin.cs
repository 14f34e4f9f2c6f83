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

    /// <summary>What TLS the client wants.</summary>
    Tls,
}

/// <summary>How a service logs in to a PostgreSQL server, and which variables say so.</summary>
public sealed record ClientLogin
{
    /// <summary>The service.</summary>
    public required string Service { get; init; }

    /// <summary>The variable that names the server; it stands for the login in messages.</summary>
    public required string Variable { get; init; }

    /// <summary>The servers, tried in this order; at least one.</summary>
    public required IReadOnlyList<ServerAddress> Servers { get; init; }

    /// <summary>The user; null: the client library's default, the user of the client's process.</summary>
    public string? User { get; init; }

    /// <summary>The password; null if none is known. Never print it.</summary>
    public string? Password { get; init; }

    /// <summary>The database; null: the one that is called as the user.</summary>
    public string? Database { get; init; }

    /// <summary>What TLS the client wants, in libpq's words; null if it says nothing.</summary>
    public string? TlsMode { get; init; }

    /// <summary>Settings of the session, as <c>-c name=value</c>; null if there are none.</summary>
    public string? SessionOptions { get; init; }

    /// <summary>Which of several servers will do, in libpq's words; null: any.</summary>
    public string? TargetSession { get; init; }

    /// <summary>The text that holds the login; null if each part has its own variable.</summary>
    public ConnectionText? Text { get; init; }

    /// <summary>Which variable each part comes from; a part that no variable holds is missing.</summary>
    public IReadOnlyDictionary<LoginPart, string> Variables { get; init; } = new Dictionary<LoginPart, string>();

    /// <summary>The server that is tried first.</summary>
    public ServerAddress Server => Servers[0];

    /// <summary>Whether both lead the same user to the same place with the same password.</summary>
    /// <param name="other">Another login.</param>
    /// <returns>True if one check answers for both.</returns>
    public bool IsSameAs(ClientLogin other) =>
        Servers.SequenceEqual(other.Servers) && User == other.User && Password == other.Password && Database == other.Database && TlsMode == other.TlsMode;

    /// <summary>The login without its password.</summary>
    /// <returns>User, servers and database.</returns>
    public override string ToString() => $"{User}@{string.Join(',', Servers)}/{Database ?? User}";
}

/// <summary>What a service's variables tell about its logins.</summary>
/// <param name="Logins">The logins that can be read.</param>
/// <param name="Fragments">The variables that belong to a login of which the server is not named.</param>
public sealed record ClientReading(IReadOnlyList<ClientLogin> Logins, IReadOnlyList<string> Fragments);
