using System.Text;
using System.Text.RegularExpressions;
using ComposeLab.Compose.Normalizing;

namespace ComposeLab.Engine.Images.Context;

/// <summary>
/// One line of an ignore file. The rules are in the Dockerfile reference under ".dockerignore file": Go's path patterns, and
/// <c>**</c> for any number of directories.
/// </summary>
internal sealed class IgnorePattern
{
    private readonly Regex _regex;
    private readonly string[] _fixedSegments;
    private readonly bool _isFixed;

    private IgnorePattern(string pattern, bool negated)
    {
        Negated = negated;
        _regex = new Regex(Translate(pattern), RegexOptions.CultureInvariant | RegexOptions.Singleline | RegexOptions.NonBacktracking);
        var segments = pattern.Split('/');
        _fixedSegments = [.. segments.TakeWhile(segment => segment.IndexOfAny(['*', '?', '[', '\\']) < 0)];
        _isFixed = _fixedSegments.Length == segments.Length;
    }

    /// <summary>Whether the line starts with <c>!</c>: its matches are included again.</summary>
    public bool Negated { get; }

    /// <summary>Reads one line.</summary>
    /// <param name="line">The line of the file.</param>
    /// <param name="host">The rules of the host; null for this one. On Windows, a backslash separates folders.</param>
    /// <returns>The pattern; null for a comment or an empty line.</returns>
    /// <exception cref="ArgumentException">A bracket is not closed, or the line is only <c>!</c>.</exception>
    public static IgnorePattern? Read(string line, HostPaths? host = null)
    {
        if (line.StartsWith('#') || line.Trim() is not { Length: > 0 } text)
        {
            return null;
        }

        var negated = text.StartsWith('!');
        if (negated && (text = text[1..].Trim()).Length == 0)
        {
            throw new ArgumentException("expected a pattern after '!'");
        }

        var clean = Clean((host ?? HostPaths.Current).ToSlash(text));
        return clean == "." ? null : new IgnorePattern(clean, negated);
    }

    /// <summary>Whether the pattern matches a path itself; the caller checks its parents.</summary>
    /// <param name="path">Relative to the context, with forward slashes.</param>
    /// <returns>True if it matches.</returns>
    public bool Matches(string path) => _regex.IsMatch(path);

    /// <summary>Whether the pattern could match something inside a directory, so that the directory must be read.</summary>
    /// <param name="directory">Relative to the context, with forward slashes.</param>
    /// <returns>False only if it certainly cannot.</returns>
    public bool CouldMatchInside(string directory)
    {
        var segments = directory.Split('/');
        var shared = Math.Min(segments.Length, _fixedSegments.Length);
        return segments.AsSpan(0, shared).SequenceEqual(_fixedSegments.AsSpan(0, shared))
            && (!_isFixed || _fixedSegments.Length > segments.Length);
    }

    private static string Clean(string text)
    {
        var segments = new List<string>();
        foreach (var segment in text.Split('/'))
        {
            if (segment == ".." && segments.Count > 0 && segments[^1] != "..")
            {
                segments.RemoveAt(segments.Count - 1);
            }
            else if (segment.Length > 0 && segment != "." && !(segment == ".." && text.StartsWith('/')))
            {
                segments.Add(segment);
            }
        }

        return segments.Count == 0 ? "." : string.Join('/', segments);
    }

    private static string Translate(string pattern)
    {
        var regex = new StringBuilder("^");
        for (var i = 0; i < pattern.Length; i++)
        {
            switch (pattern[i])
            {
                case '*' when i + 1 < pattern.Length && pattern[i + 1] == '*':
                    i++;
                    if (i + 1 < pattern.Length && pattern[i + 1] == '/')
                    {
                        i++;
                    }

                    // At the end, it matches everything below; before a slash, it matches zero or more directories.
                    regex.Append(i + 1 == pattern.Length || IsPlainEnding(pattern, i) ? ".*" : "(?:.*/)?");
                    break;
                case '*':
                    regex.Append("[^/]*");
                    break;
                case '?':
                    regex.Append("[^/]");
                    break;
                case '[':
                    i = TranslateClass(pattern, i, regex);
                    break;
                case '\\' when i + 1 < pattern.Length:
                    regex.Append(Regex.Escape(pattern[++i].ToString()));
                    break;
                default:
                    regex.Append(Regex.Escape(pattern[i].ToString()));
                    break;
            }
        }

        return regex.Append('$').ToString();
    }

    // "**.log" means every name that ends so, while "**/log" and "a/**b" mean whole directories before the name.
    private static bool IsPlainEnding(string pattern, int at) => at == 1 && pattern.AsSpan(2).IndexOfAny("*?[\\") < 0;

    private static int TranslateClass(string pattern, int start, StringBuilder regex)
    {
        var end = pattern.IndexOf(']', Math.Min(start + 2, pattern.Length));
        if (end < 0)
        {
            throw new ArgumentException($"expected ']' after '[' in the pattern '{pattern}', found the end of the line");
        }

        // For .NET, an inner '[' is a subtraction of classes; for Go, it is the sign itself.
        regex.Append(pattern[start..(end + 1)].Replace("[", "\\[", StringComparison.Ordinal).Remove(0, 1));
        return end;
    }
}
