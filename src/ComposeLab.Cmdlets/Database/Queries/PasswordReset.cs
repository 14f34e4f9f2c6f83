using Npgsql;

namespace ComposeLab.Database.Queries;

/// <summary>Gives the server's own user a password, from inside its container.</summary>
internal static class PasswordReset
{
    private const string Quiet = "SET LOCAL log_statement = 'none'; SET LOCAL log_min_duration_statement = -1";

    // ALTER ROLE takes no bound value: the server itself puts it in, quoted.
    private const string Statement =
        """
        DO $$ BEGIN
            EXECUTE format('ALTER ROLE CURRENT_USER PASSWORD %L', current_setting('composelab.value'));
        END $$
        """;

    /// <summary>Sets it.</summary>
    /// <param name="connection">A session of the user in question.</param>
    /// <param name="password">The password.</param>
    /// <param name="token">Ends the attempt.</param>
    /// <returns>Completes when it is set.</returns>
    public static async Task RunAsync(NpgsqlConnection connection, string password, CancellationToken token)
    {
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(token).ConfigureAwait(false);
        // The value must not stand in the log of a server that logs its statements.
        await using (var quiet = new NpgsqlCommand(Quiet, connection, transaction))
        {
            await quiet.ExecuteNonQueryAsync(token).ConfigureAwait(false);
        }

        await using (var bind = new NpgsqlCommand("SELECT set_config('composelab.value', $1, true)", connection, transaction))
        {
            bind.Parameters.Add(new NpgsqlParameter { Value = password });
            await bind.ExecuteNonQueryAsync(token).ConfigureAwait(false);
        }

        await using (var alter = new NpgsqlCommand(Statement, connection, transaction))
        {
            await alter.ExecuteNonQueryAsync(token).ConfigureAwait(false);
        }

        await transaction.CommitAsync(token).ConfigureAwait(false);
    }
}
