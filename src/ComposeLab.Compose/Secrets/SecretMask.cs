using System.Text.RegularExpressions;

namespace ComposeLab.Compose.Secrets;

/// <summary>Knows which values look secret, and hides them.</summary>
public sealed partial class SecretMask
{
    /// <summary>What is shown instead of a secret.</summary>
    public const string Masked = "********";

    /// <summary>The one mask: it has no settings, so that every part of the product hides the same values.</summary>
    public static SecretMask Standard { get; } = new();

    /// <summary>Whether the name of a variable, label or option suggests a secret value. A name that ends in <c>_FILE</c> holds a path, no secret.</summary>
    /// <param name="name">The name.</param>
    /// <returns>True when the value must not be shown.</returns>
    public bool IsSecretName(string name) => SecretNames().IsMatch(name) && !PathNames().IsMatch(name);

    /// <summary>Hides what is secret in a value.</summary>
    /// <param name="name">The name the value belongs to.</param>
    /// <param name="value">The value.</param>
    /// <returns>The value without its secrets; the whole value is hidden when its name is secret.</returns>
    public string Mask(string name, string value) =>
        value.Length > 0 && IsSecretName(name) ? Masked : MaskText(value);

    /// <summary>Hides passwords inside URLs and secret <c>NAME=value</c> pairs in free text such as a command or a log line.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The text without its secrets.</returns>
    public string MaskText(string text)
    {
        string masked = UrlPasswords().Replace(text, match => match.Groups["before"].Value + Masked + "@");
        return Assignments().Replace(
            masked,
            match => IsSecretName(match.Groups["name"].Value) && !References().IsMatch(match.Groups["value"].Value)
                ? match.Groups["name"].Value + match.Groups["sign"].Value + Masked
                : match.Value);
    }

    [GeneratedRegex(
        @"(?:^|[^a-z])(?:pass(?:word|wd|phrase|code)?|pwd|pw|secret|secrets|token|credential|credentials|auth)(?:$|[^a-z])"
        + @"|password|passwd|secret|token|(?:api|access|private|signing|encryption|master|account|storage|auth|ssh|license|jwt)[_.-]?keys?(?:$|[^a-z])|_key$|^key$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex SecretNames();

    [GeneratedRegex("(?:_FILE|_PATH|_DIR)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PathNames();

    [GeneratedRegex(@"(?<before>[A-Za-z][A-Za-z0-9+.-]{0,30}://[^\s/:@]{0,200}:)[^\s@/]{1,1000}@", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex UrlPasswords();

    [GeneratedRegex(@"(?<name>[A-Za-z_][A-Za-z0-9_.-]{0,100})(?<sign>[=:]\s?)(?!//)(?<value>[^\s,;&'""]+)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Assignments();

    // A variable by its name, or with the words that are shown when it is missing, tells no secret; a default might.
    [GeneratedRegex(@"^\$\{[A-Za-z_][A-Za-z0-9_]*(?:\}|:?\?[^}]*\}?)$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex References();
}
