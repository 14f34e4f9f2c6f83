using System.Diagnostics;
using ComposeLab.Engine.Docker;
using ComposeLab.Errors;
using ComposeLab.Pipeline;
using Npgsql;

namespace ComposeLab.Database.Backups;

/// <summary>Proves a backup: its files are unchanged, and a new server restores it to what the manifest describes.</summary>
/// <param name="engine">The engine.</param>
/// <param name="output">Receives warnings.</param>
/// <param name="time">The clock.</param>
internal sealed class BackupTest(IEngine engine, IPipelineOutput output, TimeProvider time)
{
    /// <summary>Tests a backup.</summary>
    /// <param name="source">The backup.</param>
    /// <param name="image">The image of the server; null for that of the backup.</param>
    /// <param name="progress">Receives the progress.</param>
    /// <param name="token">Cancels it; nothing is left behind then.</param>
    /// <returns>The result, which is also recorded in the manifest.</returns>
    /// <exception cref="LabException">ImageNotFound, ProgramNotFound, DatabaseUnreachable, FileUnreadable.</exception>
    public async Task<LabDbBackupTest> RunAsync(BackupSource source, string? image, BackupProgress progress, CancellationToken token)
    {
        DateTimeOffset started = time.GetUtcNow();
        long clock = Stopwatch.GetTimestamp();
        BackupManifest manifest = source.Manifest;
        IReadOnlyList<LabDbDifference> differences = await source.CheckAsync(progress, token).ConfigureAwait(false);
        string used = "";
        if (differences.Count == 0)
        {
            used = await ImageAsync(manifest, image, token).ConfigureAwait(false);
            differences = await RestoreAsync(source, used, progress, token).ConfigureAwait(false);
        }

        var result = new LabDbBackupTest
        {
            BackupFile = source.Path,
            ProjectName = manifest.ProjectName,
            Service = manifest.Service,
            Database = manifest.Database.Name,
            Ok = differences.Count == 0,
            Differences = differences,
            Tables = manifest.Database.Tables.Count,
            Rows = manifest.Rows,
            Image = used,
            BackupCreatedAt = manifest.StartedAt,
            TestedAt = started,
            Duration = Stopwatch.GetElapsedTime(clock),
        };
        try
        {
            await source.RecordAsync(new BackupVerdict(started, result.Ok), token).ConfigureAwait(false);
        }
        catch (LabException unwritable) when (unwritable.Id == LabErrorId.FileUnwritable)
        {
            output.Warning($"The result of the test was not recorded: {unwritable.Message}");
        }

        return result;
    }

    private async Task<IReadOnlyList<LabDbDifference>> RestoreAsync(BackupSource source, string image, BackupProgress progress, CancellationToken token)
    {
        BackupManifest manifest = source.Manifest;
        progress.Begin("start a server");
        await using SideServer server = await SideServer.StartAsync(engine, image, manifest.Database.Superuser, source.Path, token).ConfigureAwait(false);
        int oldest = Math.Max(manifest.ProgramMajor, manifest.ServerMajor);
        await using ClientContainer client = await ClientContainer.OpenAsync(
            engine, server.Container, server.Login, oldest, DatabaseCopy.Programs(manifest, manifest.Globals is not null), token).ConfigureAwait(false);
        var copy = new DatabaseCopy(client, server.OpenAsync, source, progress);
        string name = manifest.Database.Name == "postgres" ? "postgres_test" : manifest.Database.Name;
        try
        {
            IReadOnlyList<LabDbDifference> errors = manifest.Globals is null ? [] : await copy.RestoreGlobalsAsync(token).ConfigureAwait(false);
            if (errors.Count > 0)
            {
                return errors;
            }

            await using (NpgsqlConnection connection = await server.OpenAsync("postgres", token).ConfigureAwait(false))
            {
                var reader = new FactsReader(connection);
                IReadOnlyList<string> existing = await reader.RowsAsync("SELECT rolname::text FROM pg_catalog.pg_roles", row => row.GetString(0), token).ConfigureAwait(false);
                foreach (string statement in RestoreStatements.Roles(manifest.Database.Roles, existing))
                {
                    await reader.RunAsync(statement, token).ConfigureAwait(false);
                }
            }

            return await copy.RestoreAsync(name, withRoles: true, token).ConfigureAwait(false);
        }
        catch (PostgresException answer)
        {
            return [new LabDbDifference { Kind = LabDbDifferenceKind.Restore, Name = name, Expected = "no errors", Found = $"{answer.SqlState}: {answer.MessageText}" }];
        }
        catch (NpgsqlException lost) when (!token.IsCancellationRequested)
        {
            throw new LabException(
                LabErrorId.DatabaseUnreachable, $"The server for the test of the backup was lost: {lost.Message}", "Run the test again; check the memory and the disk of the engine", server.Container, lost);
        }
    }

    private async Task<string> ImageAsync(BackupManifest manifest, string? image, CancellationToken token)
    {
        foreach (string candidate in image is not null ? [image] : new[] { manifest.ImageId, manifest.Image })
        {
            if (await engine.InspectImageAsync(candidate, token).ConfigureAwait(false) is not null)
            {
                return image ?? (candidate == manifest.ImageId ? manifest.ImageId : manifest.Image);
            }
        }

        string missing = image ?? manifest.Image;
        throw new LabException(
            LabErrorId.ImageNotFound, $"The image {missing} does not exist on the engine. The backup needs PostgreSQL {manifest.ServerMajor} or later.",
            $"docker pull {missing}", missing);
    }
}
