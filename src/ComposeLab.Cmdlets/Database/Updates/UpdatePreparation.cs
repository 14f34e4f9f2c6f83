using System.Formats.Tar;
using System.Globalization;
using ComposeLab.Compose.Model;
using ComposeLab.Compose.Rules.Images;
using ComposeLab.Database.Backups;
using ComposeLab.Database.Logins;
using ComposeLab.Database.Probing;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Planning;
using ComposeLab.Errors;
using ComposeLab.Stacks;
using Npgsql;

namespace ComposeLab.Database.Updates;

/// <summary>Everything that is known before an update changes anything.</summary>
/// <param name="State">The server.</param>
/// <param name="Plan">What the update does.</param>
/// <param name="Login">The login of its superuser. Contains the password.</param>
/// <param name="ServerVersion">The version of the old server, such as <c>16.4</c> or, if it does not run, <c>16</c>.</param>
/// <param name="Edited">The project after the update.</param>
/// <param name="Texts">The new texts of files.</param>
/// <param name="Changes">The changed lines.</param>
/// <param name="Volume">The new volume.</param>
/// <param name="Container">The container after the update.</param>
internal sealed record PreparedUpdate(
    UpdateState State, UpdatePlan Plan, DatabaseLogin Login, string ServerVersion, ComposeProject Edited, IReadOnlyDictionary<string, string> Texts, IReadOnlyList<LineChange> Changes,
    VolumeSpec Volume, ContainerSpec Container)
{
    /// <summary>The path in the container where the new volume is mounted.</summary>
    public string Target => Plan.Target ?? State.Mount!.Target!;
}

/// <summary>Looks at a server and its project, and plans an update. Nothing is changed.</summary>
/// <param name="context">The project.</param>
internal sealed class UpdatePreparation(UpdateContext context)
{
    private const string StateQuery =
        """
        SELECT current_setting('server_version'), current_setting('server_version_num')::int / 10000, (SELECT sum(pg_catalog.pg_database_size(oid)) FROM pg_catalog.pg_database)::bigint,
            (SELECT count(*) FROM pg_catalog.pg_prepared_xacts), ARRAY(SELECT spcname::text FROM pg_catalog.pg_tablespace WHERE spcname NOT IN ('pg_default', 'pg_global'))
        """;

    private ServiceDefinition Service => context.Service;

    /// <summary>Plans an update.</summary>
    /// <param name="version">The new major version; null for that of the image.</param>
    /// <param name="image">The new image; null for the current one with another version.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>The update.</returns>
    /// <exception cref="LabException">UpdateNotPossible, ImageNotFound, DiskFull, StackNotRunning, DatabaseUnreachable.</exception>
    public async Task<PreparedUpdate> PrepareAsync(int? version, string? image, CancellationToken token)
    {
        if (Service.Image is not { } current)
        {
            throw ProjectEdits.Impossible($"the image of {Service.Name} is built", $"Change the version in its Dockerfile; {context.Command("Backup-LabDb -IncludeGlobal")} and Restore-LabDb move the data");
        }

        ObservedContainer container = await FindAsync(anyState: true, token).ConfigureAwait(false);
        if (container.TaskId.Length > 0)
        {
            throw ProjectEdits.Impossible(
                $"{Service.Name} is a service of a swarm, whose tasks this command cannot replace",
                $"{context.Command("Backup-LabDb -IncludeGlobal")}, deploy the new version with another volume, then Restore-LabDb");
        }

        ContainerDetails details = await context.Engine.InspectContainerAsync(container.Id, token).ConfigureAwait(false)
            ?? await MissingAsync(token).ConfigureAwait(false);
        string folder = UpdateSpecs.DataFolder(details.Environment);
        DatabaseLogin login = ServerSettings.Own(Service, ContainerVariables.Of(details, context.Project, Service));
        bool runs = details.State == ContainerState.Running;
        string wanted = image ?? (version is { } major ? UpdatePlan.WithMajor(current, major) : runs ? null : current)
            ?? throw ProjectEdits.Impossible(version is null ? "no version was specified" : $"the tag of '{current}' does not begin with a version", "Specify -Version, or the new image with -Image");
        UpdateState state = new()
        {
            Service = Service.Name,
            DataMajor = 0,
            Runs = runs,
            OldImage = details.Image,
            NewImage = wanted,
            NewMajor = await MajorOfAsync(wanted, token).ConfigureAwait(false),
            Mount = UpdatePlan.DataMount(Service, folder),
            Volume = UpdatePlan.DataMount(Service, folder)?.Source is { } key ? context.Project.Volumes.GetValueOrDefault(key) : null,
            Volumes = [.. (await context.Engine.ListVolumesAsync([], token).ConfigureAwait(false)).Select(volume => volume.Name)],
        };
        (state, string found) = runs ? await OfRunningAsync(state, container, token).ConfigureAwait(false) : await OfStoppedAsync(state, details, folder, token).ConfigureAwait(false);
        return await PrepareAsync(state, login, found, token).ConfigureAwait(false);
    }

    private async Task<PreparedUpdate> PrepareAsync(UpdateState state, DatabaseLogin login, string version, CancellationToken token)
    {
        UpdatePlan plan = UpdatePlan.Of(state);
        var edits = new ProjectEdits(context.Project);
        if (Service.Image != state.NewImage)
        {
            edits.SetImage(Service, state.NewImage);
        }

        edits.SetVolumeName(plan.Volume, plan.NewVolume);
        if (plan.Target is { } target)
        {
            edits.SetMountTarget(state.Mount!, target);
        }

        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        var changes = new List<LineChange>();
        foreach (IGrouping<string, SpanEdit> file in edits.Edits.GroupBy(edit => edit.File))
        {
            (texts[file.Key], IReadOnlyList<LineChange> lines) = FileEdits.Apply(context.TextOf(file.Key, token), file);
            changes.AddRange(lines);
        }

        ComposeProject edited = context.Load(texts, edits.Variables, token);
        if (edited.Services[Service.Name].Image != state.NewImage || edited.Volumes.GetValueOrDefault(plan.Volume)?.Name != plan.NewVolume)
        {
            throw ProjectEdits.Impossible(
                "other files of the project override the lines to change", $"Set the image of {Service.Name} to {state.NewImage} and the name of the volume '{plan.Volume}' in one file");
        }

        StackPlan start = await context.PlanAsync(edited, token).ConfigureAwait(false);
        ContainerSpec container = start.Operations.OfType<CreateContainerOperation>().FirstOrDefault(operation => operation.Service == Service.Name)?.Spec
            ?? throw ProjectEdits.Impossible($"{Service.Name} would not be recreated", $"Run {context.Command("Get-LabStackPlan")} to see why");
        VolumeSpec volume = start.Operations.OfType<CreateVolumeOperation>().FirstOrDefault(operation => operation.Spec.Name == plan.NewVolume)?.Spec
            ?? new VolumeSpec { Name = plan.NewVolume, Driver = state.Volume!.Driver ?? "", DriverOptions = state.Volume.DriverOpts };
        var record = new UpdateRecord
        {
            OldVolume = plan.OldVolume,
            OldMajor = state.DataMajor,
            OldImage = state.OldImage,
            NewMajor = state.NewMajor!.Value,
            ChangedImage = Service.Image != state.NewImage,
            Changes = [.. changes.Select(change => change with { File = context.Relative(change.File) })],
        };
        volume = volume with { Labels = new Dictionary<string, string>(volume.Labels, StringComparer.Ordinal) { [UpdateRecord.Label] = record.Write() } };
        return new PreparedUpdate(state, plan, login, version, edited, texts, changes, volume, container);
    }

    private async Task<(UpdateState State, string Version)> OfRunningAsync(UpdateState state, ObservedContainer container, CancellationToken token)
    {
        await using DatabaseAccess access = await DatabaseAccess.OpenAsync(context.Session, context.Selection, context.Project, Service, new AccessRequest("postgres"), token).ConfigureAwait(false);
        try
        {
            (string version, int major, long bytes, long prepared, string[] spaces) = (await new FactsReader(access.Connection).RowsAsync(
                StateQuery, row => (row.GetString(0), row.GetInt32(1), row.GetInt64(2), row.GetInt64(3), row.GetFieldValue<string[]>(4)), token).ConfigureAwait(false))[0];
            long? free = await DiskProbe.FreeAsync(context.Engine, container.Id, token).ConfigureAwait(false);
            return (state with { DataMajor = major, Bytes = bytes, FreeBytes = free, PreparedTransactions = prepared, Tablespaces = spaces }, version.Split(' ')[0]);
        }
        catch (NpgsqlException broken) when (broken is not PostgresException)
        {
            throw access.Broken(broken);
        }
    }

    // A server that does not run is updated only if its image cannot read its data. Otherwise it only needs to be started.
    private async Task<(UpdateState State, string Version)> OfStoppedAsync(UpdateState state, ContainerDetails details, string folder, CancellationToken token)
    {
        int major = await VersionAsync(details.Id, folder, token).ConfigureAwait(false) ?? 0;
        if (major == 0 || await MajorOfAsync(details.Image, token).ConfigureAwait(false) is not { } own || own == major)
        {
            await MissingAsync(token).ConfigureAwait(false);
        }

        string text = major.ToString(CultureInfo.InvariantCulture);
        string[] candidates = [.. new[] { UpdatePlan.WithMajor(Service.Image, major) }.OfType<string>()];
        foreach (string candidate in candidates)
        {
            if (await MajorOfAsync(candidate, token).ConfigureAwait(false) == major)
            {
                return (state with { DataMajor = major, OldImage = candidate }, text);
            }
        }

        foreach (ImageSummary image in await context.Engine.ListImagesAsync([], token).ConfigureAwait(false))
        {
            if (image.Names.FirstOrDefault(name => name.Contains("postgres", StringComparison.OrdinalIgnoreCase)) is { } name && await MajorOfAsync(name, token).ConfigureAwait(false) == major)
            {
                return (state with { DataMajor = major, OldImage = name }, text);
            }
        }

        throw new LabException(
            LabErrorId.ImageNotFound, $"The volume of {Service.Name} contains data of PostgreSQL {major}, and no image of that version exists on the engine to read it. Nothing was changed.",
            $"docker pull {candidates.FirstOrDefault() ?? $"postgres:{major}-alpine"}", Service.Name);
    }

    private async Task<ObservedContainer> FindAsync(bool anyState, CancellationToken token) =>
        (await RunningContainer.FindAsync(context.Session, context.Selection, context.Project.Name, Service.Name, null, null, token, anyState).ConfigureAwait(false)).Container;

    // Throws the usual error for a service that does not run.
    private async Task<ContainerDetails> MissingAsync(CancellationToken token)
    {
        ObservedContainer container = await FindAsync(anyState: false, token).ConfigureAwait(false);
        return await context.Engine.InspectContainerAsync(container.Id, token).ConfigureAwait(false)
            ?? throw new LabException(LabErrorId.StackNotRunning, $"The container of {Service.Name} no longer exists.", context.Command("Start-LabStack"), Service.Name);
    }

    private async Task<int?> MajorOfAsync(string image, CancellationToken token) => await context.Engine.InspectImageAsync(image, token).ConfigureAwait(false) is { } details
        ? ClientPrograms.MajorOf(details.Environment) ?? ImageReference.Parse(image)?.Major
        : null;

    private async Task<int?> VersionAsync(string container, string folder, CancellationToken token)
    {
        ContainerArchive? archive = await context.Engine.CopyFromContainerAsync(container, $"{folder.TrimEnd('/')}/PG_VERSION", token).ConfigureAwait(false);
        if (archive is null)
        {
            return null;
        }

        await using Stream tar = archive.Tar;
        await using var reader = new TarReader(tar);
        if (await reader.GetNextEntryAsync(copyData: false, token).ConfigureAwait(false) is not { DataStream: { } data })
        {
            return null;
        }

        using var text = new StreamReader(data);
        return int.TryParse((await text.ReadLineAsync(token).ConfigureAwait(false))?.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out int major) ? major : null;
    }
}
