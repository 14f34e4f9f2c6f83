using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ComposeLab.Database.Queries;

/// <summary>
/// Computes the verifier that a PostgreSQL server stores for a password (RFC 5803, the format of <c>pg_authid.rolpassword</c>). A server that gets it instead of the password
/// never sees the password: neither its log nor an error can show it.
/// </summary>
internal static class ScramVerifier
{
    // The default of PostgreSQL servers.
    private const int Iterations = 4096;
    private const int SaltBytes = 16;

    // Without the Unicode tables of the system, .NET leaves every text as it is.
    private static readonly bool HasUnicode = "\u00aa".Normalize(NormalizationForm.FormKC) == "a";

    /// <summary>Creates the value to send to a server instead of a password: a verifier with a new salt.</summary>
    /// <param name="password">The password.</param>
    /// <returns>ASCII text; the password itself if it contains characters that only the server can normalize, because this system has no Unicode tables.</returns>
    public static string Of(string password) =>
        HasUnicode || password.All(char.IsAscii) ? Of(password, RandomNumberGenerator.GetBytes(SaltBytes), Iterations) : password;

    /// <summary>Computes a verifier.</summary>
    /// <param name="password">The password.</param>
    /// <param name="salt">The salt.</param>
    /// <param name="iterations">The number of hash iterations.</param>
    /// <returns>ASCII text.</returns>
    public static string Of(string password, byte[] salt, int iterations)
    {
        byte[] salted = Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(Prepare(password)), salt, iterations, HashAlgorithmName.SHA256, SHA256.HashSizeInBytes);
        byte[] stored = SHA256.HashData(HMACSHA256.HashData(salted, "Client Key"u8));
        byte[] server = HMACSHA256.HashData(salted, "Server Key"u8);
        return string.Create(CultureInfo.InvariantCulture, $"SCRAM-SHA-256${iterations}:{Convert.ToBase64String(salt)}${Convert.ToBase64String(stored)}:{Convert.ToBase64String(server)}");
    }

    // SASLprep (RFC 4013), as servers and clients apply it: what it prohibits is used as it is.
    private static string Prepare(string password)
    {
        if (password.All(char.IsAscii))
        {
            return password;
        }

        try
        {
            string mapped = string.Concat(password.Where(sign => !IsDropped(sign)).Select(sign => char.GetUnicodeCategory(sign) == UnicodeCategory.SpaceSeparator ? ' ' : sign));
            string normal = mapped.Normalize(NormalizationForm.FormKC);
            return normal.Length == 0 || normal.Any(IsProhibited) ? password : normal;
        }
        catch (ArgumentException)
        {
            // Half of a surrogate pair has no normal form.
            return password;
        }
    }

    private static bool IsDropped(char sign) => sign is '\u00ad' or '\u034f' or '\u1806' or (>= '\u180b' and <= '\u180d') or (>= '\u200b' and <= '\u200d') or '\u2060' or (>= '\ufe00' and <= '\ufe0f') or '\ufeff';

    private static bool IsProhibited(char sign) => char.IsControl(sign) || char.GetUnicodeCategory(sign) is UnicodeCategory.PrivateUse or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        || sign is (>= '\u200e' and <= '\u200f') or (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u206f') or (>= '\ufff9' and <= '\uffff') or (>= '\ufdd0' and <= '\ufdef');
}
