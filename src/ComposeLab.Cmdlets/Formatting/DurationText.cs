using System.Globalization;

namespace ComposeLab.Formatting;

/// <summary>Formats durations. For views; objects contain the durations.</summary>
public static class DurationText
{
    /// <summary>Formats a duration.</summary>
    /// <param name="duration">The duration; null if unknown.</param>
    /// <returns>Such as <c>0.05 s</c>, <c>12.3 s</c>, <c>1 min 05 s</c>; empty for null.</returns>
    public static string Of(TimeSpan? duration) => duration switch
    {
        null => "",
        { TotalSeconds: < 9.995 } brief => string.Create(CultureInfo.InvariantCulture, $"{brief.TotalSeconds:0.00} s"),
        { TotalSeconds: < 59.95 } some => string.Create(CultureInfo.InvariantCulture, $"{some.TotalSeconds:0.0} s"),
        { TotalHours: < 1 } many => string.Create(CultureInfo.InvariantCulture, $"{(int)many.TotalMinutes} min {many.Seconds:00} s"),
        { } most => string.Create(CultureInfo.InvariantCulture, $"{(int)most.TotalHours} h {most.Minutes:00} min"),
    };
}
