using System.Diagnostics;
using Npgsql;

namespace ComposeLab.Api.Database;

/// <summary>
/// Runs <c>SELECT 1</c> on the database. Callers that arrive while a check is running share the next one, so that any number of callers costs the
/// database one query at a time. A check, good or bad, ends within <see cref="Limit"/>, whatever the server does.
/// The next check detects that a database is available again.
/// </summary>
internal sealed class DatabaseProbe : IAsyncDisposable
{
    /// <summary>The maximum duration of a check.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(2.5);

    // Later callers must not wait for the whole limit of a slow check and then for their own.
    private static readonly TimeSpan LongestTurn = TimeSpan.FromMilliseconds(250);

    private const int PoolSize = 20;
    private readonly NpgsqlDataSource? _source;
    private readonly string? _address;
    private readonly DatabaseLog _log;
    private readonly Lock _lock = new();
    private TaskCompletionSource<DatabaseFault?>? _next;
    private bool _isTaken;

    /// <summary>Prepares the pool without connecting.</summary>
    /// <param name="settings">The address of the database and the login.</param>
    /// <param name="log">Gets the result of every check.</param>
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

    /// <summary>Checks the database, with a check that begins after this call.</summary>
    /// <param name="token">Cancels the wait when the caller disconnects.</param>
    /// <returns>The result. A failure is a result, not an exception.</returns>
    /// <exception cref="OperationCanceledException">The caller disconnected.</exception>
    public async Task<DatabaseStatus> CheckAsync(CancellationToken token)
    {
        var started = Stopwatch.GetTimestamp();
        var fault = _source is null ? DatabaseFault.NotConfigured : await NextCheck(_source).WaitAsync(token);
        var elapsed = Math.Round(Stopwatch.GetElapsedTime(started).TotalMilliseconds, 2);
        return new DatabaseStatus(fault is null, elapsed, _address, fault?.Cause, fault?.Message);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _source?.DisposeAsync() ?? ValueTask.CompletedTask;

    private Task<DatabaseFault?> NextCheck(NpgsqlDataSource source)
    {
        lock (_lock)
        {
            _next ??= new TaskCompletionSource<DatabaseFault?>(TaskCreationOptions.RunContinuationsAsynchronously);
            var check = _next.Task;
            if (!_isTaken)
            {
                _isTaken = true;
                _ = Task.Run(() => TakeTurnsAsync(source));
            }

            return check;
        }
    }

    // One check after the other while callers wait. A slow check continues in parallel with the next one.
    private async Task TakeTurnsAsync(NpgsqlDataSource source)
    {
        while (Begin() is { } check)
        {
            var turn = CompleteAsync(source, check);
            using var limit = new CancellationTokenSource();
            await Task.WhenAny(turn, Task.Delay(LongestTurn, limit.Token));
            await limit.CancelAsync();
        }
    }

    private TaskCompletionSource<DatabaseFault?>? Begin()
    {
        lock (_lock)
        {
            var check = _next;
            _next = null;
            _isTaken = check is not null;
            return check;
        }
    }

    private async Task CompleteAsync(NpgsqlDataSource source, TaskCompletionSource<DatabaseFault?> check)
    {
        var (fault, reason) = await FindFaultAsync(source);
        _log.Report(fault, reason);
        check.SetResult(fault);
    }

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
                SslMode = address.SslMode,
                RootCertificate = address.RootCertificate,
                MaxPoolSize = PoolSize,
                Timeout = (int)Math.Ceiling(Limit.TotalSeconds),
                // A hung server would not answer a request to cancel either: break the connection instead of asking.
                CancellationTimeout = -1,
            },
        };
        builder.EnableTransportSecurity();
        if (password is not null)
        {
            builder.UsePasswordProvider(_ => password(), (_, _) => ValueTask.FromResult(password()));
        }

        return builder.Build();
    }

    private static async Task<(DatabaseFault? Fault, Exception? Reason)> FindFaultAsync(NpgsqlDataSource source)
    {
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            // A name lookup ignores the token, so the wait has its own timeout.
            await SelectAsync(source, limit.Token).WaitAsync(limit.Token);
            return (null, null);
        }
        catch (Exception reason)
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
            // The pool had connections to a server that no longer runs. They say nothing about the current one.
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
