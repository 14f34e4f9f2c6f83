using System.Text.RegularExpressions;

namespace ComposeLab.Compose.Rules;

/// <summary>Joins what is found at one place for several services: an anchor or an extended service is one line to mend.</summary>
internal static class SharedSpots
{
    /// <summary>Joins spots of one rule.</summary>
    /// <param name="spots">The spots.</param>
    /// <returns>The first of each place, which names the other services.</returns>
    public static IEnumerable<Spot> Join(IEnumerable<Spot> spots) => spots
        .GroupBy(spot => (spot.Origin.File, spot.Origin.Line, spot.Origin.Column, Words(spot)))
        .Select(group => group.Select(spot => spot.Service).Distinct().Count() == 1
            ? group.First()
            : group.First() with { Message = $"{group.First().Message} The same line serves {Others(group)}." });

    // The same sentence about another service: only its name differs.
    private static string Words(Spot spot) => spot.Service is { } service
        ? Regex.Replace(spot.Message, $@"(?<![\w.-]){Regex.Escape(service)}(?![\w-])", "", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1))
        : spot.Message;

    private static string Others(IEnumerable<Spot> spots)
    {
        string[] others = [.. spots.Skip(1).Select(spot => spot.Service!)];
        return NameList.Of(others);
    }
}
