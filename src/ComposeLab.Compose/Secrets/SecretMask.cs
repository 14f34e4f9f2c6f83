using System.Text;
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

    /// <summary>Hides passwords inside URLs, secret <c>NAME=value</c> pairs and options such as <c>--password value</c> in free text: a command, a log line.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The text without its secrets.</returns>
    public string MaskText(string text)
    {
        string masked = UrlPasswords().Replace(text, match => match.Groups["before"].Value + Masked + "@");
        return Hide(Options(), Hide(Assignments(), masked));
    }

    /// <summary>Whether a word of a command line is an option whose value, the next word, is a secret: <c>--password</c>.</summary>
    /// <param name="word">The word.</param>
    /// <returns>True when the next word must not be shown.</returns>
    public bool IsSecretOption(string word) => word.StartsWith('-') && !word.Contains('=', StringComparison.Ordinal) && IsSecretName(word.TrimStart('-'));

    /// <summary>Whether a value is nothing but a variable, which tells no secret.</summary>
    /// <param name="value">The value as it is written.</param>
    internal static bool IsReference(string value) => References().IsMatch(value);

    // What looks like the value of an innocent name may hold a secret one: the search goes on behind the name, not behind the value.
    private string Hide(Regex pairs, string text)
    {
        var shown = new StringBuilder(text.Length);
        int position = 0;
        for (Match match = pairs.Match(text); match.Success; match = pairs.Match(text, position))
        {
            Group value = match.Groups["value"];
            bool reference = IsReference(value.Value.Trim('"', '\''));
            bool hidden = !reference && IsSecretName(match.Groups["name"].Value) && !IsBeginning(match.Groups["sign"].Value, value.Value);
            shown.Append(text, position, value.Index - position).Append(hidden ? Hidden(value.Value) : reference ? value.Value : "");
            position = value.Index + (hidden || reference ? value.Length : 0);
        }

        return position == 0 ? text : shown.Append(text, position, text.Length - position).ToString();
    }

    // Behind a colon, brackets begin more names, and a bar a block on the next lines.
    private static bool IsBeginning(string sign, string value) =>
        sign.Contains(':', StringComparison.Ordinal) && (value[0] is '[' or '{' || value.TrimEnd('-', '+') is "|" or ">");

    private static string Hidden(string value)
    {
        string quote = value[0] is '"' or '\'' ? value[..1] : "";
        return quote + Masked + quote;
    }

    [GeneratedRegex(
        @"(?:^|[^a-z])(?:pass(?:word|wd|phrase|code)?|pwd|pw|secret|secrets|token|credential|credentials|auth)(?:$|[^a-z])"
        + @"|password|passwd|secret|token|(?:api|access|private|signing|encryption|master|account|storage|auth|ssh|license|jwt)[_.-]?keys?(?:$|[^a-z])|requirepass|_key$|^key$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex SecretNames();

    [GeneratedRegex("[_-](?:FILE|PATH|DIR)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PathNames();

    [GeneratedRegex(@"(?<before>[A-Za-z][A-Za-z0-9+.-]{0,30}://[^\s/:@]{0,200}:)[^\s/""']{1,1000}@", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex UrlPasswords();

    // A quote may end the name (JSON), and be around the value.
    [GeneratedRegex(
        @"(?<name>[A-Za-z_][A-Za-z0-9_.-]{0,100})(?<sign>[""']?[ \t]{0,10}[=:][ \t]{0,10})(?!//)(?<value>""(?:[^""\\\n]|\\.)+""?|'[^'\n]+'?|[^\s,;&'""]+)",
        RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Assignments();

    [GeneratedRegex(@"(?<=(?:^|[\s""'\[])--?)(?<name>[A-Za-z][\w-]{0,60})(?<sign>[""']?(?:[ \t]+|,[ \t]*)[""']?)(?<value>[^\s,""'\]-][^\s,""'\]]*)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Options();

    // A variable by its name, or with the words that are shown when it is missing, tells no secret; a default might.
    [GeneratedRegex(@"^\$\{[A-Za-z_][A-Za-z0-9_]*(?:\}|:?\?[^}]*\}?)$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex References();
}
