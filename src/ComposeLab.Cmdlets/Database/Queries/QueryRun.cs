using System.Collections;
using ComposeLab.Pipeline;
using Npgsql;

namespace ComposeLab.Database.Queries;

/// <summary>Runs a query and streams its rows.</summary>
/// <param name="access">The session.</param>
/// <param name="output">Receives rows and notices.</param>
internal sealed class QueryRun(DatabaseAccess access, IPipelineOutput output)
{
    /// <summary>Runs a query; each row is written as it arrives.</summary>
    /// <param name="query">One statement or several.</param>
    /// <param name="parameters">The values to bind, by name.</param>
    /// <param name="token">Cancels it, also on the server.</param>
    /// <returns>Completes with the last row.</returns>
    /// <exception cref="Errors.LabException">QueryFailed, DatabaseUnreachable.</exception>
    public async Task RunAsync(string query, Hashtable parameters, CancellationToken token)
    {
        access.Connection.Notice += Tell;
        try
        {
            // The library does not know types that were created since the first session of this process.
            await access.Connection.ReloadTypesAsync(token).ConfigureAwait(false);
            await using var command = new NpgsqlCommand(query, access.Connection) { CommandTimeout = 0, AllResultTypesAreUnknown = true };
            QueryParameters.Bind(command, parameters);
            await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(token).ConfigureAwait(false);
            do
            {
                await WriteAsync(reader, token).ConfigureAwait(false);
            }
            while (await reader.NextResultAsync(token).ConfigureAwait(false));
            IReadOnlyList<NpgsqlBatchCommand> statements = StatementsOf(reader);
            IReadOnlyList<string> texts = Statements.TextsOf(query);
            Summarize(statements, texts, reader.RecordsAffected);
            bool mayBeOpen = texts.Any(Begins);
            await reader.DisposeAsync().ConfigureAwait(false);
            if (mayBeOpen && await IsOpenAsync(token).ConfigureAwait(false))
            {
                output.Warning("The query started a transaction and did not end it, so it was rolled back. End it with COMMIT.");
            }
        }
        catch (PostgresException answer) when (!token.IsCancellationRequested)
        {
            throw QueryFaults.Of(answer, query, parameters);
        }
        catch (NotSupportedException copy)
        {
            throw QueryFaults.OfCopy(copy, query, access);
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

        foreach (string column in shape.Rounded)
        {
            output.Warning($"Column '{column}' has values with more digits than a decimal supports; they are rounded. Cast it to text in the query to keep every digit: {column}::text");
        }
    }

    // Several statements are reported one by one, a single one as a whole.
    private void Summarize(IReadOnlyList<NpgsqlBatchCommand> statements, IReadOnlyList<string> texts, int affected)
    {
        if (statements.Count > 1 && statements.Count == texts.Count)
        {
            foreach ((NpgsqlBatchCommand statement, int number) in statements.Select((statement, index) => (statement, index + 1)))
            {
                bool counts = statement.StatementType is not (StatementType.Other or StatementType.Unknown);
                output.Verbose($"Statement {number}: {FirstWord(texts[number - 1])}{(counts ? $", {Rows((long)statement.Rows)}" : "")}.");
            }
        }
        else if (affected >= 0)
        {
            output.Verbose($"{Rows(affected)} affected.");
        }
    }

    // Its replacement needs the statements one by one, but a query is typed as one text.
#pragma warning disable CS0618
    private static IReadOnlyList<NpgsqlBatchCommand> StatementsOf(NpgsqlDataReader reader) => reader.Statements;
#pragma warning restore CS0618

    private static string Rows(long count) => count == 1 ? "1 row" : $"{count} rows";

    private static string FirstWord(string statement) => new string([.. statement.TrimStart().TakeWhile(char.IsLetter)]).ToUpperInvariant();

    private static bool Begins(string statement) => FirstWord(statement) is "BEGIN" or "START";

    // Within a transaction the time does not advance, and a failed transaction does not answer any more.
    private async Task<bool> IsOpenAsync(CancellationToken token)
    {
        try
        {
            await using var command = new NpgsqlCommand("SELECT pg_catalog.now()::text", access.Connection);
            object? first = await command.ExecuteScalarAsync(token).ConfigureAwait(false);
            return Equals(first, await command.ExecuteScalarAsync(token).ConfigureAwait(false));
        }
        catch (PostgresException failed) when (failed.SqlState == PostgresErrorCodes.InFailedSqlTransaction)
        {
            return true;
        }
    }

    private void Tell(object sender, NpgsqlNoticeEventArgs notice)
    {
        if (notice.Notice.Severity == "WARNING")
        {
            output.Warning(notice.Notice.MessageText);
        }
        else
        {
            output.Verbose($"{notice.Notice.Severity}: {notice.Notice.MessageText}");
        }
    }
}
