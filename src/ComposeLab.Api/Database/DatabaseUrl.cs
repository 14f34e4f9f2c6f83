using ComposeLab.Api.Hosting;
using Npgsql;

namespace ComposeLab.Api.Database;

/// <summary>
/// Reads <c>postgresql://USER[:PASSWORD]@HOST[:PORT]/DATABASE[?name=value]</c>, the form of PostgreSQL's own client library, which Npgsql does
/// not accept. No message ever repeats the URL, since it may contain a password.
/// </summary>
internal static class DatabaseUrl
{
    private const string Expected = "expected postgresql://USER[:PASSWORD]@HOST[:PORT]/DATABASE";
    private const int DefaultPort = 5432;

    /// <summary>Reads a URL.</summary>
    /// <param name="url">The URL; user, password and database may be percent-encoded.</param>
    /// <returns>Its parts.</returns>
    /// <exception cref="SettingException">The text is not such a URL, or has a parameter that this service does not support.</exception>
    public static DatabaseAddress Parse(string url)
    {
        var rest = WithoutScheme(url.Trim());
        var (beforeQuery, query) = Cut(rest, rest.IndexOf('?'));
        var (authority, database) = Cut(beforeQuery, beforeQuery.IndexOf('/'));
        var at = authority.LastIndexOf('@');
        var (user, password) = at < 0 ? (null, null) : Cut(authority[..at], authority.IndexOf(':'), at);
        var (host, port) = Server(authority[(at + 1)..]);
        var parameters = Parameters(query);
        return new DatabaseAddress(
            host, port, Decode(user, "user"), Decode(password, "password"), Decode(database, "database"), parameters.GetValueOrDefault("application_name"))
        {
            SslMode = Ssl(parameters.GetValueOrDefault("sslmode")),
            RootCertificate = parameters.GetValueOrDefault("sslrootcert"),
        };
    }

    private static string WithoutScheme(string url)
    {
        foreach (var scheme in (string[])["postgresql://", "postgres://"])
        {
            if (url.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
            {
                return url[scheme.Length..];
            }
        }

        var end = url.IndexOf("://", StringComparison.Ordinal);
        throw Fault(end < 0 ? "no scheme" : $"scheme {Named(url[..end])}");
    }

    private static (string Host, int Port) Server(string text)
    {
        // An IPv6 address is in brackets; its colons do not start a port.
        var colon = text.IndexOf(':', text.StartsWith('[') ? Math.Max(text.IndexOf(']'), 0) : 0);
        var host = (colon < 0 ? text : text[..colon]).Trim('[', ']');
        if (host.Length == 0)
        {
            throw Fault("no host");
        }

        if (colon < 0)
        {
            return (host, DefaultPort);
        }

        return int.TryParse(text[(colon + 1)..], out var port) && port is > 0 and <= ushort.MaxValue
            ? (host, port)
            : throw Fault("a port that is not a number from 1 to 65535");
    }

    private static Dictionary<string, string?> Parameters(string? query)
    {
        var parameters = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var pair in (query ?? string.Empty).Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = Cut(pair, pair.IndexOf('='));
            if (name is not ("application_name" or "sslmode" or "sslrootcert"))
            {
                throw Fault($"parameter {Named(name)}; supported are application_name, sslmode and sslrootcert");
            }

            parameters[name] = Decode(value, name);
        }

        return parameters;
    }

    // https://www.postgresql.org/docs/16/libpq-ssl.html
    private static SslMode Ssl(string? mode) => mode switch
    {
        null or "prefer" => SslMode.Prefer,
        "disable" => SslMode.Disable,
        "allow" => SslMode.Allow,
        "require" => SslMode.Require,
        "verify-ca" => SslMode.VerifyCA,
        "verify-full" => SslMode.VerifyFull,
        _ => throw Fault($"sslmode {Named(mode)}; supported are disable, allow, prefer, require, verify-ca and verify-full"),
    };

    private static (string Head, string? Tail) Cut(string text, int index, int end = -1)
    {
        var limited = end < 0 ? text : text[..end];
        return index < 0 || index >= limited.Length ? (limited, null) : (limited[..index], limited[(index + 1)..]);
    }

    private static string? Decode(string? text, string part)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        for (var i = text.IndexOf('%'); i >= 0; i = text.IndexOf('%', i + 1))
        {
            if (i + 2 >= text.Length || !char.IsAsciiHexDigit(text[i + 1]) || !char.IsAsciiHexDigit(text[i + 2]))
            {
                throw Fault($"a '%' in the {part} that is not followed by two hexadecimal digits; write %25 for a percent sign");
            }
        }

        return Uri.UnescapeDataString(text);
    }

    // If the password contains an unescaped sign, any part of the text may belong to it. So only a plain word is repeated.
    private static string Named(string word) => word.All(sign => char.IsAsciiLetterLower(sign) || sign == '_') ? $"'{word}'" : "(not shown)";

    private static SettingException Fault(string found) => new("DATABASE_URL", $"{Expected}, found {found}.");
}
