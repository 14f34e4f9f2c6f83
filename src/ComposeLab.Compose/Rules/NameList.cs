namespace ComposeLab.Compose.Rules;

/// <summary>Names in a sentence: the first few, and the number of others.</summary>
internal static class NameList
{
    private const int Shown = 4;

    /// <summary>Joins names.</summary>
    /// <param name="names">The names; at least one.</param>
    /// <returns>Such as <c>a, b and c</c>, or <c>a, b, c and 12 more</c>.</returns>
    public static string Of(IReadOnlyList<string> names) => names.Count switch
    {
        1 => names[0],
        <= Shown => $"{string.Join(", ", names.Take(names.Count - 1))} and {names[^1]}",
        _ => $"{string.Join(", ", names.Take(Shown - 1))} and {names.Count - Shown + 1} more",
    };
}
