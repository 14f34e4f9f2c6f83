using System.Globalization;
using System.Text.RegularExpressions;
using ComposeLab.Bench.Harness;

namespace ComposeLab.Bench.Api;

/// <summary>The answers of a service to many parallel callers, measured by wrk.</summary>
/// <param name="Rate">Answers per second.</param>
/// <param name="Slowest">The time that 99 of 100 answers took at most.</param>
/// <param name="Errors">Answers with an error status, and connections that failed or timed out.</param>
internal sealed partial record Load(double Rate, TimeSpan Slowest, int Errors)
{
    /// <summary>Asks for a while.</summary>
    /// <param name="service">The service.</param>
    /// <param name="path">The page.</param>
    /// <param name="callers">The number of parallel connections.</param>
    /// <param name="duration">For how long, in whole seconds.</param>
    /// <exception cref="BenchmarkUnavailableException">wrk is not installed.</exception>
    public static Load Put(Service service, string path, int callers, TimeSpan duration)
    {
        var wrk = new Command("wrk", ["--threads", "2", "--connections", $"{callers}", "--duration", $"{duration.TotalSeconds:0}s", "--latency", $"http://127.0.0.1:{service.Port}{path}"]);
        try
        {
            return Read(wrk.Run());
        }
        catch (System.ComponentModel.Win32Exception)
        {
            throw new BenchmarkUnavailableException("wrk is missing; type: apt-get install wrk");
        }
    }

    /// <summary>Reads wrk's report.</summary>
    /// <param name="report">Its text.</param>
    internal static Load Read(string report)
    {
        var errors = ErrorCount().Matches(report).Sum(match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture));
        var slowest = Percentile().Match(report);
        var milliseconds = double.Parse(slowest.Groups[1].Value, CultureInfo.InvariantCulture) * slowest.Groups[2].Value switch { "us" => 0.001, "ms" => 1, _ => 1000 };
        return new Load(double.Parse(Requests().Match(report).Groups[1].Value, CultureInfo.InvariantCulture), TimeSpan.FromMilliseconds(milliseconds), errors);
    }

    [GeneratedRegex(@"Requests/sec:\s+([\d.]+)")]
    private static partial Regex Requests();

    [GeneratedRegex(@"99%\s+([\d.]+)(us|ms|s)")]
    private static partial Regex Percentile();

    [GeneratedRegex(@"(?:responses:|connect|read|write|timeout) (\d+)")]
    private static partial Regex ErrorCount();
}
