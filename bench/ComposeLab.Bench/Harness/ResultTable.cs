using System.Globalization;

namespace ComposeLab.Bench.Harness;

/// <summary>Prints figures as rows: ours, the peer's, how many times faster, and the target.</summary>
/// <param name="output">Where the rows go.</param>
internal sealed class ResultTable(TextWriter output)
{
    /// <summary>A measurement compared with that of a peer.</summary>
    /// <param name="what">What was measured.</param>
    /// <param name="ours">Our time.</param>
    /// <param name="peer">The peer's time in the same run.</param>
    /// <param name="atLeast">How many times faster we must be; below 1 where the peer may be faster.</param>
    public void Ratio(string what, TimeSpan ours, TimeSpan peer, double atLeast)
    {
        var ratio = peer / ours;
        Row(what, $"{Text(ours)}, peer {Text(peer)}: {Compared(ratio)}", atLeast >= 1 ? $"at least {Number(atLeast)} times faster" : $"at most {Number(1 / atLeast)} times slower", ratio >= atLeast);
    }

    /// <summary>A rate compared with that of a peer.</summary>
    /// <param name="what">What was counted.</param>
    /// <param name="ours">Ours, in each second.</param>
    /// <param name="peer">The peer's in the same run.</param>
    /// <param name="atLeast">How many times the peer's ours must be.</param>
    public void Rate(string what, double ours, double peer, double atLeast) =>
        Row(what, $"{Number(ours)}/s, peer {Number(peer)}/s: {Number(ours / peer)} times", $"at least {Number(atLeast)} times", ours >= peer * atLeast);

    /// <summary>A number with a separate limit.</summary>
    /// <param name="what">What was counted.</param>
    /// <param name="ours">Ours.</param>
    /// <param name="atMost">The limit.</param>
    public void Count(string what, int ours, int atMost) => Row(what, Number(ours), $"at most {Number(atMost)}", ours <= atMost);

    /// <summary>A figure with a separate limit.</summary>
    /// <param name="what">What was measured.</param>
    /// <param name="ours">Our time.</param>
    /// <param name="atMost">The limit.</param>
    public void Limit(string what, TimeSpan ours, TimeSpan atMost) => Row(what, Text(ours), $"at most {Text(atMost)}", ours <= atMost);

    /// <summary>A line without a target.</summary>
    /// <param name="what">What was measured.</param>
    /// <param name="figure">The figure with its unit.</param>
    public void Note(string what, string figure) => output.WriteLine($"  {what,-44} {figure}");

    private void Row(string what, string figure, string target, bool met) => Note(what, $"{figure} ({target}: {(met ? "met" : "MISSED")})");

    private static string Compared(double ratio) => ratio >= 1 ? $"{Number(ratio)} times faster" : $"{Number(1 / ratio)} times slower";

    private static string Number(double number) => number.ToString(number < 10 ? "0.##" : "0", CultureInfo.InvariantCulture);

    private static string Text(TimeSpan time) => time.TotalMilliseconds switch
    {
        >= 10_000 => time.TotalSeconds.ToString("0.0 s", CultureInfo.InvariantCulture),
        >= 100 => time.TotalMilliseconds.ToString("0 ms", CultureInfo.InvariantCulture),
        _ => time.TotalMilliseconds.ToString("0.00 ms", CultureInfo.InvariantCulture),
    };
}
