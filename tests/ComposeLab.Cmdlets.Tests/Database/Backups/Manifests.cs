using ComposeLab.Database.Backups;

namespace ComposeLab.Cmdlets.Tests.Database.Backups;

/// <summary>Manifests of a small shop.</summary>
internal static class Manifests
{
    public static readonly DatabaseFacts Shop = new()
    {
        Name = "shop",
        Owner = "shop",
        Superuser = "shop",
        Encoding = "UTF8",
        Collation = "C.UTF-8",
        CharacterType = "C.UTF-8",
        Bytes = 1_000_000,
        Extensions = [new ExtensionFacts("plpgsql", "1.0")],
        Tables = [new TableFacts("public", "orders", 8192, 5), new TableFacts("Über", "a \"b\"", 8192, 0)],
        Sequences = [new SequenceFacts("public", "orders_id_seq", 5, 9, false)],
        LargeObjects = 2,
        Objects = new Dictionary<string, long> { ["index"] = 1, ["view"] = 1 },
        Roles = ["reader", "shop"],
    };

    public static BackupManifest Of(DatabaseFacts facts) => new()
    {
        ManifestVersion = BackupManifest.CurrentVersion,
        ProjectName = "shop",
        Service = "db",
        Image = "postgres:16-alpine",
        ImageId = "sha256:1",
        ServerVersion = "16.4",
        ServerMajor = 16,
        ProgramMajor = 16,
        Format = LabDbBackupFormat.Custom,
        StartedAt = new DateTimeOffset(2026, 1, 31, 2, 30, 0, TimeSpan.Zero),
        Duration = TimeSpan.FromSeconds(2),
        Files = [new BackupPart("shop.dump", 3, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")],
        Database = facts,
    };
}
