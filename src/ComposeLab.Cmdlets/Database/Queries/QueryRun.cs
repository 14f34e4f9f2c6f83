using System.Collections;
using ComposeLab.Pipeline;
using Npgsql;

namespace ComposeLab.Database.Queries;

/// <summary>Runs a query and streams its rows.</summary>
/// <param name="access">The session.</param>
/// <param name="output">Where rows and notices go.</param>
internal sealed class QueryRun(DatabaseAccess access, IPipelineOutput output)
{
    /// <summary>Runs a query; each row is written as it arrives.</summary>
    /// <param name="query">One statement or several.</param>
    /// <param name="parameters">The values to bind, by name.</param>
    /// <param name="token">Ends it; the server is told to cancel.</param>
    /// <returns>Completes with the last row.</returns>
    /// <exception cref="Errors.LabException">QueryFailed, DatabaseUnreachable.</exception>
    public async Task RunAsync(string query, Hashtable parameters, CancellationToken token)
    {
        access.Connection.Notice += Tell;
        try
        {
            await using var command = new NpgsqlCommand(query, access.Connection) { CommandTimeout = 0, AllResultTypesAreUnknown = true };
            QueryParameters.Bind(command, parameters);
            await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(token).ConfigureAwait(false);
            do
            {
                await WriteAsync(reader, token).ConfigureAwait(false);
            }
            while (await reader.NextResultAsync(token).ConfigureAwait(false));
            if (reader.RecordsAffected >= 0)
            {
                output.Verbose($"{reader.RecordsAffected} rows affected.");
            }
        }
        catch (PostgresException answer) when (!token.IsCancellationRequested)
        {
            throw QueryFaults.Of(answer, query, parameters);
        }
        catch (NotSupportedException copy)
        {
            throw QueryFaults.OfCopy(copy);
        }
        catch (NpgsqlException broken) when (!token.IsCancellationRequested)
        {
            throw access.Broken(broken);
        }
        finally
        {
            access.Connection.Notice -= Tell;
        }
    }

    private async Task WriteAsync(NpgsqlDataReader reader, CancellationToken token)
    {
        if (reader.FieldCount == 0)
        {
            return;
        }

        var shape = new RowShape(reader);
        while (await reader.ReadAsync(token).ConfigureAwait(false))
        {
            await output.WriteAsync(shape.Read()).ConfigureAwait(false);
        }
    }

    private void Tell(object sender, NpgsqlNoticeEventArgs notice) => output.Verbose($"{notice.Notice.Severity}: {notice.Notice.MessageText}");
}
