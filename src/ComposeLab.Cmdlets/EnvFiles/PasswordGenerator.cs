using System.Security.Cryptography;

namespace ComposeLab.EnvFiles;

/// <summary>Makes passwords, and knows which variables of an example file wait for one.</summary>
internal static class PasswordGenerator
{
    // Letters and digits only: such a password stands in a URL, in YAML and in a shell without quoting. 32 of them hold 190 bits.
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private const int Length = 32;

    private static readonly string[] SecretWords = ["PASSWORD", "PASSWD", "SECRET", "TOKEN"];
    private static readonly string[] Placeholders = ["changeme", "change-me", "change_me", "password", "secret", "example", "todo"];

    /// <summary>Makes one password from the system's cryptographic source.</summary>
    /// <returns>32 letters and digits.</returns>
    public static string Generate() => RandomNumberGenerator.GetString(Alphabet, Length);

    /// <summary>Whether an assignment waits for a generated value: the name is a secret's and the value is empty or plainly a placeholder.</summary>
    /// <param name="name">The variable's name.</param>
    /// <param name="value">Its value, quotes taken off.</param>
    /// <returns>True when a password belongs there.</returns>
    public static bool IsOpen(string name, string value) =>
        SecretWords.Any(word => name.Contains(word, StringComparison.OrdinalIgnoreCase))
            && !name.EndsWith(SecretFiles.Suffix, StringComparison.OrdinalIgnoreCase)
            && (value.Length == 0 || value.StartsWith('<') || Placeholders.Contains(value, StringComparer.OrdinalIgnoreCase));
}
