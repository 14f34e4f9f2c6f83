using System.Text.RegularExpressions;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Rules.Secrets;

/// <summary>A secret in a value: all of it, or the password inside a URL.</summary>
/// <param name="IsWritten">Whether it stands in a Compose file for everyone to read: written out, or as the default that is in use.</param>
/// <param name="IsDefault">Whether it is the default of a variable.</param>
/// <param name="IsInUrl">Whether it is the password inside a URL.</param>
internal sealed partial record SecretValue(bool IsWritten, bool IsDefault, bool IsInUrl)
{
    // Stands for a variable whose value comes from outside the file.
    private const char Outside = '\u0001';

    /// <summary>Looks for a secret in the value of a named thing.</summary>
    /// <param name="name">The name: a variable, an argument of a build.</param>
    /// <param name="value">The value.</param>
    /// <param name="raw">What the files say before variables are replaced.</param>
    /// <returns>The secret; null when there is none.</returns>
    public static SecretValue? In(string name, ScalarNode value, RawValues raw)
    {
        bool whole = SecretNames.Contains(name) && SecretNames.IsValue(value.Text);
        Match url = UrlPassword().Match(value.Text);
        if (!whole && !url.Success)
        {
            return null;
        }

        if (raw.At(value.Origin) is not { } written)
        {
            return new SecretValue(false, false, !whole);
        }

        if (written.StartsWith(name + "=", StringComparison.Ordinal))
        {
            written = written[(name.Length + 1)..];
        }
        else if (written == name)
        {
            return new SecretValue(false, false, !whole);
        }

        bool usesDefault = written.Contains('$', StringComparison.Ordinal) && value.Origin.Variables.Any(use => use.Source == VariableSource.Default);
        string literal = Literal(written, value.Origin.Variables);
        string secret = whole ? literal : UrlPassword().Match(literal) is { Success: true } match ? match.Groups["password"].Value : "";
        bool isWritten = secret.Length > 0 && !secret.Contains(Outside, StringComparison.Ordinal);
        return new SecretValue(isWritten, isWritten && usesDefault, !whole);
    }

    // Defaults count as written where they are in use; every other variable comes from outside.
    private static string Literal(string written, IReadOnlyList<VariableUse> uses)
    {
        string text = written.Replace("$$", "", StringComparison.Ordinal);
        return Expression().Replace(text, match =>
        {
            string name = match.Groups["name"].Value;
            bool byDefault = uses.Any(use => use.Name == name && use.Source == VariableSource.Default);
            return byDefault && match.Groups["default"] is { Success: true } operand && !operand.Value.Contains('$', StringComparison.Ordinal)
                ? operand.Value
                : Outside.ToString();
        });
    }

    [GeneratedRegex(@"[a-z][a-z0-9+.-]{1,30}://[^\s/:@]{0,200}:(?<password>[^\s@/]{1,500})@", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex UrlPassword();

    [GeneratedRegex(@"\$(?:\{(?<name>\w+)(?::?-(?<default>[^{}]*)|[^{}]*(?:\{[^{}]*\}[^{}]*)*)\}|(?<name>\w+))", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Expression();
}
