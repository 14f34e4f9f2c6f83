using System.Text.RegularExpressions;

namespace ComposeLab.Compose.Rules.Secrets;

/// <summary>
/// Knows the variables that hold a secret. Stricter than the mask that hides values: hiding too much is harmless, a false finding is not.
/// </summary>
internal static partial class SecretNames
{
    /// <summary>Whether a name is that of a secret: it ends in one of the words people use.</summary>
    /// <param name="name">The variable's name.</param>
    public static bool Contains(string name) => Names().IsMatch(name);

    /// <summary>Whether a value can be a secret: not empty, no switch, no path.</summary>
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
