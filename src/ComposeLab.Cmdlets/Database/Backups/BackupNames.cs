using System.Globalization;
using System.Text;

namespace ComposeLab.Database.Backups;

/// <summary>The names of backups, and of databases that are restored beside others.</summary>
internal static class BackupNames
{
    // The server cuts longer names, in bytes.
    private const int LongestName = 63;

    /// <summary>Creates the name of a backup.</summary>
    /// <param name="project">The project.</param>
    /// <param name="service">The service.</param>
    /// <param name="database">The database.</param>
    /// <param name="format">The format.</param>
    /// <param name="isCompressed">Whether SQL is compressed.</param>
    /// <param name="time">When it is taken.</param>
    /// <returns>Such as <c>shop-db-orders-20260131T023000Z.dump</c>; characters that not every file system supports are replaced.</returns>
    public static string FileName(string project, string service, string database, LabDbBackupFormat format, bool isCompressed, DateTimeOffset time)
    {
        string name = string.Concat(database.Select(sign => char.IsLetterOrDigit(sign) || sign is '_' or '-' ? sign : '_'));
        string suffix = format switch { LabDbBackupFormat.Plain => isCompressed ? ".sql.gz" : ".sql", LabDbBackupFormat.Directory => ".dir", _ => ".dump" };
        return string.Create(CultureInfo.InvariantCulture, $"{project}-{service}-{name}-{time.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}{suffix}");
    }

    /// <summary>Creates the name of a database that was replaced.</summary>
    /// <param name="database">The database.</param>
    /// <param name="time">When it is replaced.</param>
    /// <returns>Such as <c>orders_before_20260131_023000</c>.</returns>
    public static string Before(string database, DateTimeOffset time) => Shortened(database, string.Create(CultureInfo.InvariantCulture, $"_before_{time.UtcDateTime:yyyyMMdd_HHmmss}"));

    /// <summary>Creates the name of a database that is being restored.</summary>
    /// <param name="database">The database that it will become.</param>
    /// <param name="time">When the restore begins.</param>
    /// <returns>Such as <c>orders_restore_20260131_023000</c>.</returns>
    public static string Draft(string database, DateTimeOffset time) => Shortened(database, string.Create(CultureInfo.InvariantCulture, $"_restore_{time.UtcDateTime:yyyyMMdd_HHmmss}"));

    private static string Shortened(string name, string suffix)
    {
        var kept = new StringBuilder();
        int bytes = suffix.Length;
        foreach (Rune sign in name.EnumerateRunes())
        {
            bytes += sign.Utf8SequenceLength;
            if (bytes > LongestName)
            {
                break;
            }

            kept.Append(sign.ToString());
        }

        return kept.Append(suffix).ToString();
    }
}
