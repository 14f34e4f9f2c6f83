namespace ComposeLab.Database.Diagnosis;

/// <summary>Finds the name that a misspelled one stands for.</summary>
internal static class Near
{
    /// <summary>Finds a similar name.</summary>
    /// <param name="name">The name as it is written.</param>
    /// <param name="known">The existing names.</param>
    /// <returns>The only one that differs by case or by at most two characters; null if there are none or several.</returns>
    public static string? Of(string name, IEnumerable<string> known)
    {
        string[] all = [.. known.Distinct(StringComparer.Ordinal)];
        string[] same = [.. all.Where(other => other.Equals(name, StringComparison.OrdinalIgnoreCase))];
        string[] close = same.Length > 0 ? same : [.. all.Where(other => Distance(name, other) <= (name.Length < 4 ? 1 : 2))];
        return close.Length == 1 ? close[0] : null;
    }

    private static int Distance(string one, string other)
    {
        int[] row = [.. Enumerable.Range(0, other.Length + 1)];
        for (int index = 1; index <= one.Length; index++)
        {
            int corner = row[0];
            row[0] = index;
            for (int column = 1; column <= other.Length; column++)
            {
                int above = row[column];
                row[column] = Math.Min(Math.Min(row[column] + 1, row[column - 1] + 1), corner + (one[index - 1] == other[column - 1] ? 0 : 1));
                corner = above;
            }
        }

        return row[other.Length];
    }
}
