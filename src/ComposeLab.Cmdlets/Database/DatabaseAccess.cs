using ComposeLab.Compose.Databases;
using ComposeLab.Compose.Model;
using ComposeLab.Database.Logins;
using ComposeLab.Database.Probing;
using ComposeLab.Database.Routes;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Planning;
using ComposeLab.Engines;
using ComposeLab.Errors;
using ComposeLab.Projects;
using ComposeLab.Stacks;
using Npgsql;

namespace ComposeLab.Database;

/// <summary>An open session of a stack's database, with the user of its service.</summary>
/// <param name="route">The route to the server.</param>
/// <param name="connection">The session.</param>
/// <param name="login">The login of the session.</param>
/// <param name="selection">How the user selected the project.</param>
/// <param name="ownsRoute">Whether the route is disposed with the session.</param>
internal sealed class DatabaseAccess(IDatabaseRoute route, NpgsqlConnection connection, DatabaseLogin login, ProjectSelection selection, bool ownsRoute) : IAsyncDisposable
{
    /// <summary>The session.</summary>
    public NpgsqlConnection Connection => connection;

    /// <summary>The login of the session. Contains the password.</summary>
    public DatabaseLogin Login => login;

    /// <summary>Writes a command with the parameters of the current project.</summary>
    /// <param name="command">The cmdlet with its own arguments.</param>
    /// <returns>The command with the parameters that select the project.</returns>
    public string Command(string command) => new CommandText(selection).Of(command);

    /// <summary>Logs in through the published port, or through the database's container if there is none. Nothing is published.</summary>
    /// <param name="session">The selected engine.</param>
    /// <param name="selection">How the user selected the project.</param>
    /// <param name="project">The project.</param>
    /// <param name="service">The database's service.</param>
    /// <param name="request">The database and the kind of connection.</param>
    /// <param name="token">Cancels the attempt.</param>
    /// <returns>The session; the caller disposes it.</returns>
    /// <exception cref="LabException">StackNotRunning, NodeUnreachable, DatabaseUnreachable.</exception>
    public static async Task<DatabaseAccess> OpenAsync(
        EngineSession session, ProjectSelection selection, ComposeProject project, ServiceDefinition service, AccessRequest request, CancellationToken token)
    {
        LocatedContainer container = await RunningContainer.FindAsync(session, selection, project.Name, service.Name, null, null, token).ConfigureAwait(false);
        ContainerDetails? details = await container.Engine.InspectContainerAsync(container.Id, token).ConfigureAwait(false);
        ServiceVariables variables = details is null ? ContainerVariables.Of(project, service) : ContainerVariables.Of(details, project, service);
        DatabaseLogin login = ServerSettings.Own(service, variables);
        login = login with { Database = request.Database ?? login.Database };
        IDatabaseRoute route = await RouteAsync(new DatabaseRoutes(container.Engine), container.Container, login, request.FromInside || login.Password is null, token).ConfigureAwait(false);
        return await ThroughAsync(route, login, selection, ownsRoute: true, token).ConfigureAwait(false);
    }

    /// <summary>Logs in through a route.</summary>
    /// <param name="route">The route.</param>
    /// <param name="login">The login.</param>
    /// <param name="selection">How the user selected the project, for recommendations.</param>
    /// <param name="ownsRoute">Whether the route is disposed with the session.</param>
    /// <param name="token">Cancels the attempt.</param>
    /// <returns>The session; the caller disposes it.</returns>
    /// <exception cref="LabException">DatabaseUnreachable.</exception>
    public static async Task<DatabaseAccess> ThroughAsync(IDatabaseRoute route, DatabaseLogin login, ProjectSelection selection, bool ownsRoute, CancellationToken token)
    {
        try
        {
            return new DatabaseAccess(route, await OpenAsync(route, login, token).ConfigureAwait(false), login, selection, ownsRoute);
        }
        catch (Exception failed)
        {
            if (ownsRoute)
            {
                await route.DisposeAsync().ConfigureAwait(false);
            }

            if (failed is NpgsqlException or System.Net.Sockets.SocketException or TimeoutException)
            {
                throw Unreachable(failed, route, login, selection);
            }

            throw;
        }
    }

    /// <summary>Opens another session through the same route.</summary>
    /// <param name="database">The database.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>The session; the caller disposes it before this object.</returns>
    public Task<NpgsqlConnection> OpenAsync(string database, CancellationToken token) => OpenAsync(route, login with { Database = database }, token);

    /// <summary>Opens a session.</summary>
    /// <param name="route">The route to the server.</param>
    /// <param name="login">The login.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>The session; the caller disposes it.</returns>
    /// <exception cref="OperationCanceledException">It was canceled, whatever error the connection ended with.</exception>
    public static async Task<NpgsqlConnection> OpenAsync(IDatabaseRoute route, DatabaseLogin login, CancellationToken token)
    {
        var connection = new NpgsqlConnection(LoginProbe.Settings(route, login).ConnectionString);
        try
        {
            await connection.OpenAsync(token).ConfigureAwait(false);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            // A canceled attempt can also end with an error of the connection.
            token.ThrowIfCancellationRequested();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Connection.DisposeAsync().ConfigureAwait(false);
        if (ownsRoute)
        {
            await route.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Creates the error for a lost session.</summary>
    /// <param name="fault">The exception.</param>
    /// <returns>DatabaseUnreachable.</returns>
    public LabException Broken(NpgsqlException fault) => new(
        LabErrorId.DatabaseUnreachable,
        $"The session of {login} ({route.Description}) was lost before the answer was complete: {fault.InnerException?.Message ?? fault.Message}",
        $"Run {new CommandText(selection).Of("Test-LabDb")} to find the cause",
        login.ToString(),
        fault);

    private static async Task<IDatabaseRoute> RouteAsync(DatabaseRoutes routes, ObservedContainer container, DatabaseLogin login, bool fromInside, CancellationToken token)
    {
        if (!fromInside && routes.Published(container.Summary, login.Port) is { } port)
        {
            return new PublishedRoute(port.Host, port.Port);
        }

        return (fromInside ? null : await routes.DirectAsync(container, login.Port, token).ConfigureAwait(false))
            ?? (IDatabaseRoute)routes.Through(container.Name, fromInside ? "127.0.0.1" : DatabaseRoutes.AddressOf(container), login.Port);
    }

    private static LabException Unreachable(Exception failed, IDatabaseRoute route, DatabaseLogin login, ProjectSelection selection)
    {
        string why = failed is PostgresException answer ? $"{answer.SqlState}: {answer.MessageText}" : route.Complaint.Length > 0 ? route.Complaint : failed.Message;
        return new LabException(
            LabErrorId.DatabaseUnreachable,
            $"Cannot log in to {login} ({route.Description}): {why}",
            $"Run {new CommandText(selection).Of("Test-LabDb")} to find the cause",
            login.ToString(),
            failed);
    }
}
