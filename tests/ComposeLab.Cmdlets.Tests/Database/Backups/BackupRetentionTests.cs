using System.Globalization;
using ComposeLab.Cmdlets.Tests.Hosting;
using ComposeLab.Database.Backups;

namespace ComposeLab.Cmdlets.Tests.Database.Backups;

/// <summary>Which backups -Keep deletes.</summary>
public sealed class BackupRetentionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("7d")]
    [InlineData("7D4W")]
    [InlineData("24h7d4w12m2y")]
    public void A_retention_is_numbers_with_units(string text) => Assert.NotNull(BackupRetention.Read(text));

    [Theory]
    [InlineData("")]
    [InlineData("7")]
    [InlineData("d")]
    [InlineData("0d")]
    [InlineData("7d7d")]
    [InlineData("7 d")]
    [InlineData("-7d")]
    [InlineData("7s")]
    [InlineData("99999d")]
    public void Anything_else_is_rejected(string text) => Assert.Null(BackupRetention.Read(text));

    [Fact]
    public void The_newest_backup_of_each_day_and_week_is_kept()
    {
        // Two a day for thirty days; the last one is of a Saturday.
        KnownBackup[] backups = [.. Enumerable.Range(0, 60).Select(half => Of(new DateTime(2026, 1, 31, 14, 0, 0).AddHours(-12 * half)))];

        string[] kept = [.. backups.Except(BackupRetention.Read("3d2w")!.Outdated(backups)).Select(backup => backup.Path)];

        Assert.Equal(["2026-01-31 14", "2026-01-30 14", "2026-01-29 14", "2026-01-25 14"], kept);
    }

    [Fact]
    public void Days_without_a_backup_do_not_count()
    {
        KnownBackup[] backups = [Of(new DateTime(2026, 1, 31)), Of(new DateTime(2025, 6, 1)), Of(new DateTime(2024, 2, 2)), Of(new DateTime(2023, 3, 3))];

        Assert.Equal(["2023-03-03 00"], BackupRetention.Read("3d")!.Outdated(backups).Select(backup => backup.Path));
    }

    [Fact]
    public void The_last_backup_that_passed_its_test_is_never_deleted()
    {
        KnownBackup[] backups = [Of(new DateTime(2026, 1, 31)), Of(new DateTime(2026, 1, 30), false), Of(new DateTime(2026, 1, 29)), Of(new DateTime(2026, 1, 28), true), Of(new DateTime(2026, 1, 27), true)];

        Assert.Equal(["2026-01-27 00", "2026-01-29 00", "2026-01-30 00"], BackupRetention.Read("1d")!.Outdated(backups).Select(backup => backup.Path));
    }

    [Fact]
    public void A_backup_that_failed_its_test_does_not_take_the_place_of_an_older_one()
    {
        KnownBackup[] backups = [Of(new DateTime(2026, 1, 31, 12, 0, 0), false), Of(new DateTime(2026, 1, 31, 6, 0, 0)), Of(new DateTime(2026, 1, 30))];

        Assert.Equal(["2026-01-30 00"], BackupRetention.Read("1d")!.Outdated(backups).Select(backup => backup.Path));
    }

    [Fact]
    public void Only_backups_of_the_same_database_with_a_manifest_are_deleted()
    {
        BackupManifest manifest = Manifests.Of(Manifests.Shop);
        string newest = Write("new.dump", manifest);
        string old = Write("old.dump", manifest with { StartedAt = manifest.StartedAt.AddDays(-2), Globals = new BackupPart("old.dump.globals.sql", 1, "") });
        _folder.Write("old.dump.globals.sql", "x");
        string other = Write("other.dump", manifest with { StartedAt = manifest.StartedAt.AddDays(-9), Database = Manifests.Shop with { Name = "audit" } });
        string unknown = _folder.Write("unknown.dump", "x");
        _folder.Write("broken.dump.manifest.json", "{");

        (IReadOnlyList<string> removed, IReadOnlyList<string> errors) = BackupPruning.Run(BackupRetention.Read("1d")!, newest, manifest, CancellationToken.None);

        Assert.Equal([old], removed);
        Assert.Empty(errors);
        Assert.Equal(
            ["broken.dump.manifest.json", "new.dump", "new.dump.manifest.json", "other.dump", "other.dump.manifest.json", "unknown.dump"],
            Directory.EnumerateFiles(Path.GetDirectoryName(newest)!).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.True(File.Exists(other) && File.Exists(unknown));
    }

    private string Write(string name, BackupManifest manifest)
    {
        _folder.Write(name + BackupManifest.Suffix, manifest.Write());
        return _folder.Write(name, "abc");
    }

    private static KnownBackup Of(DateTime time, bool? verified = null) =>
        new(time.ToString("yyyy-MM-dd HH", CultureInfo.InvariantCulture), new DateTimeOffset(time, TimeSpan.Zero), verified);
}
