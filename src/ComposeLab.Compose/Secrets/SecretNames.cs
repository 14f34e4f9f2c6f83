using System.Text.RegularExpressions;

namespace ComposeLab.Compose.Secrets;

/// <summary>
/// Decides by the name whether a variable, label or option contains a secret. A name is read word by word (<c>DB_PASSWORD</c>, <c>dbPassword</c>,
/// <c>db-password</c>), so that <c>MONKEY</c> and <c>COMPASS</c> do not count as a key and a password.
/// </summary>
internal static partial class SecretNames
{
    private static readonly HashSet<string> Secrets = new(StringComparer.Ordinal)
    {
        "pass", "password", "passwords", "passwd", "passphrase", "passcode", "pw", "pwd", "secret", "secrets", "token", "credential", "credentials", "creds", "cred",
        "pat", "dsn", "salt", "cookie", "apikey", "accesskey", "secretkey", "privatekey", "signingkey", "encryptionkey", "masterkey", "authkey", "jwt", "requirepass",
        "pepper", "otp", "totp", "webhook", "connectionstring",
    };

    // Joined to another word: DBPASSWORD, PGPASS, ACCESSTOKEN.
    private static readonly string[] SecretEndings = ["password", "passwd", "passphrase", "secret", "token", "apikey", "secretkey", "privatekey", "accesskey", "creds"];

    // English words that end in "pass" but are not passwords.
    private static readonly HashSet<string> PassWords = new(StringComparer.Ordinal)
    {
        "bypass", "compass", "encompass", "overpass", "surpass", "trespass", "underpass", "lowpass", "highpass", "bandpass", "multipass", "twopass", "onepass", "proxypass",
    };

    // A word before "key" that makes it harmless.
    private static readonly HashSet<string> PublicKeys = new(StringComparer.Ordinal)
    {
        "public", "pub", "primary", "foreign", "partition", "sort", "cache", "routing", "idempotency", "host", "group", "object", "map", "hot", "shortcut", "index", "unique",
    };

    // Endings of names that describe a secret instead of containing it.
    private static readonly HashSet<string> Descriptions = new(StringComparer.Ordinal)
    {
        "file", "files", "path", "paths", "dir", "directory", "folder", "length", "len", "min", "max", "ttl", "expiry", "expires", "expiration", "lifetime", "timeout", "name", "type",
        "algorithm", "algo", "policy", "enabled", "disabled", "required", "count", "size", "limit", "age", "days", "hours", "minutes", "seconds", "method", "mode", "format", "encoding", "version",
        "domain", "samesite", "secure", "httponly", "prefix", "issuer", "audience", "provider", "id", "host", "port", "endpoint", "ref", "store", "driver",
    };

    // The shell's own variables for the current and the previous directory.
    private static readonly HashSet<string> Directories = new(StringComparer.OrdinalIgnoreCase) { "PWD", "OLDPWD" };

    /// <summary>Whether a name suggests a secret value.</summary>
    /// <param name="name">The name of a variable, label, key or option, in any style.</param>
    /// <returns>True if the value must not be shown.</returns>
    public static bool IsSecret(string name)
    {
        if (Directories.Contains(name))
        {
            return false;
        }

        string[] words = [.. Words().Matches(name).Cast<Match>().Select(word => word.Value.ToLowerInvariant().TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9')).Where(word => word.Length > 0)];
        return words.Length > 0 && !Descriptions.Contains(words[^1]) && (words.Any(IsSecretWord) || HasSecretEnding(words));
    }

    private static bool IsSecretWord(string word) =>
        Secrets.Contains(word)
        || SecretEndings.Any(ending => word.EndsWith(ending, StringComparison.Ordinal))
        || (word.EndsWith("pass", StringComparison.Ordinal) && !PassWords.Contains(word))
        || (word.StartsWith("password", StringComparison.Ordinal) && word.Length <= "passwords".Length);

    private static bool HasSecretEnding(string[] words) => words[^1] switch
    {
        "key" or "keys" => words.Length == 1 || !PublicKeys.Contains(words[^2]),
        "auth" => true,
        "tokens" => words is not [.., "max" or "total" or "min" or "context" or "output" or "input", _],
        "hash" or "verifier" => words.Length > 1 && words[..^1].Any(IsSecretWord),
        _ => false,
    };

    // Runs of capitals, capitalized words, runs of lower case: HTTPToken is two words.
    [GeneratedRegex("[A-Z]+(?![a-z])[0-9]*|[A-Z]?[a-z]+[0-9]*", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Words();
}
