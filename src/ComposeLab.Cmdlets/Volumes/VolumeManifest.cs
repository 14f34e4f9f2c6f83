using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Planning;
using ComposeLab.Errors;
using ComposeLab.Files;

namespace ComposeLab.Volumes;

/// <summary>The description of a volume's backup, in a file next to the archive.</summary>
internal sealed record VolumeManifest
{
    private const int CurrentFormat = 1;
    private const int LongestFile = 1024 * 1024;

    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true };

    /// <summary>The version of this description.</summary>
    public int Format { get; init; } = CurrentFormat;

    /// <summary>The project.</summary>
    public required string Project { get; init; }

    /// <summary>The volume's name on the engine.</summary>
    public required string Volume { get; init; }

    /// <summary>The driver.</summary>
    public required string Driver { get; init; }

    /// <summary>The options of the driver.</summary>
    public required IReadOnlyDictionary<string, string> DriverOptions { get; init; }

    /// <summary>The labels.</summary>
    public required IReadOnlyDictionary<string, string> Labels { get; init; }

    /// <summary>The size of the archive, in bytes.</summary>
    public required long Size { get; init; }

    /// <summary>The size of the files in it, in bytes.</summary>
    public required long ContentSize { get; init; }

    /// <summary>The SHA-256 checksum of the archive, in hexadecimal.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Whether no container could write to the volume meanwhile.</summary>
    public required bool IsConsistent { get; init; }

    /// <summary>When the backup was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The path of the manifest of an archive.</summary>
    /// <param name="archive">The archive.</param>
    /// <returns>The path.</returns>
    public static string PathOf(string archive) => archive + ".json";

    /// <summary>Reads the manifest of an archive, and checks that the archive is the one it describes.</summary>
    /// <param name="archive">The absolute path of the archive.</param>
    /// <param name="progress">Receives the bytes so far.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>The manifest.</returns>
    /// <exception cref="LabException">FileUnreadable; BackupInvalid: the manifest is missing or not valid, or the checksum differs.</exception>
    public static async Task<VolumeManifest> VerifyAsync(string archive, Action<long> progress, CancellationToken token)
    {
        VolumeManifest manifest = Read(archive);
        try
        {
            await using FileStream file = File.OpenRead(archive);
            if (file.Length != manifest.Size)
            {
                throw Invalid(archive, $"it has {file.Length} bytes, but its manifest says {manifest.Size}");
            }

            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            byte[] block = new byte[1024 * 1024];
            long done = 0;
            int read;
            while ((read = await file.ReadAsync(block, token).ConfigureAwait(false)) > 0)
            {
                hash.AppendData(block, 0, read);
                progress(done += read);
            }

            string found = Convert.ToHexString(hash.GetHashAndReset()).ToLowerInvariant();
            return found == manifest.Sha256 ? manifest : throw Invalid(archive, $"its SHA-256 checksum is {found}, but its manifest says {manifest.Sha256}");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new LabException(LabErrorId.FileUnreadable, $"Cannot read {archive}: {fault.Message}", "Correct the path of the backup", archive, fault);
        }
    }

    /// <summary>Puts an archive and its manifest in place. Both are written completely before the first of them gets its name.</summary>
    /// <param name="archive">The archive.</param>
    /// <exception cref="LabException">FileUnwritable: neither is in place.</exception>
    public void Write(ReplacedFile archive)
    {
        using var file = new ReplacedFile(PathOf(archive.Path));
        file.Write(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(this, Json) + "\n"));
        archive.Keep();
        file.Keep();
    }

    /// <summary>Determines the volume to restore to.</summary>
    /// <param name="project">The project.</param>
    /// <param name="name">What the user typed: a key of the Compose files or a name on the engine; null for the volume of the backup.</param>
    /// <returns>The settings of the volume. With the name of the backup's volume it belongs to the project again; with another one it belongs to no project.</returns>
    public VolumeSpec Target(string project, string? name)
    {
        string key = Labels.GetValueOrDefault(StackLabels.Volume, "");
        bool isSame = name is null || name == Volume || (key.Length > 0 && name == key);
        Dictionary<string, string> labels = Labels.Where(label => isSame || !label.Key.StartsWith("com.docker.compose.", StringComparison.Ordinal))
            .ToDictionary(label => label.Key, label => label.Value, StringComparer.Ordinal);
        if (isSame && key.Length > 0)
        {
            labels[StackLabels.Project] = project;
        }

        string target = !isSame ? name! : project == Project || key.Length == 0 ? Volume : $"{project}_{key}";
        return new VolumeSpec { Name = target, Driver = Driver, DriverOptions = DriverOptions, Labels = labels };
    }

    private static VolumeManifest Read(string archive)
    {
        string path = PathOf(archive);
        if (!File.Exists(archive))
        {
            throw new LabException(LabErrorId.FileUnreadable, $"'{archive}' does not exist.", "Correct the path of the backup", archive);
        }

        try
        {
            if (new FileInfo(path) is not { Exists: true, Length: <= LongestFile })
            {
                throw Invalid(archive, $"its manifest {path} does not exist");
            }

            return JsonSerializer.Deserialize<VolumeManifest>(File.ReadAllText(path), Json) is { Format: CurrentFormat } manifest
                ? manifest
                : throw Invalid(archive, "its manifest has another format");
        }
        catch (JsonException fault)
        {
            throw Invalid(archive, $"its manifest {path} is not valid", fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new LabException(LabErrorId.FileUnreadable, $"Cannot read {path}: {fault.Message}", "Correct the path of the backup", path, fault);
        }
    }

    private static LabException Invalid(string archive, string why, Exception? inner = null) => new(
        LabErrorId.BackupInvalid, $"{archive} is not a complete backup: {why}. Nothing was changed.", "Use another backup", archive, inner);
}
