using System.Text;
using System.Text.RegularExpressions;

namespace ComposeLab.Compose.Secrets;

/// <summary>
/// Hides what is secret in a line of a Compose file that an error shows. Stricter than <see cref="SecretMask.MaskText"/>: a value extends to the end of the
/// line, and a long run of letters and digits may be part of a key that began on an earlier line.
/// </summary>
public static partial class LineMask
{
    // Longer lines are not readable, and searching them would be slow.
    private const int LongestLine = 20_000;

    /// <summary>Hides what is secret in a line.</summary>
    /// <param name="line">The line, without its end.</param>
    /// <returns>The line without its secrets; empty if it is too long.</returns>
    public static string Mask(string line)
    {
        if (line.Length > LongestLine)
        {
            return "";
        }

        string masked = Assignment().Replace(line, match => IsSecret(match) ? $"{match.Groups["before"].Value}{SecretMask.Masked}" : match.Value);
        return Keys().Replace(SecretMask.Standard.MaskText(HideEntries(masked)), SecretMask.Masked);
    }

    // The value of an entry that is not secret may contain entries that are: the search continues inside it.
    private static string HideEntries(string line)
    {
        var hidden = new StringBuilder();
        int at = 0;
        for (Match match = FlowEntries().Match(line); match.Success; match = FlowEntries().Match(line, at))
        {
            Group value = match.Groups["value"];
            hidden.Append(line, at, value.Index - at);
            at = value.Index;
            if (IsSecret(match))
            {
                hidden.Append(SecretMask.Masked);
                at = value.Value[0] is '[' or '{' ? EndOf(line, at) : at + value.Length;
            }
        }

        return hidden.Append(line, at, line.Length - at).ToString();
    }

    // Behind the bracket that closes the one here; the end of the line if it is closed on a later one.
    private static int EndOf(string line, int open)
    {
        int depth = 0;
        for (int index = open; index < line.Length; index++)
        {
            depth += line[index] switch { '[' or '{' => 1, ']' or '}' => -1, _ => 0 };
            if (depth == 0)
            {
                return index + 1;
            }
        }

        return line.Length;
    }

    private static bool IsSecret(Match match)
    {
        string value = match.Groups["value"].Value.TrimEnd();
        return IsSecretKey(match.Groups["name"].Value)
            && value[0] is not ('"' or '\'' or '*' or '&' or '#' or '|' or '>')
            && !SecretMask.IsReference(value);
    }

    // The attributes of the specification that are named after secrets contain names of secrets.
    private static bool IsSecretKey(string name) => name is not ("secrets" or "credential_spec") && SecretMask.Standard.IsSecretName(name);

    // Inside braces, a list or mapping that a secret name has as its value.
    [GeneratedRegex(@"(?<before>(?:(?<!\$)\{|,)\s*[""']?(?<name>[A-Za-z_][A-Za-z0-9_.-]{0,100})[""']?\s*:\s*)(?<value>\[[^\]]*\]?|\{[^}]*\}?|[^\s,}""'\[{$][^,}""']*)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FlowEntries();

    // At the beginning of a line, where no bracket ends a value.
    [GeneratedRegex(@"^(?<before>\s*(?:-\s+)?[""']?(?<name>[A-Za-z_][A-Za-z0-9_.-]{0,100})(?:[""']?\s*:\s+|=))(?<value>\S.*)$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Assignment();

    [GeneratedRegex(@"(?<!sha256:)(?<![A-Za-z0-9+/=_:-])(?=[A-Za-z0-9+/_-]*[0-9])(?=[A-Za-z0-9+/_-]*[A-Z])(?=[A-Za-z0-9+/_-]*[a-z])[A-Za-z0-9+/_-]{32,}={0,2}", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Keys();
}
