namespace ComposeLab.Database.Queries;

/// <summary>Finds the parameter names in a statement, such as @name or :name.</summary>
internal static class ParameterNames
{
    /// <summary>Finds them.</summary>
    /// <param name="statement">The statement.</param>
    /// <returns>The start of each with its prefix, and the name without it. Casts such as <c>::int</c> and the content of literals and comments are not
    /// included.</returns>
    public static IEnumerable<(int At, string Name)> In(string statement)
    {
        int at = 0;
        while (at < statement.Length)
        {
            int behind = SqlText.Behind(statement, at);
            if (behind == at && IsSign(statement, at) && LengthAt(statement, at + 1) is > 0 and var length)
            {
                yield return (at, statement.Substring(at + 1, length));
                behind = at + 1 + length;
            }

            at = Math.Max(behind, at + 1);
        }
    }

    private static bool IsSign(string statement, int at) =>
        statement[at] is '@' or ':' && !(at > 0 && (statement[at - 1] is '@' or ':' || SqlText.IsOfName(statement[at - 1])));

    private static int LengthAt(string statement, int at)
    {
        int end = at;
        while (end < statement.Length && SqlText.IsOfName(statement[end]))
        {
            end++;
        }

        return end > at && !char.IsAsciiDigit(statement[at]) ? end - at : 0;
    }
}
