using ComposeLab.Bench.Harness;

namespace ComposeLab.Bench.Api;

/// <summary>The PostgreSQL server of both services, in a temporary container.</summary>
internal sealed class Database : IDisposable
{
    private static readonly TimeSpan ReadyLimit = TimeSpan.FromSeconds(30);
    private readonly string _container;

    private Database(string container, string url) => (_container, Url) = (container, url);

    /// <summary>Its URL.</summary>
    public string Url { get; }

    /// <summary>Starts it and waits until it is ready.</summary>
    /// <param name="token">Cancels the wait.</param>
    public static async Task<Database> StartAsync(CancellationToken token)
    {
        var password = Guid.NewGuid().ToString("N");
        var image = MachineImages.Named().GetValueOrDefault("POSTGRES_IMAGE") ?? "postgres:16-alpine";
        var container = new Command(
            "docker", ["run", "--detach", "--publish", "127.0.0.1::5432", "--env", $"POSTGRES_PASSWORD={password}", image]).Run().Trim();
        var address = new Command("docker", ["port", container, "5432/tcp"]).Run().Trim();
        var database = new Database(container, $"postgresql://postgres:{password}@{address}/postgres");
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(token);
        limit.CancelAfter(ReadyLimit);
        try
        {
            while (new Command("docker", ["exec", container, "pg_isready", "--quiet", "--host=127.0.0.1"]).Outcome().ExitCode != 0)
            {
                await Task.Delay(200, limit.Token);
            }
        }
        catch
        {
            database.Dispose();
            throw;
        }

        return database;
    }

    /// <inheritdoc/>
    public void Dispose() => new Command("docker", ["rm", "--force", "--volumes", _container]).Outcome();
}
