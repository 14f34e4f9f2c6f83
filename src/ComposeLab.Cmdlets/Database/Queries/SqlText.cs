namespace ComposeLab.Database.Queries;

/// <summary>
/// Reads SQL to the extent needed to distinguish its words from literals, quoted names and comments. Each character is read once. An unclosed literal or comment
/// extends to the end, like on the server.
/// </summary>
internal static class SqlText
{
    /// <summary>Skips a literal, quoted name or comment.</summary>
    /// <param name="sql">The query.</param>
    /// <param name="at">A position outside literals and comments, from 0.</param>
    /// <returns>The position after the literal, quoted name or comment that starts there; <paramref name="at"/> itself if there is none.</returns>
    public static int Behind(string sql, int at) => sql[at] switch
    {
        '\'' => BehindQuote(sql, at, at > 0 && sql[at - 1] is 'e' or 'E' && !(at > 1 && IsOfName(sql[at - 2]))),
        '"' => BehindQuote(sql, at, false),
        '-' when Follows(sql, at, "--") => Behind(sql, "\n", at),
        '/' when Follows(sql, at, "/*") => BehindComment(sql, at),
        '$' when TagAt(sql, at) is { } tag => Behind(sql, tag, at + tag.Length),
        _ => at,
    };

    /// <summary>Whether a character may be a part of a name.</summary>
    /// <param name="sign">The character.</param>
    public static bool IsOfName(char sign) => char.IsLetterOrDigit(sign) || sign == '_';

    private static int BehindQuote(string sql, int at, bool hasEscapes)
    {
        char quote = sql[at];
        for (int i = at + 1; i < sql.Length; i++)
        {
            if (sql[i] == '\\' && hasEscapes)
            {
                i++;
            }
            else if (sql[i] == quote && (i + 1 == sql.Length || sql[i + 1] != quote))
            {
                return i + 1;
            }
            else if (sql[i] == quote)
            {
                i++;
            }
        }

        return sql.Length;
    }

    private static int BehindComment(string sql, int at)
    {
        int depth = 0;
        for (int i = at; i < sql.Length - 1; i++)
        {
            depth += Follows(sql, i, "/*") ? 1 : Follows(sql, i, "*/") ? -1 : 0;
            i += Follows(sql, i, "/*") || Follows(sql, i, "*/") ? 1 : 0;
            if (depth == 0)
            {
                return i + 1;
            }
        }

        return sql.Length;
    }

    private static int Behind(string sql, string end, int from) =>
        sql.IndexOf(end, from, StringComparison.Ordinal) is >= 0 and var found ? found + end.Length : sql.Length;

    private static bool Follows(string sql, int at, string text) => sql.AsSpan(at).StartsWith(text, StringComparison.Ordinal);

    private static string? TagAt(string sql, int at)
    {
        int end = at + 1;
        while (end < sql.Length && IsOfName(sql[end]))
        {
            end++;
        }

        bool isTag = end < sql.Length && sql[end] == '$' && !char.IsAsciiDigit(sql[at + 1]) && !(at > 0 && IsOfName(sql[at - 1]));
        return isTag ? sql[at..(end + 1)] : null;
    }
}
