using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Validation;

/// <summary>Finds the known word that a misspelled one probably stands for.</summary>
internal static class NearestWord
{
    private const int LongestGuess = 40;

    /// <summary>The known word with the fewest changes.</summary>
    /// <param name="word">The misspelled word.</param>
    /// <param name="known">The known words.</param>
    /// <returns>The nearest one; null if none is similar.</returns>
    public static string? Of(string word, IEnumerable<string> known)
    {
        if (word.Length > LongestGuess)
        {
            return null;
        }

        string folded = word.ToLowerInvariant().Replace('-', '_');
        (string? nearest, int distance) = known
            .Select(candidate => (Word: (string?)candidate, Distance: Changes(folded, candidate)))
            .OrderBy(candidate => candidate.Distance).ThenBy(candidate => candidate.Word, StringComparer.Ordinal)
            .FirstOrDefault();
        return nearest is not null && distance <= Math.Max(1, Math.Min(word.Length, nearest.Length) / 3) ? nearest : null;
    }

    /// <summary>The number of letters to add, remove, replace or swap with their neighbor.</summary>
    private static int Changes(string from, string to)
    {
        int[,] cost = new int[from.Length + 1, to.Length + 1];
        for (int row = 0; row <= from.Length; row++)
        {
            for (int column = 0; column <= to.Length; column++)
            {
                cost[row, column] = row == 0 || column == 0 ? row + column : Cheapest(from, to, cost, row, column);
            }
        }

        return cost[from.Length, to.Length];
    }

    private static int Cheapest(string from, string to, int[,] cost, int row, int column)
    {
        int replace = cost[row - 1, column - 1] + (from[row - 1] == to[column - 1] ? 0 : 1);
        int best = Math.Min(replace, Math.Min(cost[row - 1, column], cost[row, column - 1]) + 1);
        bool swapped = row > 1 && column > 1 && from[row - 1] == to[column - 2] && from[row - 2] == to[column - 1];
        return swapped ? Math.Min(best, cost[row - 2, column - 2] + 1) : best;
    }
}

/// <summary>Describes values in messages. Text itself is not shown: it may be a secret.</summary>
internal static class ValueDescription
{
    private const int LongestWord = 80;

    /// <summary>Describes the type of a value, and the value if it cannot be a secret.</summary>
    /// <param name="node">The value.</param>
    /// <returns>The text after "found ...".</returns>
    public static string Describe(Node node) => node switch
    {
        ScalarNode { Kind: ScalarKind.Boolean } scalar => $"the boolean {scalar.Text}",
        ScalarNode { Kind: ScalarKind.Integer or ScalarKind.Float } scalar => $"the number {Shorten(scalar.Text)}",
        ScalarNode { Kind: ScalarKind.Timestamp } => "a date (in quotes it is text)",
        _ => NodeDescription.Of(node),
    };

    /// <summary>Shortens a word for a message.</summary>
    /// <param name="word">The word.</param>
    /// <returns>At most a line of it.</returns>
    public static string Shorten(string word) => word.Length > LongestWord ? word[..LongestWord] + "..." : word;
}
