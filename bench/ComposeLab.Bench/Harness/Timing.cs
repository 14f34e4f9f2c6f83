using System.Diagnostics;

namespace ComposeLab.Bench.Harness;

/// <summary>Measures the same work again and again; the median is not moved by what else the machine does.</summary>
internal static class Timing
{
    /// <summary>The median time of work that is done already warm.</summary>
    /// <param name="work">The work.</param>
    /// <param name="repetitions">How often it is measured.</param>
    /// <param name="warmups">How often it is done before.</param>
    /// <param name="token">Ends the measuring early.</param>
    public static TimeSpan Median(Action work, int repetitions, int warmups, CancellationToken token)
    {
        for (var warmup = 0; warmup < warmups; warmup++)
        {
            work();
        }

        var times = new List<TimeSpan>(repetitions);
        for (var repetition = 0; repetition < repetitions; repetition++)
        {
            token.ThrowIfCancellationRequested();
            times.Add(Once(work));
        }

        times.Sort();
        return times[times.Count / 2];
    }

    /// <summary>The time of work that is done once.</summary>
    /// <param name="work">The work.</param>
    public static TimeSpan Once(Action work)
    {
        var start = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(start);
    }
}
