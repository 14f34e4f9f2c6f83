using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace ComposeLab.Compose.Databases;

/// <summary>A server that a client connects to.</summary>
/// <param name="Host">Name or address, from the client's view; empty if the client specifies none.</param>
/// <param name="Port">TCP port, 1 to 65535.</param>
public sealed record ServerAddress(string Host, int Port)
{
    /// <summary>The default port of PostgreSQL.</summary>
    public const int DefaultPort = 5432;

    /// <summary>Whether the host is a folder with a Unix socket.</summary>
    public bool IsSocket => Host.StartsWith('/');

    /// <summary>Whether the host is the machine or container in which the client runs.</summary>
    public bool IsLoopback => Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(Host, out IPAddress? address) && (IPAddress.IsLoopback(address) || address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any)));

    /// <summary>The address in URL form.</summary>
    /// <returns><c>host:port</c>, an IPv6 address in brackets.</returns>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{(Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host)}:{Port}");
}

/// <summary>The forms of connection strings.</summary>
public enum ConnectionForm
{
    /// <summary><c>postgresql://USER:PASSWORD@HOST:PORT/DATABASE?name=value</c>, also with <c>+driver</c>.</summary>
    Url,

    /// <summary><c>jdbc:postgresql://HOST:PORT/DATABASE?user=...</c>.</summary>
    Jdbc,

    /// <summary><c>host=... dbname=...</c>, or .NET's <c>Host=...;Database=...</c>.</summary>
    Keywords,
}

/// <summary>
/// A connection string, parsed as PostgreSQL's client library does. If characters of the password change that result from what the author intended,
/// both are kept.
/// </summary>
public sealed partial record ConnectionText
{
    private static readonly string[] Schemes = ["postgres", "postgresql", "pgsql", "psql", "pg", "postgis", "ecto", "cockroachdb", "timescaledb", "timescale"];

    /// <summary>The form of the text.</summary>
    public required ConnectionForm Form { get; init; }

    /// <summary>The servers, tried in this order; empty if the text names none.</summary>
    public IReadOnlyList<ServerAddress> Servers { get; init; } = [];

    /// <summary>The user; null if the text names none.</summary>
    public string? User { get; init; }

    /// <summary>The password; null if there is none. Never print it.</summary>
    public string? Password { get; init; }

    /// <summary>The password as written, before decoding; null if there is none. Never print it.</summary>
    public string? WrittenPassword { get; init; }

    /// <summary>The database; null if the text names none.</summary>
    public string? Database { get; init; }

    /// <summary>The other settings by name in lower case, without blanks and underscores.</summary>
    public IReadOnlyDictionary<string, string> Options { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether the form is PostgreSQL's own; false if clients of other databases use the same form.</summary>
    public bool IsCertain { get; init; } = true;

    /// <summary>Whether a character of the password ends it too early or makes the text unreadable: unencoded <c>@ / %</c>.</summary>
    public bool IsNotEncoded => Meant is not null;

    /// <summary>Whether the password contains a character that some clients read as the end of the address: an unencoded <c># ? :</c>.</summary>
    public bool IsAmbiguous { get; init; }

    /// <summary>The intended connection; null if it is the same.</summary>
    public ConnectionText? Meant { get; init; }

    /// <summary>The TLS mode of the client, in libpq's terms; null if not specified.</summary>
    public string? TlsMode =>
        Options.GetValueOrDefault("sslmode") is { } mode ? mode.ToLowerInvariant()
        : (Options.GetValueOrDefault("ssl") ?? Options.GetValueOrDefault("usessl")) is not { } flag ? null
        : flag.ToLowerInvariant() is "true" or "1" or "yes" or "on" or "" or "require" ? "require"
        : flag.ToLowerInvariant() is "false" or "0" or "no" or "off" ? "disable"
        : flag.ToLowerInvariant();

    /// <summary>Reads a text.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The connection; null if the text is not one for PostgreSQL.</returns>
    public static ConnectionText? Parse(string text)
    {
        string value = text.Trim();
        if (Jdbc().Match(value) is { Success: true } jdbc)
        {
            string rest = value[jdbc.Length..];
            return rest.StartsWith("//", StringComparison.Ordinal)
                ? Url(rest[2..]) with { Form = ConnectionForm.Jdbc }
                : Url("localhost/" + rest.TrimStart('/')) with { Form = ConnectionForm.Jdbc };
        }

        int scheme = value.IndexOf("://", StringComparison.Ordinal);
        if (scheme > 0 && scheme < 40 && !value.AsSpan(0, scheme).ContainsAny(" =;"))
        {
            string name = value[..scheme].ToLowerInvariant();
            name = name.StartsWith("r2dbc:", StringComparison.Ordinal) ? name[(name.LastIndexOf(':') + 1)..] : name;
            return Schemes.Contains(name.Split('+')[0]) ? Url(value[(scheme + 3)..]) : null;
        }

        return Keywords(value.StartsWith("pgsql:", StringComparison.OrdinalIgnoreCase) ? value[6..] : value);
    }

    private static ConnectionText Url(string rest)
    {
        int end = rest.AsSpan().IndexOfAny('@', '/');
        ConnectionText read = Url(rest, end >= 0 && rest[end] == '@' ? end : -1, isRaw: false);
        int at = MeantEnd(rest);
        if (at < 0)
        {
            return read;
        }

        ConnectionText meant = Url(rest, at, isRaw: true);
        string written = Split(rest[..at], ':').Tail;
        bool differs = at != end || BrokenPercent().IsMatch(rest[..at]);
        return read with
        {
            Meant = differs && meant.Password is not null ? meant : null,
            IsAmbiguous = written.AsSpan().ContainsAny("#?:"),
        };
    }

    // The last sign that is followed by a possible address.
    private static int MeantEnd(string rest)
    {
        for (int at = rest.LastIndexOf('@'); at >= 0; at = at == 0 ? -1 : rest.LastIndexOf('@', at - 1))
        {
            if (Address().IsMatch(rest[(at + 1)..]) && rest[..at].Contains(':', StringComparison.Ordinal) && !QueryBegins().IsMatch(rest[..at]))
            {
                return at;
            }
        }

        return -1;
    }

    private static ConnectionText Url(string rest, int at, bool isRaw)
    {
        (string user, string password) = at < 0 ? ("", "") : Split(rest[..at], ':');
        string tail = rest[(at + 1)..];
        int addressEnd = tail.AsSpan().IndexOfAny('/', '?');
        string authority = addressEnd < 0 ? tail : tail[..addressEnd];
        string behind = addressEnd < 0 ? "" : tail[addressEnd..];
        (string path, string query) = Split(behind, '?');
        Dictionary<string, string> options = Query(query);
        IReadOnlyList<ServerAddress> servers = ServersOf(authority, options);
        string name = Decode(user);
        string secret = isRaw ? password : Decode(password);
        string database = Decode(path.TrimStart('/'));
        return new ConnectionText
        {
            Form = ConnectionForm.Url,
            Servers = servers,
            User = Or(name, options.GetValueOrDefault("user") ?? options.GetValueOrDefault("username")),
            Password = Or(secret, options.GetValueOrDefault("password")),
            WrittenPassword = Or(password, null),
            Database = Or(database, options.GetValueOrDefault("dbname") ?? options.GetValueOrDefault("database")),
            Options = options,
        };
    }

    private static IReadOnlyList<ServerAddress> ServersOf(string authority, Dictionary<string, string> options)
    {
        string[] hosts = authority.Length == 0 || authority.StartsWith(':') && options.ContainsKey("host") ? [] : authority.Split(',');
        if ((options.GetValueOrDefault("hostaddr") ?? options.GetValueOrDefault("host")) is { Length: > 0 } given)
        {
            hosts = given.Split(',');
        }

        string[] ports = options.GetValueOrDefault("port")?.Split(',') ?? [];
        return [.. hosts.Select((host, index) => Server(host, ports.Length == 0 ? "" : ports[Math.Min(index, ports.Length - 1)]))];
    }

    /// <summary>Reads <c>host</c> or <c>host:port</c>.</summary>
    /// <param name="text">The text.</param>
    /// <param name="port">The port from another setting; empty if there is none.</param>
    /// <returns>The address; with the default port if there is no valid port.</returns>
    public static ServerAddress Server(string text, string port = "")
    {
        text = text.Trim();
        bool isBare = text.Count(sign => sign == ':') > 1 && !text.StartsWith('[');
        int colon = isBare || text.StartsWith('/') ? -1 : text.IndexOf(':', text.StartsWith('[') ? Math.Max(text.IndexOf(']', StringComparison.Ordinal), 0) : 0);
        string host = Uri.UnescapeDataString((colon < 0 ? text : text[..colon]).Trim('[', ']'));
        string digits = colon < 0 || colon == text.Length - 1 ? port : text[(colon + 1)..];
        return new ServerAddress(host, Port(digits) ?? ServerAddress.DefaultPort);
    }

    /// <summary>Reads a port.</summary>
    /// <param name="text">The text; may be null.</param>
    /// <returns>The port; null if the text is not a port.</returns>
    public static int? Port(string? text) =>
        int.TryParse(text, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out int port) && port is > 0 and <= ushort.MaxValue ? port : null;

    private static Dictionary<string, string> Query(string query)
    {
        var options = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string pair in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            (string name, string value) = Split(pair, '=');
            options[Key(name)] = Decode(value);
        }

        return options;
    }

    private static ConnectionText? Keywords(string text)
    {
        Dictionary<string, string>? pairs = text.Contains('=', StringComparison.Ordinal) ? Pairs(text) : null;
        if (pairs is null)
        {
            return null;
        }

        string? Take(params ReadOnlySpan<string> names)
        {
            foreach (string name in names)
            {
                if (pairs.GetValueOrDefault(name) is { Length: > 0 } value)
                {
                    return value;
                }
            }

            return null;
        }

        string? host = Take("hostaddr", "host");
        string? server = host ?? Take("server", "datasource", "addr", "address");
        string? user = Take("user", "username", "userid", "uid");
        string? password = Take("password", "pwd", "pass");
        string? database = Take("dbname", "database", "initialcatalog", "db");
        if (server is null || (user is null && password is null && database is null))
        {
            return null;
        }

        string[] ports = (Take("port") ?? "").Split(',');
        return new ConnectionText
        {
            Form = ConnectionForm.Keywords,
            Servers = [.. server.Split(',').Select((name, index) => Server(name, ports[Math.Min(index, ports.Length - 1)]))],
            User = user,
            Password = password,
            Database = database,
            Options = pairs,
            IsCertain = host is not null || Take("port") == "5432",
        };
    }

    private static Dictionary<string, string>? Pairs(string text)
    {
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        MatchCollection matches = (text.Contains(';', StringComparison.Ordinal) ? Semicolons() : Blanks()).Matches(text);
        int at = 0;
        foreach (Match match in matches)
        {
            if (match.Index != at)
            {
                return null;
            }

            string value = match.Groups["value"].Value.Trim();
            bool isQuoted = value.Length > 1 && value[0] is '\'' or '"' && value[^1] == value[0];
            pairs[Key(match.Groups["name"].Value)] = isQuoted ? value[1..^1].Replace(@"\'", "'", StringComparison.Ordinal).Replace(@"\\", @"\", StringComparison.Ordinal) : value;
            at = match.Index + match.Length;
        }

        return at == text.Length && pairs.Count > 0 ? pairs : null;
    }

    private static string Key(string name) => name.Trim().Replace(" ", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();

    private static string Decode(string text) => Uri.UnescapeDataString(text);

    private static string? Or(string text, string? otherwise) => text.Length > 0 ? text : string.IsNullOrEmpty(otherwise) ? null : otherwise;

    private static (string Head, string Tail) Split(string text, char sign)
    {
        int index = text.IndexOf(sign, StringComparison.Ordinal);
        return index < 0 ? (text, "") : (text[..index], text[(index + 1)..]);
    }

    [GeneratedRegex(@"^jdbc:(?:[a-z0-9-]+:)?(?:postgresql|postgres|pgsql):", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Jdbc();

    [GeneratedRegex(@"%(?![0-9A-Fa-f]{2})", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex BrokenPercent();

    [GeneratedRegex(@"^[A-Za-z0-9_.\-\[\]:,]*/[^?@/]*\?\w+=", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex QueryBegins();

    [GeneratedRegex(@"^(?:[A-Za-z0-9_.-]+|\[[0-9A-Fa-f:.]+\])?(?::\d{1,5})?(?:,(?:[A-Za-z0-9_.-]+|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?)*(?:/[^@/]*)?(?:\?[^@]*)?$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Address();

    [GeneratedRegex(@"\s*(?<name>[A-Za-z][A-Za-z _]*?)\s*=\s*(?<value>""[^""]*""|'[^']*'|[^;]*)\s*(?:;\s*|$)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Semicolons();

    [GeneratedRegex(@"\s*(?<name>[A-Za-z_]+)\s*=\s*(?<value>'(?:[^'\\]|\\.)*'|[^\s']*)(?:\s+|$)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Blanks();
}
