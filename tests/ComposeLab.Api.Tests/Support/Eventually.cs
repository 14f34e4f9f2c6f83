using System.Diagnostics;

namespace ComposeLab.Api.Tests.Support;

/// <summary>Waits for conditions.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(25);

    /// <summary>Waits until a condition is true.</summary>
    /// <param name="condition">The condition.</param>
    /// <param name="limit">How long it may take.</param>
    /// <returns>How long it took.</returns>
    /// <exception cref="TimeoutException">It never held.</exception>
    public static async Task<TimeSpan> HoldsAsync(Func<Task<bool>> condition, TimeSpan limit)
    {
        var started = Stopwatch.GetTimestamp();
        using var pace = new PeriodicTimer(Pace);
        while (!await condition())
        {
            if (Stopwatch.GetElapsedTime(started) > limit)
            {
                throw new TimeoutException($"The condition was not true within {limit.TotalSeconds} s.");
            }

            await pace.WaitForNextTickAsync();
        }

        return Stopwatch.GetElapsedTime(started);
    }
}
