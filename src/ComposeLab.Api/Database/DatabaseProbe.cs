using System.Diagnostics;
using Npgsql;

namespace ComposeLab.Api.Database;

/// <summary>
/// Asks the database <c>SELECT 1</c>, on a bounded pool. An answer, good or bad, is there within <see cref="Limit"/>, whatever the server does.
/// A database that came back is found by the very next check.
/// </summary>
internal sealed class DatabaseProbe : IAsyncDisposable
{
    /// <summary>The longest a check may take.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(2.5);

    private const int PoolSize = 20;
    private readonly NpgsqlDataSource? _source;
    private readonly string? _address;
    private readonly DatabaseLog _log;

    /// <summary>Prepares the pool; nothing is connected yet.</summary>
    /// <param name="settings">Where the database is.</param>
    /// <param name="log">Gets what every check found.</param>
    public DatabaseProbe(DatabaseSettings settings, DatabaseLog log)
    {
        _log = log;
        if (settings.Address is not { } address)
        {
            return;
        }

        _address = address.ToString();
        _source = Open(address, settings.Password);
    }

    /// <summary>Checks the database.</summary>
    /// <param name="token">Ends the check early, when the caller has gone.</param>
    /// <returns>What was found; a failure is a result, not an exception.</returns>
    /// <exception cref="OperationCanceledException">The caller has gone.</exception>
    public async Task<DatabaseStatus> CheckAsync(CancellationToken token)
    {
        var started = Stopwatch.GetTimestamp();
        var (fault, reason) = _source is null ? (DatabaseFault.NotConfigured, null) : await FindFaultAsync(_source, token);
        _log.Report(fault, reason);
        var elapsed = Math.Round(Stopwatch.GetElapsedTime(started).TotalMilliseconds, 2);
        return new DatabaseStatus(fault is null, elapsed, _address, fault?.Cause, fault?.Message);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _source?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static NpgsqlDataSource Open(DatabaseAddress address, Func<string>? password)
    {
        var builder = new NpgsqlSlimDataSourceBuilder
        {
            ConnectionStringBuilder =
            {
                Host = address.Host,
                Port = address.Port,
                Username = address.User,
                Database = address.Database,
                ApplicationName = address.ApplicationName ?? "composelab-api",
                SslMode = SslMode.Disable,
                MaxPoolSize = PoolSize,
                Timeout = (int)Math.Ceiling(Limit.TotalSeconds),
                // A hung server would not answer a request to cancel either: break the connection instead of asking.
                CancellationTimeout = -1,
            },
        };
        if (password is not null)
        {
            builder.UsePasswordProvider(_ => password(), (_, _) => ValueTask.FromResult(password()));
        }

        return builder.Build();
    }

    private static async Task<(DatabaseFault? Fault, Exception? Reason)> FindFaultAsync(NpgsqlDataSource source, CancellationToken token)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(token);
        limit.CancelAfter(Limit);
        try
        {
            // A name lookup obeys no token: the wait has its own end.
            await SelectAsync(source, limit.Token).WaitAsync(limit.Token);
            return (null, null);
        }
        catch (Exception reason) when (!token.IsCancellationRequested)
        {
            return (limit.IsCancellationRequested ? DatabaseFault.Timeout : FaultNaming.Of(reason), reason);
        }
    }

    private static async Task SelectAsync(NpgsqlDataSource source, CancellationToken token)
    {
        try
        {
            await SelectOnceAsync(source, token);
        }
        catch (NpgsqlException fault) when (BrokeInUse(fault) && !token.IsCancellationRequested)
        {
            // The pool held connections to a server that has gone since: they say nothing about the one there now.
            source.Clear();
            await SelectOnceAsync(source, token);
        }
    }

    private static async Task SelectOnceAsync(NpgsqlDataSource source, CancellationToken token)
    {
        await using var connection = source.CreateConnection();
        await OpenAsync(connection, token);
        await using var command = new NpgsqlCommand("SELECT 1", connection);
        await command.ExecuteScalarAsync(token);
    }

    private static async Task OpenAsync(NpgsqlConnection connection, CancellationToken token)
    {
        try
        {
            await connection.OpenAsync(token);
        }
        catch (NpgsqlException fault) when (fault.InnerException is EndOfStreamException)
        {
            throw new ClosedAtLoginException(fault);
        }
    }

    private static bool BrokeInUse(NpgsqlException fault) => fault is PostgresException answer
        ? answer.SqlState is PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown
        : FaultNaming.Of(fault) == DatabaseFault.ConnectionLost;
}
