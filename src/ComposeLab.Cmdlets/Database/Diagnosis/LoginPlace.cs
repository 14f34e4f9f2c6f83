using System.Text.RegularExpressions;

namespace ComposeLab.Database.Diagnosis;

/// <summary>Where a variable of a service gets its value, for messages that say what to change.</summary>
/// <param name="Variable">The variable.</param>
/// <param name="Value">The value that the project gives it; null when it gives none. May be secret.</param>
/// <param name="File">The file that holds the value; null when none does.</param>
/// <param name="Line">The line there, from 1; 0 when unknown.</param>
/// <param name="LineText">The line's text; empty when unknown. May be secret.</param>
internal sealed partial record LoginPlace(string Variable, string? Value, string? File, int Line, string LineText)
{
    /// <summary>The variable that the whole value is taken from, as in <c>NAME: ${OTHER}</c>; null where the line says more than that, which may be secret.</summary>
    public string? Reads =>
        Assignment().Match(LineText) is { Success: true } line && line.Groups["name"].Value == Variable && ReadingOf().Match(line.Groups["value"].Value) is { Success: true } reference
            ? reference.Groups["name"].Value
            : null;

    /// <summary>The line with another value; nothing of the old one is in it.</summary>
    /// <param name="value">The value, without a need for quotes.</param>
    /// <returns>The line without its indentation; null where it does not assign the variable and nothing else.</returns>
    public string? With(string value) =>
        File is not null && Assignment().Match(LineText) is { Success: true } line && line.Groups["name"].Value == Variable && !line.Groups["value"].Value.Contains("://", StringComparison.Ordinal)
            ? line.Groups["head"].Value + value
            : null;

    /// <summary>The place as people and editors write it.</summary>
    /// <returns><c>file:line</c>, or nothing.</returns>
    public override string ToString() => File is null ? "" : $"{File}:{Line}";

    [GeneratedRegex(@"^\s*(?<head>(?:-\s+)?(?<name>\w+)(?::\s+|=))(?<value>\S.*)$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Assignment();

    [GeneratedRegex(@"^(?<quote>[""']?)\$(?:(?<name>\w+)|\{(?<name>\w+)(?::?\?[^}]*)?\})\k<quote>\s*$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ReadingOf();
}
