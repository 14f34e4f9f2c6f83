using System.Diagnostics;

namespace ComposeLab.Bench.Harness;

/// <summary>Measures the same work repeatedly; other load on the machine does not affect the median.</summary>
internal static class Timing
{
    /// <summary>The median time of work that is done already warm.</summary>
    /// <param name="work">The work.</param>
    /// <param name="repetitions">How often it is measured.</param>
    /// <param name="warmups">How often it is done before.</param>
    /// <param name="token">Cancels it.</param>
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

    /// <summary>The median times of several works that are done in turns.</summary>
    /// <param name="repetitions">How often each is measured.</param>
    /// <param name="warmups">How often each is done before.</param>
    /// <param name="token">Cancels it.</param>
    /// <param name="works">The works.</param>
    /// <returns>A median for each, in their order.</returns>
    public static TimeSpan[] Medians(int repetitions, int warmups, CancellationToken token, params Action[] works)
    {
        var times = works.Select(_ => new List<TimeSpan>(repetitions)).ToArray();
        for (var turn = -warmups; turn < repetitions; turn++)
        {
            for (var index = 0; index < works.Length; index++)
            {
                token.ThrowIfCancellationRequested();
                var time = Once(works[index]);
                if (turn >= 0)
                {
                    times[index].Add(time);
                }
            }
        }

        return [.. times.Select(list => list.Order().ElementAt(repetitions / 2))];
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
