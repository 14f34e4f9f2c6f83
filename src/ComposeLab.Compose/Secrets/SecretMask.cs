using System.Text;
using System.Text.RegularExpressions;

namespace ComposeLab.Compose.Secrets;

/// <summary>
/// Hides secrets: values with secret names, values known to be secret everywhere, and secrets recognized by their form. Prose is unchanged, so that a
/// message still describes the problem.
/// </summary>
public sealed partial class SecretMask
{
    /// <summary>The replacement for a secret.</summary>
    public const string Masked = "********";

    // A mask may know thousands of values, and they are looked for in thousands of texts: each place of a text is looked up by its first characters.
    private const int Key = 4;

    private readonly IReadOnlyList<string> _short;
    private readonly Dictionary<ulong, string[]> _byStart;

    /// <summary>Makes a mask.</summary>
    /// <param name="values">Values that are secret wherever they occur.</param>
    public SecretMask(IEnumerable<string> values)
    {
        string[] all = [.. values.Where(value => value.Length > 0).Distinct(StringComparer.Ordinal).OrderByDescending(value => value.Length)];
        _short = [.. all.Where(value => value.Length < Key)];
        _byStart = all.Where(value => value.Length >= Key).GroupBy(value => Start(value)).ToDictionary(group => group.Key, group => group.ToArray());
    }

    /// <summary>The mask without known values: it uses only names and forms.</summary>
    public static SecretMask Standard { get; } = new([]);

    /// <summary>Whether the name of a variable, label or option suggests a secret value. A name that ends in <c>_FILE</c> contains a path, not a secret.</summary>
    /// <param name="name">The name.</param>
    /// <returns>True if the value must not be shown.</returns>
    public bool IsSecretName(string name) => SecretNames.IsSecret(name);

    /// <summary>Hides what is secret in a value.</summary>
    /// <param name="name">The name the value belongs to.</param>
    /// <param name="value">The value.</param>
    /// <returns>The value without its secrets; the whole value is hidden when its name is secret.</returns>
    public string Mask(string name, string value) =>
        value.Length > 0 && IsSecretName(name) ? Masked : MaskText(value);

    /// <summary>
    /// Hides secrets in free text such as a command, a log line or a message: the known values, <c>NAME=value</c> pairs of secret names, options such as
    /// <c>--password value</c>, and secrets known by their form. Text after a word such as "key:" in prose is kept.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <returns>The text without its secrets.</returns>
    public string MaskText(string text) => HideWords(Hide(Options(), Hide(Assignments(), SecretForms.Hide(HideValues(text)))));

    /// <summary>Hides only the known values.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The text without them.</returns>
    internal string HideValues(string text)
    {
        if (_byStart.Count == 0 || text.Length < Key)
        {
            return HideShort(text);
        }

        // Values may overlap: what any of them covers is hidden.
        StringBuilder? shown = null;
        int from = 0;
        int covered = 0;
        for (int at = 0; at + Key <= text.Length; at++)
        {
            if (!_byStart.TryGetValue(Start(text.AsSpan(at)), out string[]? values)
                || Array.Find(values, value => string.CompareOrdinal(text, at, value, 0, value.Length) == 0) is not { } found)
            {
                continue;
            }

            if (at >= covered)
            {
                shown = (shown ?? new StringBuilder(text.Length)).Append(text, from, at - from).Append(Masked);
            }

            from = covered = Math.Max(covered, at + found.Length);
        }

        return HideShort(shown is null ? text : shown.Append(text, from, text.Length - from).ToString());
    }

    private string HideShort(string text) => _short.Aggregate(text, (masked, value) => masked.Replace(value, Masked, StringComparison.Ordinal));

    private static ulong Start(ReadOnlySpan<char> text) => ((ulong)text[0] << 48) | ((ulong)text[1] << 32) | ((ulong)text[2] << 16) | text[3];

    /// <summary>Hides the words of a command line that are secrets, each word on its own.</summary>
    /// <param name="words">The words.</param>
    /// <returns>The words without secrets, in the same order.</returns>
    public IReadOnlyList<string> MaskWords(IReadOnlyList<string> words)
    {
        int[] starts = CommandSecrets.Starts(words);
        return [.. words.Select((word, index) => starts[index] >= 0 ? word[..starts[index]] + Masked : MaskText(word))];
    }

    /// <summary>Whether a value is only a variable expression, which contains no secret.</summary>
    /// <param name="value">The value as it is written.</param>
    internal static bool IsReference(string value) => References().IsMatch(value);

    // The value of a harmless name may contain a secret name, so the search continues after the name, not after the value.
    private string Hide(Regex pairs, string text)
    {
        var shown = new StringBuilder(text.Length);
        int position = 0;
        for (Match match = pairs.Match(text); match.Success; match = pairs.Match(text, position))
        {
            Group value = match.Groups["value"];
            bool reference = IsReference(value.Value.Trim('"', '\''));
            bool hidden = !reference && value.Value != Masked && IsSecretName(match.Groups["name"].Value) && IsPair(text, match);
            shown.Append(text, position, value.Index - position).Append(hidden ? Hidden(value.Value) : reference ? value.Value : "");
            position = value.Index + (hidden || reference ? value.Length : 0);
        }

        return position == 0 ? text : shown.Append(text, position, text.Length - position).ToString();
    }

    // After a colon, a value is secret only if the name is a variable or a quoted key: "cache key: not found" is prose.
    private static bool IsPair(string text, Match match)
    {
        string sign = match.Groups["sign"].Value;
        string value = match.Groups["value"].Value;
        if (!sign.Contains(':', StringComparison.Ordinal))
        {
            return true;
        }

        Group name = match.Groups["name"];
        bool isKey = name.Index > 0 && text[name.Index - 1] is '"' or '\'' && sign[0] is '"' or '\'';
        return (isKey || Variable().IsMatch(name.Value)) && value[0] is not ('[' or '{') && value.TrimEnd('-', '+') is not ("|" or ">");
    }

    private static string HideWords(string text)
    {
        if (!CommandSecrets.MayCallClient(text))
        {
            return text;
        }

        Match[] words = [.. Words().Matches(text).Cast<Match>()];
        int[] starts = CommandSecrets.Starts([.. words.Select(word => word.Value)]);
        var shown = new StringBuilder(text);
        for (int i = words.Length - 1; i >= 0; i--)
        {
            if (starts[i] >= 0 && words[i].Value[starts[i]..] != Masked)
            {
                shown.Remove(words[i].Index + starts[i], words[i].Length - starts[i]).Insert(words[i].Index + starts[i], Masked);
            }
        }

        return shown.ToString();
    }

    private static string Hidden(string value)
    {
        string quote = value[0] is '"' or '\'' ? value[..1] : "";
        return quote + Masked + quote;
    }

    // A quote may end the name (JSON), and surround the value.
    [GeneratedRegex(
        @"(?<![A-Za-z0-9_./\\])(?<name>[A-Za-z_][A-Za-z0-9_.-]{0,100})(?<sign>[""']?[ \t]{0,10}[=:][ \t]{0,10})(?!//)(?<value>""(?:[^""\\\n]|\\.)+""?|'[^'\n]+'?|[^\s,;&'""]+)",
        RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Assignments();

    [GeneratedRegex(@"(?<=(?:^|[\s""'\[])--?)(?<name>[A-Za-z][\w-]{0,60})(?<sign>[""']?(?:[ \t]+|,[ \t]*)[""']?)(?<value>[^\s,""'\]-][^\s,""'\]]*)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Options();

    // A variable expression with its name or an error text contains no secret; a default might.
    [GeneratedRegex(@"^\$\{[A-Za-z_][A-Za-z0-9_]*(?:\}|:?\?[^}]*\}?)$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex References();

    [GeneratedRegex("^[A-Z_][A-Z0-9_]*$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Variable();

    [GeneratedRegex(@"[^\s,\[\]""']+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Words();
}
