using System.Globalization;
using ComposeLab.Engine.Docker;
using ComposeLab.Files;
using Npgsql;

namespace ComposeLab.Database.Backups;

/// <summary>Restores a backup into a new database of a server, and compares it with the manifest.</summary>
/// <param name="client">Where the client programs run.</param>
/// <param name="open">Opens a session in a database of the server.</param>
/// <param name="source">The backup.</param>
/// <param name="progress">Receives the progress.</param>
internal sealed class DatabaseCopy(ClientContainer client, Func<string, CancellationToken, Task<NpgsqlConnection>> open, BackupSource source, BackupProgress progress)
{
    private BackupManifest Manifest => source.Manifest;

    /// <summary>The programs that a restore of a backup needs.</summary>
    /// <param name="manifest">The backup.</param>
    /// <param name="globals">Whether roles and tablespaces are restored.</param>
    /// <returns>The names.</returns>
    public static IReadOnlyCollection<string> Programs(BackupManifest manifest, bool globals) =>
        (manifest.Format, globals) switch
        {
            (LabDbBackupFormat.Plain, _) => [ClientPrograms.Sql],
            (_, true) => [ClientPrograms.Restore, ClientPrograms.Sql],
            _ => [ClientPrograms.Restore],
        };

    /// <summary>Creates the database, restores the backup and compares the result.</summary>
    /// <param name="name">The name of the database, which does not exist yet.</param>
    /// <param name="withRoles">Whether owners and privileges are restored; the roles must exist.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>The differences; empty if the copy is complete. The database exists in any case.</returns>
    /// <exception cref="PostgresException">The server rejected a statement.</exception>
    public async Task<IReadOnlyList<LabDbDifference>> RestoreAsync(string name, bool withRoles, CancellationToken token)
    {
        await using (NpgsqlConnection connection = await open(Maintenance(name), token).ConfigureAwait(false))
        {
            await new FactsReader(connection).RunAsync(RestoreStatements.Create(Manifest.Database, name, withRoles ? Manifest.Database.Owner : null), token).ConfigureAwait(false);
        }

        progress.Begin("restore", Manifest.Database.Tables.Count, Manifest.Bytes);
        ExecSpec spec = Manifest.Format == LabDbBackupFormat.Plain
            ? client.Programs.Command(ClientPrograms.Sql, client.Login, ClientPrograms.SqlArguments, name, input: true)
            : client.Programs.Command(ClientPrograms.Restore, client.Login, ClientPrograms.RestoreArguments(!withRoles), name, input: true);
        await using Stream data = source.OpenData();
        IReadOnlyList<LabDbDifference> errors = await RunAsync(Manifest.Format == LabDbBackupFormat.Directory ? ClientPrograms.Unpacking(spec) : spec, data, progress.Table, token).ConfigureAwait(false);
        if (errors.Count > 0)
        {
            return errors;
        }

        progress.Begin("compare", Manifest.Database.Tables.Count);
        await using NpgsqlConnection copy = await open(name, token).ConfigureAwait(false);
        var reader = new FactsReader(copy);
        DatabaseFacts facts = await reader.ReadAllAsync(!Manifest.SchemaOnly, token).ConfigureAwait(false);
        foreach (string statement in RestoreStatements.Properties(Manifest.Database, name, withRoles))
        {
            await reader.RunAsync(statement, token).ConfigureAwait(false);
        }

        return FactsComparison.Compare(Manifest, facts);
    }

    /// <summary>Restores roles and tablespaces. Roles that exist get the properties of the backup.</summary>
    /// <param name="token">Cancels it.</param>
    /// <returns>The errors, without those about roles that exist.</returns>
    public async Task<IReadOnlyList<LabDbDifference>> RestoreGlobalsAsync(CancellationToken token)
    {
        progress.Begin("restore roles and tablespaces");
        await using Stream data = source.OpenGlobals();
        ExecSpec spec = client.Programs.Command(ClientPrograms.Sql, client.Login, ClientPrograms.SqlArguments, Maintenance(""), input: true);
        return [.. (await RunAsync(spec, data, _ => { }, token).ConfigureAwait(false)).Where(error => !error.Found.Contains("already exists", StringComparison.Ordinal))];
    }

    /// <summary>The database to be in while another one is created, renamed or dropped.</summary>
    /// <param name="name">The other database.</param>
    /// <returns>A database that every server has.</returns>
    public static string Maintenance(string name) => name == "postgres" ? "template1" : "postgres";

    private async Task<IReadOnlyList<LabDbDifference>> RunAsync(ExecSpec spec, Stream data, Action<string> onTable, CancellationToken token)
    {
        await using var messages = new ClientMessages(onTable);
        await using var counted = new CountedStream(data, source.Manifest.Format == LabDbBackupFormat.Plain ? _ => { } : progress.Bytes);
        int code;
        try
        {
            code = await client.RunAsync(spec, counted, Stream.Null, messages, token).ConfigureAwait(false);
        }
        catch (InvalidDataException broken)
        {
            return [Error(broken.Message)];
        }

        string[] errors = [.. messages.Errors.Where(error => !ClientMessages.IsHarmless(error))];
        bool hasHarmlessOnly = messages.Errors.Count > 0 && errors.Length == 0;
        return errors.Length > 0
            ? [.. errors.Select(Error)]
            : code == 0 || hasHarmlessOnly
                ? []
                : [Error(messages.Last.Length > 0 ? messages.Last : string.Create(CultureInfo.InvariantCulture, $"the program ended with exit code {code}"))];
    }

    private static LabDbDifference Error(string text) => new() { Kind = LabDbDifferenceKind.Restore, Name = "restore", Expected = "no errors", Found = text };
}
