using System.Security.Cryptography;

namespace ComposeLab.EnvFiles;

/// <summary>Generates passwords, and knows which variables of an example file need one.</summary>
internal static class PasswordGenerator
{
    // Letters and digits only: such a password needs no quoting in a URL, in YAML or in a shell. 32 of them contain 190 bits.
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private const int Length = 32;

    private static readonly string[] SecretWords = ["PASSWORD", "PASSWD", "SECRET", "TOKEN"];
    private static readonly string[] Placeholders = ["changeme", "change-me", "change_me", "password", "secret", "example", "todo"];

    /// <summary>Generates one password with the system's cryptographic random generator.</summary>
    /// <returns>32 letters and digits.</returns>
    public static string Generate() => RandomNumberGenerator.GetString(Alphabet, Length);

    /// <summary>Whether an assignment needs a generated value: the name is that of a secret, and the value is empty or clearly a placeholder.</summary>
    /// <param name="name">The variable's name.</param>
    /// <param name="value">Its value, without quotes.</param>
    /// <returns>True if it needs a password.</returns>
    public static bool IsOpen(string name, string value) =>
        SecretWords.Any(word => name.Contains(word, StringComparison.OrdinalIgnoreCase))
            && !name.EndsWith(SecretFiles.Suffix, StringComparison.OrdinalIgnoreCase)
            && (value.Length == 0 || value.StartsWith('<') || Placeholders.Contains(value, StringComparer.OrdinalIgnoreCase));
}
