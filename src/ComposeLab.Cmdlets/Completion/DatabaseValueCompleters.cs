using System.Globalization;
using ComposeLab.Compose.Rules.Images;
using ComposeLab.Database.Backups;
using ComposeLab.Engine.Docker;
using ComposeLab.Engines;
using ComposeLab.Projects;

namespace ComposeLab.Completion;

/// <summary>Offers the compressions of pg_dump.</summary>
public sealed class CompressionCompleter : LabCompleter
{
    /// <inheritdoc/>
    private protected override IEnumerable<string> FromFiles(ProjectSelection selection, IReadOnlyList<string> services, CancellationToken token) =>
        ["none", "gzip", "gzip:9", "lz4", "zstd", "zstd:3", "zstd:9"];
}

/// <summary>Offers common retentions of backups.</summary>
public sealed class RetentionCompleter : LabCompleter
{
    /// <inheritdoc/>
    private protected override IEnumerable<string> FromFiles(ProjectSelection selection, IReadOnlyList<string> services, CancellationToken token) =>
        ["7d", "7d4w", "7d4w12m", "24h7d4w12m", "7d4w12m5y"];
}

/// <summary>Offers the backups in the current folder and in the folders below it, the newest first. Without one, PowerShell offers files.</summary>
public sealed class BackupFileCompleter : LabCompleter
{
    private const int MostFolders = 50;

    /// <inheritdoc/>
    private protected override IEnumerable<string> FromFiles(ProjectSelection selection, IReadOnlyList<string> services, CancellationToken token)
    {
        var here = new DirectoryInfo(selection.Location);
        return [.. here.EnumerateDirectories().Take(MostFolders).Prepend(here)
            .SelectMany(folder => folder.EnumerateFiles("*" + BackupManifest.Suffix))
            .OrderByDescending(manifest => manifest.LastWriteTimeUtc)
            .Select(manifest => "./" + Path.GetRelativePath(here.FullName, manifest.FullName[..^BackupManifest.Suffix.Length]).Replace('\\', '/'))];
    }
}

/// <summary>Offers the images of PostgreSQL on the engine.</summary>
public class DatabaseImageCompleter : LabCompleter
{
    /// <inheritdoc/>
    private protected override bool AsksEngine(bool found) => true;

    /// <inheritdoc/>
    private protected override IEnumerable<string> FromFiles(ProjectSelection selection, IReadOnlyList<string> services, CancellationToken token) => [];

    /// <inheritdoc/>
    private protected override async Task FromEngineAsync(EngineSession session, ProjectSelection selection, IReadOnlyList<string> services, CompletionCandidates found, CancellationToken token)
    {
        IReadOnlyList<ImageSummary> images = await session.Engine.ListImagesAsync([], token).ConfigureAwait(false);
        found.Add(Select(images.SelectMany(image => image.Names).Where(name => name.Contains("postgres", StringComparison.OrdinalIgnoreCase) || name.Contains("postgis", StringComparison.OrdinalIgnoreCase))));
    }

    /// <summary>Selects what to offer.</summary>
    /// <param name="images">The names of the images of PostgreSQL.</param>
    /// <returns>The candidates in the order to offer them.</returns>
    private protected virtual IEnumerable<string> Select(IEnumerable<string> images) => images.Order(StringComparer.Ordinal);
}

/// <summary>Offers the major versions of the PostgreSQL images on the engine, the latest first.</summary>
public sealed class DatabaseVersionCompleter : DatabaseImageCompleter
{
    /// <inheritdoc/>
    private protected override IEnumerable<string> Select(IEnumerable<string> images) =>
        images.Select(image => ImageReference.Parse(image)?.Major).OfType<int>().Distinct().OrderDescending().Select(major => major.ToString(CultureInfo.InvariantCulture));
}
