using System.Globalization;

namespace ComposeLab.Database.Logins;

/// <summary>
/// Reads <c>postgresql://USER[:PASSWORD]@HOST[:PORT]/DATABASE[?name=value]</c> and its relatives (<c>postgres:</c>, <c>jdbc:postgresql:</c>,
/// <c>postgresql+driver:</c>), which Npgsql does not know. What cannot be read is no database URL.
/// </summary>
internal static class PostgresUrl
{
    /// <summary>Reads a URL.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The login; null where the text is no database URL.</returns>
    public static DatabaseLogin? Parse(string text)
    {
        string url = text.Trim();
        int scheme = url.IndexOf("://", StringComparison.Ordinal);
        if (scheme < 0 || !IsPostgres(url[..scheme]))
        {
            return null;
        }

        (string address, string query) = Cut(url[(scheme + 3)..], '?');
        (string authority, string database) = Cut(address, '/');
        int at = authority.LastIndexOf('@');
        (string user, string password) = Cut(at < 0 ? "" : authority[..at], ':');
        if (Server(authority[(at + 1)..]) is not { } server)
        {
            return null;
        }

        Dictionary<string, string> options = Options(query);
        string name = Or(Uri.UnescapeDataString(user), options.GetValueOrDefault("user", "postgres"));
        string secret = Or(Uri.UnescapeDataString(password), options.GetValueOrDefault("password", ""));
        return new DatabaseLogin(
            server.Host,
            server.Port,
            name,
            secret.Length == 0 ? null : secret,
            Or(Uri.UnescapeDataString(database), name),
            options.GetValueOrDefault("sslmode") is "require" or "verify-ca" or "verify-full");
    }

    private static bool IsPostgres(string scheme)
    {
        string name = scheme.ToLowerInvariant();
        name = name.StartsWith("jdbc:", StringComparison.Ordinal) ? name[5..] : name;
        return name.Split('+')[0] is "postgres" or "postgresql";
    }

    private static (string Host, int Port)? Server(string text)
    {
        // An IPv6 address stands in brackets, its colons are no port.
        int colon = text.IndexOf(':', text.StartsWith('[') ? Math.Max(text.IndexOf(']', StringComparison.Ordinal), 0) : 0);
        string host = (colon < 0 ? text : text[..colon]).Trim('[', ']');
        if (host.Length == 0)
        {
            return null;
        }

        if (colon < 0)
        {
            return (host, DatabaseLogin.DefaultPort);
        }

        bool isPort = int.TryParse(text[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out int port) && port is > 0 and <= ushort.MaxValue;
        return isPort ? (host, port) : null;
    }

    private static Dictionary<string, string> Options(string query)
    {
        var options = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (string pair in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            (string name, string value) = Cut(pair, '=');
            options[name] = Uri.UnescapeDataString(value);
        }

        return options;
    }

    private static string Or(string text, string otherwise) => text.Length == 0 ? otherwise : text;

    private static (string Head, string Tail) Cut(string text, char sign)
    {
        int index = text.IndexOf(sign, StringComparison.Ordinal);
        return index < 0 ? (text, "") : (text[..index], text[(index + 1)..]);
    }
}
