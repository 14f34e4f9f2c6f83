namespace ComposeLab.Compose.Diagnostics;

/// <summary>Names in a sentence: a few, and how many more.</summary>
internal static class NameList
{
    private const int Shown = 4;

    /// <summary>How many names an error lists for a person to choose from.</summary>
    public const int Many = 20;

    /// <summary>Joins names.</summary>
    /// <param name="names">The names; at least one.</param>
    /// <returns>Such as <c>a, b and c</c>, or <c>a, b, c and 12 more</c>.</returns>
    public static string Of(IReadOnlyList<string> names) => names.Count switch
    {
        1 => names[0],
        <= Shown => $"{string.Join(", ", names.Take(names.Count - 1))} and {names[^1]}",
        _ => $"{string.Join(", ", names.Take(Shown - 1))} and {names.Count - Shown + 1} more",
    };

    /// <summary>Lists names to choose from.</summary>
    /// <param name="names">The names.</param>
    /// <param name="most">How many are shown.</param>
    /// <returns>Such as <c>a, b, c</c>, or <c>a, b and 12 more</c>; <c>(none)</c> for an empty list.</returns>
    public static string Of(IEnumerable<string> names, int most)
    {
        string[] all = [.. names];
        return all.Length == 0 ? "(none)"
            : all.Length <= most ? string.Join(", ", all)
            : $"{string.Join(", ", all.Take(most))} and {all.Length - most} more";
    }
}
