namespace ComposeLab.Compose.Tests.Conformance;

/// <summary>Shows a person where two texts part.</summary>
internal static class TextDifference
{
    private const int Context = 3;

    /// <summary>The first differing line with the lines before it.</summary>
    /// <param name="expected">The text that was expected.</param>
    /// <param name="actual">The text that came.</param>
    public static string First(string expected, string actual)
    {
        var (wanted, found) = (expected.TrimEnd().Split('\n'), actual.TrimEnd().Split('\n'));
        var line = wanted.Zip(found).TakeWhile(pair => pair.First == pair.Second).Count();
        var before = wanted[Math.Max(0, line - Context)..line].Select(text => $"    {text}");
        return $"line {line + 1}\n{string.Join("\n", [.. before, $"  - {At(wanted, line)}", $"  + {At(found, line)}"])}";
    }

    private static string At(string[] lines, int line) => line < lines.Length ? lines[line] : "(end)";
}
