using System.Globalization;
using System.Text.RegularExpressions;
using ComposeLab.Compose.Model;
using ComposeLab.Compose.Rules.Images;
using ComposeLab.Errors;
using ComposeLab.Formatting;

namespace ComposeLab.Database.Updates;

/// <summary>A database server and the version it is to be updated to.</summary>
internal sealed record UpdateState
{
    /// <summary>The service.</summary>
    public required string Service { get; init; }

    /// <summary>The major version of its data.</summary>
    public required int DataMajor { get; init; }

    /// <summary>Whether its server runs. If not, its image has another major version than its data.</summary>
    public required bool Runs { get; init; }

    /// <summary>The image that can read the data.</summary>
    public required string OldImage { get; init; }

    /// <summary>The new image.</summary>
    public required string NewImage { get; init; }

    /// <summary>The major version of the new image; null if it does not exist on the engine.</summary>
    public required int? NewMajor { get; init; }

    /// <summary>The mount of the data; null if there is none in the project.</summary>
    public required MountDefinition? Mount { get; init; }

    /// <summary>The volume of the data; null if it is not a named volume.</summary>
    public required VolumeDefinition? Volume { get; init; }

    /// <summary>The names of all volumes on the engine.</summary>
    public required IReadOnlyCollection<string> Volumes { get; init; }

    /// <summary>The size of all databases, in bytes; 0 if unknown.</summary>
    public long Bytes { get; init; }

    /// <summary>The free space of the data disk, in bytes; null if unknown.</summary>
    public long? FreeBytes { get; init; }

    /// <summary>The number of prepared transactions, which a dump does not contain.</summary>
    public long PreparedTransactions { get; init; }

    /// <summary>The names of tablespaces in folders of their own.</summary>
    public IReadOnlyList<string> Tablespaces { get; init; } = [];
}

/// <summary>What an update does.</summary>
/// <param name="Volume">The key of the volume in the project.</param>
/// <param name="OldVolume">The name of the volume on the engine, which is kept.</param>
/// <param name="NewVolume">The name of the new volume.</param>
/// <param name="Target">The path in the container where the new volume is mounted; null for that of the old one.</param>
internal sealed partial record UpdatePlan(string Volume, string OldVolume, string NewVolume, string? Target)
{
    // Indexes are built while the restore writes sorted runs beside them.
    private const double RoomFactor = 1.2;
    private const int SharedFolderSince = 18;

    /// <summary>Plans an update.</summary>
    /// <param name="state">The server.</param>
    /// <returns>The plan.</returns>
    /// <exception cref="LabException">UpdateNotPossible, ImageNotFound, DiskFull.</exception>
    public static UpdatePlan Of(UpdateState state)
    {
        string images = $"'{state.NewImage}'";
        if (state.NewMajor is not { } major)
        {
            throw new LabException(LabErrorId.ImageNotFound, $"The image {state.NewImage} does not exist on the engine. Nothing was changed.", $"docker pull {state.NewImage}", state.NewImage);
        }

        if (major == state.DataMajor)
        {
            throw Impossible($"{images} is PostgreSQL {major}, and so is the data of {state.Service}", "Specify a later version with -Version. For another minor version, change the image and run Start-LabStack");
        }

        if (major < state.DataMajor)
        {
            throw Impossible($"{images} is PostgreSQL {major}, but the data of {state.Service} is already from version {state.DataMajor}", "Specify a later version with -Version; -Rollback returns to the version before the last update");
        }

        if (state.Mount is not { Type: MountType.Volume, Source: { } key } mount || state.Volume is not { Name: { } name } volume)
        {
            throw Impossible(
                state.Mount is { Type: MountType.Bind, Source: { } folder } ? $"the data of {state.Service} is in the folder {folder}, not in a named volume" : $"the data of {state.Service} is not in a named volume of the project",
                "Mount a named volume at the data folder first: Backup-LabDb -IncludeGlobal, change the mount, then Restore-LabDb -IncludeGlobal");
        }

        if (volume.DriverOpts.ContainsKey("device") || mount.Volume?.Subpath is not null)
        {
            throw Impossible($"the volume '{key}' is a fixed place, so that a second volume would contain the same files", "Use a volume without driver_opts.device and without a subpath");
        }

        if (state.PreparedTransactions > 0)
        {
            throw Impossible($"{state.Service} has {state.PreparedTransactions} prepared transactions, which a dump does not contain", "Commit or roll back the transactions in pg_prepared_xacts first");
        }

        if (state.Tablespaces.Count > 0)
        {
            throw Impossible($"{state.Service} has tablespaces outside of its data folder ({string.Join(", ", state.Tablespaces)})", "Move their tables to pg_default and drop them first");
        }

        long needed = (long)(state.Bytes * RoomFactor);
        if (state.FreeBytes is { } free && free < needed)
        {
            throw new LabException(
                LabErrorId.DiskFull, $"The new volume needs about {ByteText.Of(needed)}, but the data disk of {state.Service} has {ByteText.Of(free)} left. Nothing was changed.", "Free space on the disk of the engine");
        }

        string[] old = [.. new[] { "/var/lib/postgresql/data" }.Where(path => mount.Target?.TrimEnd('/') == path)];
        bool moves = old.Length > 0 && major >= SharedFolderSince && ImageReference.Parse(state.NewImage) is { Name: "postgres", IsBitnami: false };
        return new UpdatePlan(key, name, NewName(name, major, state.Volumes), moves ? "/var/lib/postgresql" : null);
    }

    /// <summary>Changes the version in the name of an image, and keeps its variant.</summary>
    /// <param name="image">The image, such as <c>postgres:16.4-alpine</c>.</param>
    /// <param name="major">The new major version.</param>
    /// <returns>Such as <c>postgres:17-alpine</c>; null if the tag does not begin with a version.</returns>
    public static string? WithMajor(string? image, int major) => ImageReference.Parse(image) is { Major: not null, Tag: { } tag } name
        ? string.Create(CultureInfo.InvariantCulture, $"{name.Repository}:{Number().Replace(tag, major.ToString(CultureInfo.InvariantCulture), 1)}")
        : null;

    /// <summary>The data mount of a server: the one that contains its data folder, the longest path first.</summary>
    /// <param name="service">The service.</param>
    /// <param name="dataFolder">The data folder in the container.</param>
    /// <returns>The mount; null if there is none.</returns>
    public static MountDefinition? DataMount(ServiceDefinition service, string dataFolder) => service.Volumes
        .Where(mount => mount.Target is { } target && (dataFolder.TrimEnd('/') + "/").StartsWith(target.TrimEnd('/') + "/", StringComparison.Ordinal))
        .MaxBy(mount => mount.Target!.Length);

    /// <summary>The steps, for people.</summary>
    /// <param name="state">The server.</param>
    /// <param name="changes">The changes of files.</param>
    /// <param name="relative">Shortens the path of a file.</param>
    /// <returns>One sentence for each step.</returns>
    public IReadOnlyList<string> Steps(UpdateState state, IReadOnlyList<LineChange> changes, Func<string, string> relative) =>
    [
        state.Runs
            ? $"Reject writes to {state.Service} until the update is done; clients can still read"
            : $"Start {state.OldImage} on volume {OldVolume}, without a network",
        $"Dump all databases{(state.Bytes > 0 ? $" ({ByteText.Of(state.Bytes)})" : "")} and roles with the programs of PostgreSQL {state.NewMajor}",
        $"Create volume {NewVolume}, and restore the dumps there with {state.NewImage}, without a network",
        "Compare tables, row counts, sequences, extensions and other objects",
        .. changes.Select(change => $"In {relative(change.File)}:{change.Line} write: {string.Join(" | ", change.New.Split('\n').Select(line => line.Trim()))}"),
        $"Recreate {state.Service}; volume {OldVolume} is kept",
    ];

    private static string NewName(string name, int major, IReadOnlyCollection<string> volumes)
    {
        string wanted = string.Create(CultureInfo.InvariantCulture, $"{Suffix().Replace(name, "")}_pg{major}");
        return Enumerable.Range(1, volumes.Count + 1)
            .Select(number => number == 1 ? wanted : string.Create(CultureInfo.InvariantCulture, $"{wanted}_{number}"))
            .First(candidate => !volumes.Contains(candidate, StringComparer.Ordinal));
    }

    private static LabException Impossible(string why, string recommendation) => ProjectEdits.Impossible(why, recommendation);

    [GeneratedRegex(@"^\d+(?:\.\d+)*", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Number();

    [GeneratedRegex(@"_pg\d+(?:_\d+)?$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Suffix();
}
