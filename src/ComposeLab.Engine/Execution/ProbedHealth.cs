using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using ComposeLab.Engine.Docker;

namespace ComposeLab.Engine.Execution;

/// <summary>
/// Remembers the containers that this module's own probe found healthy, until the engine's next verdict. The engine reports them as starting for a whole interval,
/// and queries in between should show what the start has reported.
/// </summary>
/// <param name="time">The clock.</param>
internal sealed partial class ProbedHealth(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, DateTimeOffset> _passed = new(StringComparer.Ordinal);

    /// <summary>What this process has seen.</summary>
    public static ProbedHealth OfProcess { get; } = new(TimeProvider.System);

    /// <summary>Records that a container's healthcheck has passed.</summary>
    /// <param name="container">The container's id.</param>
    public void Passed(string container) => _passed[container] = time.GetUtcNow();

    /// <summary>Whether a container is known to be healthy although the engine has not reported it yet.</summary>
    /// <param name="container">The container as the engine lists it.</param>
    /// <returns>True from the probe on until the engine's verdict or the container's restart.</returns>
    public bool Covers(ContainerSummary container)
    {
        ArgumentNullException.ThrowIfNull(container);
        if (!_passed.TryGetValue(container.Id, out DateTimeOffset passed))
        {
            return false;
        }

        bool covers = container is { State: ContainerState.Running, Health: HealthStatus.Starting } && UpForAtMost(container.Status) >= time.GetUtcNow() - passed;
        if (!covers)
        {
            _passed.TryRemove(container.Id, out _);
        }

        return covers;
    }

    // A container with an uptime shorter than the time since the probe was restarted in between. The engine rounds down.
    private static TimeSpan UpForAtMost(string status)
    {
        Match match = Up().Match(status);
        if (!match.Success)
        {
            return TimeSpan.Zero;
        }

        double count = double.TryParse(match.Groups["count"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out double number) ? number : 1;
        return match.Groups["unit"].Value switch
        {
            "second" => TimeSpan.FromSeconds(count + 1),
            "minute" => TimeSpan.FromMinutes(count + 1),
            "hour" => TimeSpan.FromHours(count + 1),
            _ => TimeSpan.MaxValue,
        };
    }

    [GeneratedRegex("^Up (?<count>[0-9]+|About an?|Less than a) (?<unit>second|minute|hour|day|week|month|year)", RegexOptions.CultureInvariant)]
    private static partial Regex Up();
}
