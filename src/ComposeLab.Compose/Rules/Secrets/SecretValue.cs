using System.Text.RegularExpressions;
using ComposeLab.Compose.Model;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Rules.Secrets;

/// <summary>A secret in a value: all of it, or the password in a URL.</summary>
/// <param name="IsWritten">Whether it is readable in a Compose file: as a literal, or as the default in use.</param>
/// <param name="IsDefault">Whether it is the default of a variable.</param>
/// <param name="IsInUrl">Whether it is the password in a URL.</param>
internal sealed partial record SecretValue(bool IsWritten, bool IsDefault, bool IsInUrl)
{
    // Represents a variable with a value from outside the file.
    private const char Outside = '\u0001';

    /// <summary>Finds a secret in a named value.</summary>
    /// <param name="name">The name: a variable or a build argument.</param>
    /// <param name="value">The value.</param>
    /// <param name="raw">The content of the files before variables are replaced.</param>
    /// <returns>The secret; null if there is none.</returns>
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

    // Defaults in use count as written; every other variable comes from outside.
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

/// <summary>
/// Knows the variables that contain a secret. Stricter than the mask: masking too much is harmless, a false finding is not.
/// </summary>
internal static partial class SecretNames
{
    /// <summary>Whether a name is that of a secret: it ends in one of the usual words.</summary>
    /// <param name="name">The variable's name.</param>
    public static bool Contains(string name) => Names().IsMatch(name);

    /// <summary>Whether a value can be a secret: not empty, not a flag, not a path.</summary>
    /// <param name="value">The value.</param>
    public static bool IsValue(string value) => value.Length > 0 && !NoSecrets().IsMatch(value);

    [GeneratedRegex(
        @"(?:^|[_.-])(?:PASS|PWD|PASSPHRASE|PASSCODE|(?:API|SECRET_ACCESS|SECRET|PRIVATE|ENCRYPTION|SIGNING|MASTER|AUTH|APP|JWT|ADMIN|LICENSE)_?KEY|KEY_BASE)$"
        + @"|(?:PASSWORD|PASSWD|SECRET|TOKEN)(?:_?\d+)?$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Names();

    [GeneratedRegex(
        @"^(?:true|false|yes|no|on|off|none|null|disabled?|enabled?|0|1|[./~].*|\w+\(.*\))$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Singleline,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex NoSecrets();
}

/// <summary>A secret in a variable of a service.</summary>
/// <param name="Name">The variable.</param>
/// <param name="Value">The secret.</param>
/// <param name="Node">Its node.</param>
internal sealed record ServiceSecret(string Name, SecretValue Value, ScalarNode Node)
{
    /// <summary>The place in the service.</summary>
    public string Path => $"environment.{Name}";

    /// <summary>Finds the secrets in a service's environment.</summary>
    /// <param name="context">The project.</param>
    /// <param name="service">The service.</param>
    public static IEnumerable<ServiceSecret> Of(RuleContext context, ServiceDefinition service)
    {
        foreach (MappingEntry entry in (service.Node["environment"] as MappingNode)?.Entries ?? [])
        {
            if (entry.Value is ScalarNode { IsNull: false } value && SecretValue.In(entry.Key, value, context.Raw) is { } secret)
            {
                yield return new ServiceSecret(entry.Key, secret, value);
            }
        }
    }
}
