namespace ComposeLab.Database.Queries;

/// <summary>Splits a query into its statements, to find the statement of a position: the library sends them one by one, and positions count within each.</summary>
internal static class Statements
{
    /// <summary>Finds the statement that has a word at a position.</summary>
    /// <param name="query">The query.</param>
    /// <param name="position">The position, from 1, within that statement.</param>
    /// <param name="message">The server's message, which quotes the word.</param>
    /// <returns>The start of the statement in the query, and its text; null if it cannot be determined.</returns>
    public static (int Start, string Text)? Find(string query, int position, string message)
    {
        IReadOnlyList<(int Start, string Text)> statements = Cut(query);
        if (statements.Count == 1)
        {
            return statements[0];
        }

        string[] quoted = [.. message.Split('"').Where((word, index) => index % 2 == 1 && word.Length > 0)];
        foreach (string word in quoted)
        {
            foreach ((int Start, string Text) statement in statements)
            {
                if (position <= statement.Text.Length && statement.Text.AsSpan(position - 1).TrimStart('"').StartsWith(word, StringComparison.OrdinalIgnoreCase))
                {
                    return statement;
                }
            }
        }

        return null;
    }

    /// <summary>Splits a query.</summary>
    /// <param name="query">The query.</param>
    /// <returns>The text of each statement.</returns>
    public static IReadOnlyList<string> TextsOf(string query) => [.. Cut(query).Select(statement => statement.Text)];

    private static List<(int Start, string Text)> Cut(string query)
    {
        List<(int Start, string Text)> statements = [];
        int start = 0;
        int at = 0;
        while (at < query.Length)
        {
            int behind = SqlText.Behind(query, at);
            if (behind == at && query[at] == ';')
            {
                Add(at);
                start = at + 1;
            }

            at = Math.Max(behind, at + 1);
        }

        Add(query.Length);
        return statements;

        void Add(int end)
        {
            string text = query[start..end];
            string trimmed = text.TrimStart();
            if (trimmed.Length > 0)
            {
                statements.Add((start + text.Length - trimmed.Length, trimmed));
            }
        }
    }
}
