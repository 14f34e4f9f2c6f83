using System.Globalization;
using System.Text.RegularExpressions;

namespace ComposeLab.Engine.Planning;

/// <summary>Reads the pull policies that name a time: <c>daily</c>, <c>weekly</c>, <c>every_1d12h</c>.</summary>
internal static partial class PullInterval
{
    /// <summary>Reads a policy.</summary>
    /// <param name="policy">The policy.</param>
    /// <returns>How old an image may be; null for a policy that names no time.</returns>
    public static TimeSpan? Parse(string policy) => policy switch
    {
        "daily" => TimeSpan.FromDays(1),
        "weekly" => TimeSpan.FromDays(7),
        _ when Every().Match(policy) is { Success: true } match => Sum(match.Groups["part"].Captures),
        _ => null,
    };

    private static TimeSpan Sum(CaptureCollection parts) => parts.Aggregate(
        TimeSpan.Zero,
        (sum, part) => sum + (int.Parse(part.ValueSpan[..^1], CultureInfo.InvariantCulture) * Unit(part.ValueSpan[^1])));

    private static TimeSpan Unit(char unit) => unit switch
    {
        'w' => TimeSpan.FromDays(7),
        'd' => TimeSpan.FromDays(1),
        'h' => TimeSpan.FromHours(1),
        'm' => TimeSpan.FromMinutes(1),
        _ => TimeSpan.FromSeconds(1),
    };

    [GeneratedRegex("^every_(?<part>[0-9]{1,6}[wdhms])+$", RegexOptions.CultureInvariant)]
    private static partial Regex Every();
}
