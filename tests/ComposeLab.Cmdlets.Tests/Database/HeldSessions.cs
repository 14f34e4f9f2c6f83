using ComposeLab.Database.Routes;
using Npgsql;

namespace ComposeLab.Cmdlets.Tests.Database;

/// <summary>Every connection that a server has left, held.</summary>
internal sealed class HeldSessions : IAsyncDisposable
{
    private readonly List<NpgsqlConnection> _sessions = [];

    public static async Task<HeldSessions> TakeAllAsync(ContainerTunnel tunnel, string user, string password)
    {
        var held = new HeldSessions();
        var settings = new NpgsqlConnectionStringBuilder { Host = tunnel.Host, Port = tunnel.Port, Username = user, Password = password, Pooling = false };
        while (true)
        {
            var session = new NpgsqlConnection(settings.ConnectionString);
            held._sessions.Add(session);
            try
            {
                await session.OpenAsync();
            }
            catch (PostgresException full) when (full.SqlState == PostgresErrorCodes.TooManyConnections)
            {
                return held;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (NpgsqlConnection session in _sessions)
        {
            await session.DisposeAsync();
        }
    }
}
