namespace ComposeLab.Compose.Units;

/// <summary>Sizes in the notation of the specification: a number and a binary unit (<c>512m</c>, <c>1.5 GB</c>, <c>2gib</c>).</summary>
internal static class ByteSize
{
    private const string Multiples = "kmgtp";

    /// <summary>Reads a size.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The size in bytes, or null if the text is not a size.</returns>
    public static long? TryParse(string text)
    {
        int last = text.LastIndexOfAny([.. "0123456789. "]);
        if (last < 0)
        {
            return null;
        }

        string number = text[last] == ' ' ? text[..last] : text[..(last + 1)];
        string unit = text[(last + 1)..].ToLowerInvariant();
        return GoFloat.TryParse(number, out double size)
            && size >= 0
            && Factor(unit) is { } factor
            && size * factor < long.MaxValue
                ? (long)(size * factor)
                : null;
    }

    private static double? Factor(string unit)
    {
        if (unit is "" or "b")
        {
            return 1;
        }

        int power = Multiples.IndexOf(unit[0], StringComparison.Ordinal);
        return power >= 0 && unit[1..] is "" or "b" or "ib" ? Math.Pow(1024, power + 1) : null;
    }
}
