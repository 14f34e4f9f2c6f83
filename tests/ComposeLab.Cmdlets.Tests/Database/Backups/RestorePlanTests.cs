using System.Text;
using ComposeLab.Database.Backups;
using ComposeLab.Errors;

namespace ComposeLab.Cmdlets.Tests.Database.Backups;

/// <summary>What a restore does, and what it refuses before anything is changed.</summary>
public sealed class RestorePlanTests
{
    private static readonly DateTimeOffset Now = new(2026, 2, 1, 9, 30, 0, TimeSpan.Zero);
    private static readonly BackupManifest Manifest = Manifests.Of(Manifests.Shop);
    private static readonly ServerState Server = new(16, new Dictionary<string, long> { ["postgres"] = 7, ["shop"] = 42 }, ["postgres", "reader", "shop"], 5_000_000);

    [Fact]
    public void An_existing_database_is_kept_with_the_time_in_its_name() =>
        Assert.Equal(new RestorePlan("shop_restore_20260201_093000", "shop_before_20260201_093000", 42), Plan(Manifest, Server));

    [Fact]
    public void A_second_restore_within_a_second_keeps_its_own_old_database() => Assert.Equal(
        "shop_before_20260201_093001",
        Plan(Manifest, Server with { Databases = new Dictionary<string, long> { ["shop"] = 42, ["shop_before_20260201_093000"] = 42 } }).Before);

    [Fact]
    public void A_new_database_replaces_nothing() => Assert.Null(Plan(Manifest, Server, "other").Before);

    [Theory]
    [InlineData("customers_of_the_northern_region_with_a_very_long_name_of_63_by")]
    [InlineData("Größenverzeichnis_über_alle_Länder_und_Städte_der_nördlichen")]
    public void Names_stay_within_the_limit_of_the_server_and_are_never_cut_inside_a_character(string name)
    {
        string before = BackupNames.Before(name, Now);

        Assert.True(Encoding.UTF8.GetByteCount(before) <= 63);
        Assert.EndsWith("_before_20260201_093000", before, StringComparison.Ordinal);
        Assert.StartsWith(before[..^"_before_20260201_093000".Length], name, StringComparison.Ordinal);
    }

    [Fact]
    public void A_backup_of_a_newer_server_is_refused() => Refused(LabErrorId.BackupTooNew, Manifest with { ServerMajor = 17 }, Server);

    [Fact]
    public void A_backup_of_an_older_server_is_accepted() => Assert.NotNull(Plan(Manifest, Server with { Major = 17 }));

    [Fact]
    public void A_disk_without_enough_room_is_refused() => Refused(LabErrorId.DiskFull, Manifest, Server with { FreeBytes = 1_100_000 });

    [Fact]
    public void A_disk_of_unknown_size_is_accepted() => Assert.NotNull(Plan(Manifest, Server with { FreeBytes = null }));

    [Fact]
    public void Missing_roles_are_refused_unless_they_are_restored_or_not_needed()
    {
        ServerState other = Server with { Roles = ["dev"] };

        Refused(LabErrorId.RoleNotFound, Manifest, other);
        Assert.NotNull(Plan(Manifest, other, choice: new RestoreChoice { NoOwner = true }));
        Assert.NotNull(Plan(Manifest with { Globals = new BackupPart("g", 1, "") }, other, choice: new RestoreChoice { Globals = true }));
    }

    [Fact]
    public void Roles_that_the_backup_does_not_contain_cannot_be_restored() => Refused(LabErrorId.BackupInvalid, Manifest, Server, new RestoreChoice { Globals = true });

    [Fact]
    public void Owners_in_SQL_cannot_be_left_out() => Refused(LabErrorId.ParameterConflict, Manifest with { Format = LabDbBackupFormat.Plain }, Server, new RestoreChoice { NoOwner = true });

    [Fact]
    public void A_template_is_never_replaced() =>
        Assert.Equal(LabErrorId.RestoreFailed, Assert.Throws<LabException>(() => Plan(Manifest, Server, "template1")).Id);

    [Fact]
    public void A_restore_into_the_database_of_another_restore_is_refused() =>
        Refused(LabErrorId.RestoreFailed, Manifest, Server with { Databases = new Dictionary<string, long> { ["shop_restore_20260201_093000"] = 1 } });

    [Fact]
    public void The_exchange_is_one_transaction() => Assert.Equal(
        ["BEGIN", "ALTER DATABASE \"a\"\"b\" RENAME TO \"old\"", "ALTER DATABASE \"draft\" RENAME TO \"a\"\"b\"", "COMMIT"], RestoreStatements.Exchange("a\"b", "old", "draft"));

    [Fact]
    public void A_database_is_created_with_its_locale()
    {
        Assert.Equal(
            "CREATE DATABASE \"x\" OWNER \"shop\" TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C.UTF-8' LC_CTYPE 'C.UTF-8'", RestoreStatements.Create(Manifests.Shop, "x", "shop"));
        Assert.EndsWith(" LOCALE_PROVIDER icu ICU_LOCALE 'de-DE'", RestoreStatements.Create(Manifests.Shop with { LocaleProvider = "i", ProviderLocale = "de-DE" }, "x", null), StringComparison.Ordinal);
        Assert.EndsWith(" LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8'", RestoreStatements.Create(Manifests.Shop with { LocaleProvider = "b", ProviderLocale = "C.UTF-8" }, "x", null), StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_privileges_and_the_comment_of_a_database_are_restored()
    {
        DatabaseFacts facts = Manifests.Shop with
        {
            Comment = "it's",
            ConnectionLimit = 5,
            Settings = [new SettingFacts(null, "search_path", "public, \"Über\""), new SettingFacts("reader", "app.name", "o'x")],
            Grants = [new GrantFacts(null, "TEMPORARY", false), new GrantFacts("reader", "CONNECT", true)],
        };

        Assert.Equal(
            [
                "ALTER DATABASE \"x\" CONNECTION LIMIT 5",
                "COMMENT ON DATABASE \"x\" IS 'it''s'",
                "ALTER DATABASE \"x\" SET \"search_path\" TO public, \"Über\"",
                "ALTER ROLE \"reader\" IN DATABASE \"x\" SET \"app\".\"name\" TO 'o''x'",
                "REVOKE ALL ON DATABASE \"x\" FROM PUBLIC",
                "GRANT TEMPORARY ON DATABASE \"x\" TO PUBLIC",
                "GRANT CONNECT ON DATABASE \"x\" TO \"reader\" WITH GRANT OPTION",
            ],
            RestoreStatements.Properties(facts, "x", withRoles: true));
        Assert.Equal(3, RestoreStatements.Properties(facts, "x", withRoles: false).Count());
        Assert.DoesNotContain(RestoreStatements.Properties(facts with { ConnectionLimit = null }, "x", withRoles: true), statement => statement.Contains("LIMIT", StringComparison.Ordinal));
        Assert.DoesNotContain(RestoreStatements.Properties(facts with { ConnectionLimit = -1 }, "x", withRoles: true), statement => statement.Contains("LIMIT", StringComparison.Ordinal));
    }

    private static RestorePlan Plan(BackupManifest manifest, ServerState server, string name = "shop", RestoreChoice? choice = null) =>
        RestorePlan.Of(manifest, "shop.dump", server, name, choice ?? new RestoreChoice(), Now);

    private static void Refused(LabErrorId id, BackupManifest manifest, ServerState server, RestoreChoice? choice = null) =>
        Assert.Equal(id, Assert.Throws<LabException>(() => Plan(manifest, server, choice: choice)).Id);
}
