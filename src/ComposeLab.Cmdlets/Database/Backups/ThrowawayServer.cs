using System.Net.Sockets;
using ComposeLab.Compose.Secrets;
using ComposeLab.Database.Logins;
using ComposeLab.Database.Routes;
using ComposeLab.Engine;
using ComposeLab.Engine.Docker;
using ComposeLab.Errors;
using ComposeLab.Pipeline;
using Npgsql;

namespace ComposeLab.Database.Backups;

/// <summary>
/// An empty server for the test of a backup: without a network, without a published port, and with a data volume that is removed with it. Only commands inside its
/// container reach it, so it requires no password.
/// </summary>
internal sealed class ThrowawayServer : IAsyncDisposable
{
    /// <summary>The label of its container.</summary>
    public const string Label = "composelab.backup-test";

    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan CleanUpLimit = TimeSpan.FromSeconds(20);

    private readonly IEngine _engine;
    private readonly ContainerTunnel _route;

    private ThrowawayServer(IEngine engine, string container, DatabaseLogin login)
    {
        _engine = engine;
        Container = container;
        Login = login;
        _route = ContainerTunnel.Open(engine, container, "127.0.0.1", login.Port);
    }

    /// <summary>The name of its container.</summary>
    public string Container { get; }

    /// <summary>The login of its superuser.</summary>
    public DatabaseLogin Login { get; }

    /// <summary>Starts a server and waits until it accepts sessions.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="image">The image, by name or id.</param>
    /// <param name="superuser">The name of its superuser.</param>
    /// <param name="subject">The backup that is tested, for the label.</param>
    /// <param name="token">Cancels it; nothing is left behind then.</param>
    /// <returns>The server; the caller disposes it.</returns>
    /// <exception cref="LabException">DatabaseUnreachable: it does not start.</exception>
    public static async Task<ThrowawayServer> StartAsync(IEngine engine, string image, string superuser, string subject, CancellationToken token)
    {
        string name = $"composelab-backup-test-{Guid.NewGuid():N}"[..32];
        var server = new ThrowawayServer(engine, name, new DatabaseLogin("127.0.0.1", DatabaseLogin.DefaultPort, superuser, null, "postgres"));
        try
        {
            await engine.CreateContainerAsync(Spec(name, image, superuser, subject), token).ConfigureAwait(false);
            await engine.StartContainerAsync(name, token).ConfigureAwait(false);
            using var limit = new Deadline(StartLimit, token);
            try
            {
                await server.WaitAsync(limit.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (limit.Expired)
            {
                throw await server.FailedAsync($"does not accept sessions within {StartLimit.TotalMinutes} minutes", token).ConfigureAwait(false);
            }

            return server;
        }
        catch
        {
            await server.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>The settings of its container.</summary>
    /// <param name="name">The name.</param>
    /// <param name="image">The image.</param>
    /// <param name="superuser">The superuser.</param>
    /// <param name="subject">The backup that is tested.</param>
    /// <returns>The settings.</returns>
    public static ContainerSpec Spec(string name, string image, string superuser, string subject) => new()
    {
        Name = name,
        Image = image,
        NetworkMode = "none",
        Labels = new Dictionary<string, string> { [Label] = subject },
        Environment = [$"POSTGRES_USER={superuser}", "POSTGRES_DB=postgres", "POSTGRES_HOST_AUTH_METHOD=trust", "ALLOW_EMPTY_PASSWORD=yes", "POSTGRES_INITDB_ARGS=--no-sync"],
        Security = new SecuritySpec { Options = ["no-new-privileges"] },
    };

    /// <summary>Opens a session.</summary>
    /// <param name="database">The database.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>The session; the caller disposes it.</returns>
    public Task<NpgsqlConnection> OpenAsync(string database, CancellationToken token) => DatabaseAccess.OpenAsync(_route, Login with { Database = database }, token);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _route.DisposeAsync().ConfigureAwait(false);
        using var limit = new CancellationTokenSource(CleanUpLimit);
        try
        {
            await _engine.RemoveContainerAsync(Container, force: true, anonymousVolumes: true, limit.Token).ConfigureAwait(false);
        }
        catch (Exception gone) when (gone is EngineException or OperationCanceledException)
        {
            // It was never created, or the engine is lost.
        }
    }

    // While the image fills the data volume, its server does not listen on TCP.
    private async Task WaitAsync(CancellationToken token)
    {
        while (true)
        {
            try
            {
                await using NpgsqlConnection connection = await OpenAsync("postgres", token).ConfigureAwait(false);
                await TuneAsync(new FactsReader(connection), token).ConfigureAwait(false);
                return;
            }
            catch (Exception notYet) when (notYet is NpgsqlException or SocketException or IOException && !token.IsCancellationRequested)
            {
                ContainerDetails? details = await _engine.InspectContainerAsync(Container, token).ConfigureAwait(false);
                if (details is not { State: ContainerState.Running })
                {
                    throw await FailedAsync($"exited with code {details?.ExitCode}", token).ConfigureAwait(false);
                }
            }

            await Task.Delay(Pause, token).ConfigureAwait(false);
        }
    }

    // Its data is thrown away, so it need not survive a crash.
    private static async Task TuneAsync(FactsReader reader, CancellationToken token)
    {
        foreach (string setting in (string[])["fsync = off", "synchronous_commit = off", "full_page_writes = off", "autovacuum = off"])
        {
            await reader.RunAsync($"ALTER SYSTEM SET {setting}", token).ConfigureAwait(false);
        }

        await reader.RunAsync("SELECT pg_catalog.pg_reload_conf()", token).ConfigureAwait(false);
    }

    private async Task<LabException> FailedAsync(string why, CancellationToken token)
    {
        var last = new List<string>();
        await foreach (LogLine line in _engine.ReadLogsAsync(Container, new LogQuery { Tail = 5 }, token).ConfigureAwait(false))
        {
            last.Add(line.Text.Trim());
        }

        string said = last.Count == 0 ? "" : $" Its log ends with: {SecretMask.Standard.MaskText(string.Join(" | ", last))}";
        return new LabException(
            LabErrorId.DatabaseUnreachable, $"The server for the test of the backup {why}.{said}", "Specify another image of the same PostgreSQL version with -Image", Container);
    }
}
