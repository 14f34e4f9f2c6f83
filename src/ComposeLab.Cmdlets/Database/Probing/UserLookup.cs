using System.Net.Sockets;
using ComposeLab.Database.Logins;
using ComposeLab.Database.Routes;
using ComposeLab.Pipeline;
using Npgsql;

namespace ComposeLab.Database.Probing;

/// <summary>
/// Asks the server whether it has a user, as its own user from inside its container, where the official image asks for no password. A server never tells a
/// stranger whether user or password was wrong.
/// </summary>
internal static class UserLookup
{
    private const string MaintenanceDatabase = "postgres";

    /// <summary>Asks.</summary>
    /// <param name="route">The way to the container's loopback.</param>
    /// <param name="own">The server's own login.</param>
    /// <param name="user">The user in question.</param>
    /// <param name="limit">The longest it may take.</param>
    /// <param name="token">Ends the attempt; cancelled when nobody waits for the answer any more.</param>
    /// <returns>Whether there is such a user; null when the server would not say.</returns>
    public static async Task<bool?> ExistsAsync(IDatabaseRoute route, DatabaseLogin own, string user, TimeSpan limit, CancellationToken token)
    {
        using var clock = new Deadline(limit, token);
        try
        {
            await using var connection = new NpgsqlConnection(LoginProbe.Settings(route, own with { Database = MaintenanceDatabase }).ConnectionString);
            await connection.OpenAsync(clock.Token).ConfigureAwait(false);
            await using var command = new NpgsqlCommand("SELECT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = $1)", connection);
            command.Parameters.Add(new NpgsqlParameter { Value = user });
            return (bool?)await command.ExecuteScalarAsync(clock.Token).ConfigureAwait(false);
        }
        catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.InvalidAuthorizationSpecification)
        {
            // Trusted, and still refused: there is no such user.
            return user == own.User ? false : null;
        }
        catch (Exception silent) when (silent is NpgsqlException or SocketException or IOException || (silent is OperationCanceledException && clock.Expired))
        {
            return null;
        }
    }
}
