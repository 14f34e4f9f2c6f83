using System.Diagnostics;
using System.Globalization;
using ComposeLab.Compose.Model;
using ComposeLab.Database.Backups;
using ComposeLab.Engine.Docker;
using ComposeLab.Errors;

namespace ComposeLab.Database.Updates;

/// <summary>Returns a database to the image and the volume before its last update.</summary>
/// <param name="context">The project.</param>
/// <param name="record">The update.</param>
/// <param name="volume">The volume of the update.</param>
/// <param name="texts">The old texts of the files.</param>
/// <param name="lines">The lines that are written: file, line and text.</param>
internal sealed class UpdateRollback(
    UpdateContext context, UpdateRecord record, string volume, IReadOnlyDictionary<string, string> texts, IReadOnlyList<(string File, int Line, string Text)> lines) : IUpdateWork
{
    private static readonly TimeSpan UndoLimit = TimeSpan.FromMinutes(3);

    private IReadOnlyDictionary<string, byte[]>? _files;

    /// <summary>The steps, for people.</summary>
    public IReadOnlyList<string> Steps =>
    [
        .. lines.Select(line => $"In {line.File}:{line.Line} write: {line.Text.Trim()}"),
        $"Recreate {context.Service.Name} with {record.OldImage} on volume {record.OldVolume}; volume {volume} is kept",
    ];

    /// <summary>Finds the last update of a database. Nothing is changed.</summary>
    /// <param name="context">The project.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>The rollback.</returns>
    /// <exception cref="LabException">UpdateNotPossible.</exception>
    public static async Task<UpdateRollback> FindAsync(UpdateContext context, CancellationToken token)
    {
        string[] used = [.. context.Service.Volumes.Select(mount => mount.Source is { } key ? context.Project.Volumes.GetValueOrDefault(key)?.Name : null).OfType<string>()];
        IReadOnlyList<VolumeSummary> volumes = await context.Engine.ListVolumesAsync([], token).ConfigureAwait(false);
        (VolumeSummary? volume, UpdateRecord? record) = volumes.Where(candidate => used.Contains(candidate.Name, StringComparer.Ordinal))
            .Select(candidate => (candidate, UpdateRecord.Read(candidate.Labels.GetValueOrDefault(UpdateRecord.Label)))).FirstOrDefault(found => found.Item2 is not null);
        if (volume is null || record is null)
        {
            throw Impossible($"no volume of {context.Service.Name} was created by Update-LabDb", "Restore-LabDb restores a backup");
        }

        if (!volumes.Any(candidate => candidate.Name == record.OldVolume))
        {
            throw Impossible($"the volume {record.OldVolume} no longer exists", "Restore-LabDb restores a backup");
        }

        if (await context.Engine.InspectImageAsync(record.OldImage, token).ConfigureAwait(false) is null)
        {
            throw new LabException(LabErrorId.ImageNotFound, $"The image {record.OldImage} does not exist on the engine. Nothing was changed.", $"docker pull {record.OldImage}", record.OldImage);
        }

        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (IGrouping<string, LineChange> file in record.Changes.GroupBy(change => change.File))
        {
            string path = Path.GetFullPath(file.Key, context.Project.WorkingDirectory);
            // From the bottom up, so that the lines above keep their numbers.
            texts[path] = FileEdits.Undo(context.TextOf(path, token), file.OrderByDescending(change => change.Line))
                ?? throw Impossible(
                    $"{file.Key} was changed in the lines of the update", string.Join("; ", file.Select(change => $"In {file.Key}:{change.Line} write: {change.Old.Trim()}")) + $", then: {context.Command("Start-LabStack")}");
        }

        var further = new List<LineChange>();
        if (!record.ChangedImage)
        {
            // The image was changed before the update, by hand: the old volume needs the old one.
            ComposeProject undone = context.Load(texts, new Dictionary<string, string>(), token);
            var edits = new ProjectEdits(undone);
            edits.SetImage(undone.Services[context.Service.Name], record.OldImage);
            foreach (IGrouping<string, SpanEdit> file in edits.Edits.GroupBy(edit => edit.File))
            {
                (texts[file.Key], IReadOnlyList<LineChange> lines) = FileEdits.Apply(texts.GetValueOrDefault(file.Key) ?? context.TextOf(file.Key, token), file);
                further.AddRange(lines);
            }
        }

        return new UpdateRollback(context, record, volume.Name, texts, [.. record.Changes.Select(change => (change.File, change.Line, change.Old)), .. further.Select(change => (context.Relative(change.File), change.Line, change.New))]);
    }

    /// <summary>Runs it. If it fails, the files and the container are as before.</summary>
    /// <param name="progress">Receives the progress.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>The result.</returns>
    /// <exception cref="LabException">UpdateFailed.</exception>
    public async Task<LabDbUpdate> RunAsync(BackupProgress progress, CancellationToken token)
    {
        long clock = Stopwatch.GetTimestamp();
        progress.Begin("roll back");
        string image = context.Service.Image ?? "";
        try
        {
            await UpdateSequence.RunAsync(this, token).ConfigureAwait(false);
        }
        catch (UpdateFault fault)
        {
            throw context.Failed($"The rollback of {context.Service.Name}", fault);
        }

        return new LabDbUpdate
        {
            ProjectName = context.Project.Name,
            Service = context.Service.Name,
            OldVersion = record.NewMajor.ToString(CultureInfo.InvariantCulture),
            NewVersion = record.OldMajor.ToString(CultureInfo.InvariantCulture),
            OldImage = image,
            NewImage = record.OldImage,
            OldVolume = volume,
            NewVolume = record.OldVolume,
            Changes = [.. lines.Select(line => string.Create(CultureInfo.InvariantCulture, $"{line.File}:{line.Line}: {line.Text.Trim()}"))],
            Duration = Stopwatch.GetElapsedTime(clock),
        };
    }

    /// <inheritdoc/>
    public async Task RunAsync(UpdatePhase phase, CancellationToken token)
    {
        switch (phase)
        {
            case UpdatePhase.ChangeFiles:
                _files = await FileEdits.WriteAsync(texts, token).ConfigureAwait(false);
                break;
            case UpdatePhase.Recreate:
                await context.StartAsync(context.Reload(token), token).ConfigureAwait(false);
                break;
        }
    }

    /// <inheritdoc/>
    public async Task UndoAsync(UpdatePhase phase)
    {
        using var limit = new CancellationTokenSource(UndoLimit);
        switch (phase)
        {
            case UpdatePhase.Recreate:
                await context.StartAsync(context.Project, limit.Token).ConfigureAwait(false);
                break;
            case UpdatePhase.ChangeFiles when _files is not null:
                await FileEdits.RestoreAsync(_files).ConfigureAwait(false);
                break;
        }
    }

    private static LabException Impossible(string why, string recommendation) =>
        new(LabErrorId.UpdateNotPossible, $"The update cannot be rolled back: {why}. Nothing was changed.", recommendation);
}
