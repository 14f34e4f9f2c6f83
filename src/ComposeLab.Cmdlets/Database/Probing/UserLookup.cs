using ComposeLab.Database.Logins;
using ComposeLab.Database.Routes;
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
    /// <param name="token">Ends the attempt.</param>
    /// <returns>Whether there is such a user; null when the server would not say.</returns>
    public static async Task<bool?> ExistsAsync(IDatabaseRoute route, DatabaseLogin own, string user, CancellationToken token)
    {
        try
        {
            await using var connection = new NpgsqlConnection(LoginProbe.Settings(route, own with { Database = MaintenanceDatabase }).ConnectionString);
            await connection.OpenAsync(token).ConfigureAwait(false);
            await using var command = new NpgsqlCommand("SELECT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = $1)", connection);
            command.Parameters.Add(new NpgsqlParameter { Value = user });
            return (bool?)await command.ExecuteScalarAsync(token).ConfigureAwait(false);
        }
        catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.InvalidAuthorizationSpecification)
        {
            // Trusted, and still refused: there is no such user.
            return user == own.User ? false : null;
        }
        catch (NpgsqlException)
        {
            return null;
        }
    }
}
