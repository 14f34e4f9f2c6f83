using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using ComposeLab.Engine;
using ComposeLab.Errors;
using ComposeLab.Files;

namespace ComposeLab.Database.Backups;

/// <summary>The description of a backup, in a file beside it. It contains no passwords and no rows.</summary>
internal sealed record BackupManifest
{
    /// <summary>The current version of this format.</summary>
    public const int CurrentVersion = 1;

    /// <summary>What is added to the name of the backup.</summary>
    public const string Suffix = ".manifest.json";

    /// <summary>The version of the document.</summary>
    public required int ManifestVersion { get; init; }

    /// <summary>The project that the database belongs to.</summary>
    public required string ProjectName { get; init; }

    /// <summary>The service of the database.</summary>
    public required string Service { get; init; }

    /// <summary>The name of the image of its container.</summary>
    public required string Image { get; init; }

    /// <summary>The id of the image.</summary>
    public required string ImageId { get; init; }

    /// <summary>The version of the server, such as <c>16.4</c>.</summary>
    public required string ServerVersion { get; init; }

    /// <summary>The major version of the server, such as 16.</summary>
    public required int ServerMajor { get; init; }

    /// <summary>The major version of the program that wrote the backup; an older one cannot restore it.</summary>
    public required int ProgramMajor { get; init; }

    /// <summary>The format of the file.</summary>
    public required LabDbBackupFormat Format { get; init; }

    /// <summary>Whether the backup contains definitions only.</summary>
    public bool SchemaOnly { get; init; }

    /// <summary>The tables that are not in the backup, as schema and name.</summary>
    public IReadOnlyList<string> ExcludedTables { get; init => field = value ?? []; } = [];

    /// <summary>When the snapshot was taken.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>How long it took.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>The backup: one file, or the files of a directory.</summary>
    public required IReadOnlyList<BackupPart> Files { get; init; }

    /// <summary>The file with roles and tablespaces; null if there is none.</summary>
    public BackupPart? Globals { get; init; }

    /// <summary>The database.</summary>
    public required DatabaseFacts Database { get; init; }

    /// <summary>The last test of the backup; null if it was never tested.</summary>
    public BackupVerdict? Verified { get; init; }

    /// <summary>The size of the backup, in bytes.</summary>
    [JsonIgnore]
    public long Bytes => Files.Sum(file => file.Bytes);

    /// <summary>The number of rows of all tables; null if they were not counted.</summary>
    [JsonIgnore]
    public long? Rows => SchemaOnly ? null : Database.Tables.Sum(table => table.Rows ?? 0);

    /// <summary>The manifest's file.</summary>
    /// <param name="backup">The path of the backup.</param>
    /// <returns>The path.</returns>
    public static string PathOf(string backup) => Path.TrimEndingDirectorySeparator(backup) + Suffix;

    /// <summary>Writes it as text.</summary>
    /// <returns>JSON.</returns>
    public string Write() => JsonSerializer.Serialize(this, Readable) + "\n";

    /// <summary>Reads the manifest of a backup.</summary>
    /// <param name="backup">The path of the backup.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>The manifest.</returns>
    /// <exception cref="LabException">BackupInvalid: there is none, or it cannot be read.</exception>
    public static BackupManifest Read(string backup, CancellationToken token)
    {
        string path = PathOf(backup);
        if (!File.Exists(path))
        {
            throw Invalid(backup, $"{path} does not exist. Backup-LabDb writes it beside each backup.", null);
        }

        return Parse(backup, TextFile.Read(path, token));
    }

    /// <summary>Reads a manifest from its text.</summary>
    /// <param name="backup">The path of the backup, for messages.</param>
    /// <param name="text">JSON.</param>
    /// <returns>The manifest.</returns>
    /// <exception cref="LabException">BackupInvalid.</exception>
    public static BackupManifest Parse(string backup, string text)
    {
        BackupManifest? manifest;
        try
        {
            manifest = JsonSerializer.Deserialize(text, Readable);
        }
        catch (JsonException broken)
        {
            throw Invalid(backup, $"its manifest cannot be read: {broken.Message}", broken);
        }

        return manifest switch
        {
            null => throw Invalid(backup, "its manifest is empty.", null),
            { ManifestVersion: not CurrentVersion } => throw Invalid(
                backup, $"its manifest has version {manifest.ManifestVersion}, but this version of ComposeLab reads version {CurrentVersion}.", null),
            { Files: null or [] } or { Database: null } => throw Invalid(backup, "its manifest is incomplete.", null),
            _ => manifest,
        };
    }

    // Names of tables are shown as they are; the file is never part of a web page.
    private static JsonTypeInfo<BackupManifest> Readable { get; } =
        CompleteJson.Of(BackupManifestJson.Default, new JsonSerializerOptions(BackupManifestJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }).Info<BackupManifest>();

    private static LabException Invalid(string backup, string why, Exception? inner) => new(
        LabErrorId.BackupInvalid, $"{backup} is not a usable backup: {why}", "Use another backup, or create one with Backup-LabDb", backup, inner);
}

/// <summary>A file of a backup.</summary>
/// <param name="Name">The file's name, without a folder.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Sha256">Its checksum, as lower-case hexadecimal digits.</param>
internal sealed record BackupPart(string Name, long Bytes, string Sha256);

/// <summary>The result of a test of a backup.</summary>
/// <param name="At">When it was tested.</param>
/// <param name="Ok">Whether it could be restored completely.</param>
internal sealed record BackupVerdict(DateTimeOffset At, bool Ok);

/// <summary>Reads and writes manifests.</summary>
[JsonSourceGenerationOptions(
    WriteIndented = true, UseStringEnumConverter = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(BackupManifest))]
internal sealed partial class BackupManifestJson : JsonSerializerContext;
