using System.Net.Sockets;
using ComposeLab.Compose.Secrets;
using ComposeLab.Database.Logins;
using ComposeLab.Database.Routes;
using ComposeLab.Engine.Docker;
using ComposeLab.Errors;
using ComposeLab.Pipeline;
using ComposeLab.Projects;
using Npgsql;

namespace ComposeLab.Database.Backups;

/// <summary>
/// A server beside those of stacks: for the test of a backup, or for an update. It has no network and no published port: only commands inside its container reach it.
/// </summary>
/// <param name="engine">The engine.</param>
/// <param name="container">The name of its container.</param>
/// <param name="login">The login of its superuser; the host is loopback.</param>
/// <param name="subject">What it is for, as the subject of an error.</param>
/// <param name="recommendation">What to do if it does not start.</param>
internal sealed class SideServer(IEngine engine, string container, DatabaseLogin login, string subject, string recommendation) : IAsyncDisposable
{
    /// <summary>The label of a container for the test of a backup.</summary>
    public const string Label = "composelab.backup-test";

    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan StopLimit = TimeSpan.FromMinutes(5);

    private readonly ContainerTunnel _route = ContainerTunnel.Open(engine, container, "127.0.0.1", login.Port);

    /// <summary>The name of its container.</summary>
    public string Container => container;

    /// <summary>The login of its superuser.</summary>
    public DatabaseLogin Login { get; private set; } = login;

    /// <summary>Starts an empty server whose data is thrown away, and waits until it accepts sessions. It requires no password.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="image">The image, by name or id.</param>
    /// <param name="superuser">The name of its superuser.</param>
    /// <param name="subject">The backup that is tested, for the label.</param>
    /// <param name="token">Cancels it; nothing is left behind then.</param>
    /// <returns>The server; the caller disposes it.</returns>
    /// <exception cref="LabException">DatabaseUnreachable: it does not start.</exception>
    public static async Task<SideServer> StartAsync(IEngine engine, string image, string superuser, string subject, CancellationToken token)
    {
        string name = $"composelab-backup-test-{Guid.NewGuid():N}"[..32];
        SideServer server = await StartAsync(
            engine, Spec(name, image, superuser, subject), new DatabaseLogin("127.0.0.1", DatabaseLogin.DefaultPort, superuser, null, "postgres"),
            "The server for the test of the backup", "Specify another image of the same PostgreSQL version with -Image", token).ConfigureAwait(false);
        try
        {
            await using NpgsqlConnection connection = await server.OpenAsync("postgres", token).ConfigureAwait(false);
            await TuneAsync(new FactsReader(connection), token).ConfigureAwait(false);
            return server;
        }
        catch
        {
            await server.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Starts a server and waits until it accepts sessions.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="spec">Its container.</param>
    /// <param name="login">The login of its superuser; the host is loopback.</param>
    /// <param name="subject">What it is for, as the subject of an error.</param>
    /// <param name="recommendation">What to do if it does not start.</param>
    /// <param name="token">Cancels it; the container is removed then.</param>
    /// <returns>The server; the caller disposes it.</returns>
    /// <exception cref="LabException">DatabaseUnreachable: it does not start.</exception>
    public static async Task<SideServer> StartAsync(IEngine engine, ContainerSpec spec, DatabaseLogin login, string subject, string recommendation, CancellationToken token)
    {
        var server = new SideServer(engine, spec.Name, login, subject, recommendation);
        try
        {
            await TemporaryContainers.CreateAsync(engine, spec, token).ConfigureAwait(false);
            await engine.StartContainerAsync(spec.Name, token).ConfigureAwait(false);
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

    /// <summary>Opens a session that commands of a project use.</summary>
    /// <param name="selection">The project.</param>
    /// <param name="database">The database.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>The session; the caller disposes it.</returns>
    /// <exception cref="LabException">DatabaseUnreachable.</exception>
    public Task<DatabaseAccess> OpenAsync(ProjectSelection selection, string database, CancellationToken token) =>
        DatabaseAccess.ThroughAsync(_route, Login with { Database = database }, selection, ownsRoute: false, token);

    /// <summary>Uses another password from now on.</summary>
    /// <param name="password">The password; null for none.</param>
    public void UsePassword(string? password) => Login = Login with { Password = password };

    /// <summary>Shuts the server down, so that its data is complete without a recovery.</summary>
    /// <param name="token">Cancels it.</param>
    /// <returns>Completes when it has stopped.</returns>
    public Task StopAsync(CancellationToken token) => engine.StopContainerAsync(Container, StopLimit, token);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _route.DisposeAsync().ConfigureAwait(false);
        await TemporaryContainers.RemoveAsync(engine, Container).ConfigureAwait(false);
    }

    // While the image fills the data volume, its server does not listen on TCP.
    private async Task WaitAsync(CancellationToken token)
    {
        while (true)
        {
            try
            {
                await using NpgsqlConnection connection = await OpenAsync("postgres", token).ConfigureAwait(false);
                return;
            }
            catch (Exception notYet) when (notYet is NpgsqlException or SocketException or IOException)
            {
                ContainerDetails? details = await engine.InspectContainerAsync(Container, token).ConfigureAwait(false);
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
        await foreach (LogLine line in engine.ReadLogsAsync(Container, new LogQuery { Tail = 5 }, token).ConfigureAwait(false))
        {
            last.Add(line.Text.Trim());
        }

        string said = last.Count == 0 ? "" : $" Its log ends with: {SecretMask.Standard.MaskText(string.Join(" | ", last))}";
        return new LabException(
            LabErrorId.DatabaseUnreachable, $"{subject} {why}.{said}", recommendation, Container);
    }
}
