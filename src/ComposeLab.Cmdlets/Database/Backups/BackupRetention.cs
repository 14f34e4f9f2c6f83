using System.Globalization;
using System.Text.RegularExpressions;

namespace ComposeLab.Database.Backups;

/// <summary>How many backups are kept, such as <c>7d4w</c>: the last one of each of seven days and of four weeks.</summary>
/// <param name="Parts">The numbers by unit.</param>
internal sealed partial record BackupRetention(IReadOnlyList<(int Count, char Unit)> Parts)
{
    /// <summary>Reads the text of the parameter.</summary>
    /// <param name="text">Numbers with a unit: h for hours, d for days, w for weeks, m for months, y for years; each unit once.</param>
    /// <returns>The retention; null if the text is invalid.</returns>
    public static BackupRetention? Read(string text)
    {
        if (!Form().IsMatch(text))
        {
            return null;
        }

        (int Count, char Unit)[] parts = [.. Part().Matches(text).Select(part =>
            (int.TryParse(part.Groups["count"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out int count) ? count : 0, char.ToLowerInvariant(part.Groups["unit"].Value[0])))];
        return parts.All(part => part.Count > 0) && parts.Select(part => part.Unit).Distinct().Count() == parts.Length ? new BackupRetention(parts) : null;
    }

    /// <summary>
    /// Selects the backups to delete. For each unit, the newest backup of each of the last periods that have one is kept: days without a backup do not count. The newest
    /// backup and the newest one that passed its test are always kept; a backup that failed its test never takes the place of another one.
    /// </summary>
    /// <param name="backups">All backups of the same database in a folder.</param>
    /// <returns>The backups to delete, oldest first.</returns>
    public IReadOnlyList<KnownBackup> Outdated(IEnumerable<KnownBackup> backups)
    {
        KnownBackup[] newestFirst = [.. backups.OrderByDescending(backup => backup.At)];
        KnownBackup[] usable = [.. newestFirst.Where(backup => backup.Verified != false)];
        var kept = new HashSet<KnownBackup>();
        kept.UnionWith(newestFirst.Take(1));
        kept.UnionWith(usable.Take(1));
        kept.UnionWith(newestFirst.Where(backup => backup.Verified == true).Take(1));
        foreach ((int count, char unit) in Parts)
        {
            kept.UnionWith(usable.GroupBy(backup => Period(backup.At.UtcDateTime, unit)).Take(count).Select(period => period.First()));
        }

        return [.. newestFirst.Where(backup => !kept.Contains(backup)).Reverse()];
    }

    private static DateTime Period(DateTime time, char unit) => unit switch
    {
        'h' => time.Date.AddHours(time.Hour),
        'd' => time.Date,
        'w' => time.Date.AddDays(-(((int)time.DayOfWeek + 6) % 7)),
        'm' => new DateTime(time.Year, time.Month, 1, 0, 0, 0, DateTimeKind.Utc),
        _ => new DateTime(time.Year, 1, 1, 0, 0, 0, DateTimeKind.Utc),
    };

    [GeneratedRegex(@"^(\d{1,4}[hdwmy])+$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Form();

    [GeneratedRegex(@"(?<count>\d+)(?<unit>[hdwmy])", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Part();
}

/// <summary>A backup in a folder.</summary>
/// <param name="Path">Its path.</param>
/// <param name="At">When it was taken.</param>
/// <param name="Verified">Whether it passed its last test; null if it was never tested.</param>
internal sealed record KnownBackup(string Path, DateTimeOffset At, bool? Verified);
