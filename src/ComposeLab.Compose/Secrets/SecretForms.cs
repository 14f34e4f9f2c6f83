using System.Text.RegularExpressions;

namespace ComposeLab.Compose.Secrets;

/// <summary>Secrets that are recognized by their form anywhere: keys, tokens, signed URLs, login headers, password hashes.</summary>
internal static partial class SecretForms
{
    private const int Patience = 1000;
    private const RegexOptions Options = RegexOptions.CultureInvariant;

    // No recognized form is shorter.
    private const int Shortest = 8;

    /// <summary>Hides the secrets in a text.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The text without them.</returns>
    public static string Hide(string text)
    {
        if (text.Length < Shortest)
        {
            return text;
        }

        string shown = text;
        if (shown.Contains("-----BEGIN", StringComparison.Ordinal))
        {
            shown = PrivateKeys().Replace(shown, SecretMask.Masked);
        }

        if (shown.Contains("://", StringComparison.Ordinal))
        {
            shown = DatabaseUrls().Replace(shown, HideValue);
            shown = UrlPasswords().Replace(shown, match => IsPort(match) ? match.Value : HideValue(match));
            shown = UrlTokens().Replace(shown, HideValue);
            shown = Webhooks().Replace(shown, HideValue);
            shown = QueryParts().Replace(shown, HideValue);
        }

        if (shown.Contains('$', StringComparison.Ordinal) || shown.Contains('{', StringComparison.Ordinal))
        {
            shown = PasswordHashes().Replace(shown, HideValue);
        }

        return Tokens().Replace(Headers().Replace(shown, HideValue), SecretMask.Masked);
    }

    private static string HideValue(Match match)
    {
        Group value = match.Groups["value"];
        int start = value.Index - match.Index;
        return $"{match.Value[..start]}{SecretMask.Masked}{match.Value[(start + value.Length)..]}";
    }

    // http://host:8080/path@2x is an address with a port, not a login.
    private static bool IsPort(Match match) => Port().IsMatch(match.Groups["value"].Value);

    [GeneratedRegex("-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----.*?(?:-----END [A-Z ]{0,40}-----|$)", Options | RegexOptions.Singleline, Patience)]
    private static partial Regex PrivateKeys();

    // Raw signs such as / # ? in a password end the login for a parser, but not for the person who wrote it.
    [GeneratedRegex(@"\b(?:postgres(?:ql)?(?:\+\w{1,30})?|mysql(?:\+\w{1,30})?|mariadb|mongodb(?:\+srv)?|rediss?|amqps?|mssql|sqlserver|ldaps?|smtps?|ftps?|nats)://[^\s/:@""']{0,200}:(?<value>[^\s""']{1,1000})@", Options | RegexOptions.IgnoreCase, Patience)]
    private static partial Regex DatabaseUrls();

    [GeneratedRegex(@"[A-Za-z][A-Za-z0-9+.-]{0,30}://[^\s/:@]{0,200}:(?<value>[^\s""']{1,1000})@", Options, Patience)]
    private static partial Regex UrlPasswords();

    [GeneratedRegex(@"^\d{1,5}[/?#]", Options, Patience)]
    private static partial Regex Port();

    [GeneratedRegex(@"[A-Za-z][A-Za-z0-9+.-]{0,30}://(?<value>(?=[^\s/:@]*\d)[A-Za-z0-9_.-]{16,1000})@", Options, Patience)]
    private static partial Regex UrlTokens();

    [GeneratedRegex(@"(?:hooks\.slack\.com/(?:services|workflows|triggers)/|discord(?:app)?\.com/api/webhooks/|webhook\.office\.com/|outlook\.office\.com/webhook/|/hooks?/(?=[A-Za-z0-9_-]{16}))(?<value>[^\s""'<>]+)", Options | RegexOptions.IgnoreCase, Patience)]
    private static partial Regex Webhooks();

    [GeneratedRegex(@"[?&;](?:sig|signature|token|key|code|auth|password|passwd|pass|pwd|secret|access_?token|api_?key|client_?secret|x-amz-(?:signature|security-token|credential))=(?<value>[^\s&""'<>]+)", Options | RegexOptions.IgnoreCase, Patience)]
    private static partial Regex QueryParts();

    [GeneratedRegex(@"\b(?:Bearer|Basic)[ \t]+(?<value>(?=[A-Za-z0-9+/=_.~-]*[0-9A-Z=.])[A-Za-z0-9+/=_.~-]{8,})", Options, Patience)]
    private static partial Regex Headers();

    // As in Traefik's basicauth labels; compose files double the dollar sign.
    [GeneratedRegex(@"(?<=^|[\s,=""'])[A-Za-z0-9._@-]{1,100}:(?<value>(?:\$\$?(?:2[abxy]|apr1|1|5|6|7|y|argon2\w{0,3}|pbkdf2[\w-]{0,20}|scrypt)\$[^\s,""']+|\{(?:SHA|SSHA|CRYPT)\d{0,3}\}[^\s,""']+))", Options, Patience)]
    private static partial Regex PasswordHashes();

    [GeneratedRegex(
        @"\b(?:gh[pousr]_[A-Za-z0-9]{20,}|github_pat_[A-Za-z0-9_]{20,}|gl(?:pat|rt|dt|ptt)-[A-Za-z0-9_-]{16,}|xox[abeprs]-[A-Za-z0-9-]{10,}|[rsp]k_(?:live|test)_[A-Za-z0-9]{10,}|sk-[A-Za-z0-9_-]{20,}"
        + @"|(?:AKIA|ASIA)[A-Z0-9]{16}|AIza[A-Za-z0-9_-]{30,}|npm_[A-Za-z0-9]{30,}|dckr_pat_[A-Za-z0-9_-]{20,}|hvs\.[A-Za-z0-9_-]{20,}|pypi-[A-Za-z0-9_-]{20,}|SG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}"
        + @"|eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*)",
        Options,
        Patience)]
    private static partial Regex Tokens();
}
