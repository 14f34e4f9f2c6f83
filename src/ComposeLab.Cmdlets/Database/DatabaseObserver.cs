using System.Diagnostics;
using ComposeLab.Compose.Model;
using ComposeLab.Database.Diagnosis;
using ComposeLab.Database.Logins;
using ComposeLab.Database.Probing;
using ComposeLab.Database.Routes;
using ComposeLab.Engine;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Planning;
using ComposeLab.Engines;
using ComposeLab.Pipeline;
using ComposeLab.Projects;

namespace ComposeLab.Database;

/// <summary>Looks at a database and the service that uses it, within a limit, and leaves nothing behind.</summary>
/// <param name="project">The project.</param>
/// <param name="database">The database's service.</param>
/// <param name="api">The service that uses it; null when there is none.</param>
internal sealed class DatabaseObserver(ComposeProject project, ServiceDefinition database, ServiceDefinition? api)
{
    private static readonly TimeSpan ProbeLimit = TimeSpan.FromSeconds(4);

    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly LoginPlaces _places = new(project);
    private DatabaseEvidence _seen = new()
    {
        ProjectName = project.Name,
        Service = database.Name,
        Api = api?.Name,
        Own = LoginReading.Own(database.Name, ServiceVariables.Of(project, database)),
    };

    /// <summary>Opens the engine and looks.</summary>
    /// <param name="environment">The environment that names the engine.</param>
    /// <param name="limit">The longest it may take; what was not seen by then is missing in the evidence.</param>
    /// <param name="token">Ends it early.</param>
    /// <returns>The evidence.</returns>
    public async Task<DatabaseEvidence> ObserveAsync(IReadOnlyDictionary<string, string> environment, TimeSpan limit, CancellationToken token)
    {
        using var deadline = new Deadline(limit, token);
        try
        {
            using EngineSession session = await EngineSession.OpenAsync(environment, deadline.Token).ConfigureAwait(false);
            return await ObserveAsync(session.Engine, limit, deadline).ConfigureAwait(false);
        }
        catch (EngineException fault) when (fault.Id is EngineErrorId.EngineUnreachable or EngineErrorId.EngineTooOld)
        {
            return _seen with { EngineFault = (fault.Message, fault.Recommendation), EngineLatency = Stopwatch.GetElapsedTime(_started) };
        }
        catch (OperationCanceledException) when (deadline.Expired)
        {
            return _seen with
            {
                EngineFault = ($"The Docker engine did not answer within {limit.TotalSeconds:0.#} s.", "Start the engine again, or raise -TimeoutSec."),
                EngineLatency = limit,
            };
        }
    }

    /// <summary>Looks, on an engine that is open already.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="limit">The longest it may take.</param>
    /// <param name="token">Ends it early.</param>
    /// <returns>The evidence.</returns>
    public async Task<DatabaseEvidence> ObserveAsync(IEngine engine, TimeSpan limit, CancellationToken token)
    {
        using var deadline = new Deadline(limit, token);
        return await ObserveAsync(engine, limit, deadline).ConfigureAwait(false);
    }

    private async Task<DatabaseEvidence> ObserveAsync(IEngine engine, TimeSpan limit, Deadline deadline)
    {
        _seen = _seen with { EngineLatency = Stopwatch.GetElapsedTime(_started) };
        try
        {
            await LookAsync(engine, limit, deadline.Token).ConfigureAwait(false);
            return _seen;
        }
        catch (OperationCanceledException) when (deadline.Expired)
        {
            return _seen with { TimedOut = true };
        }
    }

    private async Task LookAsync(IEngine engine, TimeSpan limit, CancellationToken token)
    {
        long begun = Stopwatch.GetTimestamp();
        IReadOnlyList<ObservedContainer> containers = await new StackObserver(engine).ContainersAsync(project.Name, token).ConfigureAwait(false);
        ObservedContainer? server = Choose(containers, database.Name);
        ObservedContainer? client = api is null ? null : Choose(containers, api.Name);
        await ReadContainersAsync(engine, server, client, token).ConfigureAwait(false);
        _seen = _seen with { ObservationLatency = Stopwatch.GetElapsedTime(begun) };

        // A fifth of the time is kept for naming the cause.
        TimeSpan left = limit - Stopwatch.GetElapsedTime(_started);
        TimeSpan share = left * 0.8 < ProbeLimit ? left * 0.8 : ProbeLimit;
        var routes = new DatabaseRoutes(engine);
        await ProbeAsync(engine, routes, server, client, share, token).ConfigureAwait(false);
        if (server is not null && _seen.Database is { Runs: true })
        {
            await AskFurtherAsync(routes, server, client, share, token).ConfigureAwait(false);
        }
    }

    // The probes run beside each other and only answer; the evidence is written here alone, also with what came before the time was up.
    private async Task ProbeAsync(
        IEngine engine, DatabaseRoutes routes, ObservedContainer? server, ObservedContainer? client, TimeSpan limit, CancellationToken token)
    {
        (string Host, int Port, int Target)? published = client is not null && _seen.Client is { Runs: true } ? routes.Published(client.Summary) : null;
        if (published is { } port)
        {
            _seen = _seen with { ApiTarget = port.Target, PortPlace = _places.Port(api!, port.Target) };
        }

        ObservedContainer? running = _seen.Database is { Runs: true } ? server : null;
        Task<ApiAnswer> asking = published is { } address ? ApiProbe.AskAsync(address.Host, address.Port, limit, token) : Task.FromResult(_seen.Answer);
        Task<LoginReport> logging = running is null ? Task.FromResult(_seen.Login) : LogInAsync(_seen, routes, running, limit, token);
        Task<long?> measuring = running is null ? Task.FromResult<long?>(null) : DiskProbe.FreeAsync(engine, running.Id, token);
        try
        {
            await Task.WhenAll(asking, logging, measuring).ConfigureAwait(false);
        }
        finally
        {
            _seen = _seen with
            {
                Answer = asking.IsCompletedSuccessfully ? asking.Result : _seen.Answer,
                Login = logging.IsCompletedSuccessfully ? logging.Result : _seen.Login,
                DiskFree = measuring.IsCompletedSuccessfully ? measuring.Result : null,
            };
        }
    }

    private static ObservedContainer? Choose(IReadOnlyList<ObservedContainer> containers, string service) => containers
        .Where(container => container.Service == service)
        .OrderBy(container => container.IsRunning ? 0 : 1)
        .ThenBy(container => container.Number)
        .FirstOrDefault();

    private async Task ReadContainersAsync(IEngine engine, ObservedContainer? server, ObservedContainer? client, CancellationToken token)
    {
        ContainerDetails? serverDetails = server is null ? null : await engine.InspectContainerAsync(server.Id, token).ConfigureAwait(false);
        if (serverDetails is not null)
        {
            _seen = _seen with
            {
                Database = await ContainerReading.ReadAsync(engine, serverDetails, database, token).ConfigureAwait(false),
                Own = LoginReading.Own(database.Name, ServiceVariables.Of(serverDetails, project, database)),
                Profile = ProfileOf(server!),
            };
        }

        if (api is null)
        {
            return;
        }

        ClientLogin? declared = LoginReading.Client(ServiceVariables.Of(project, api));
        ContainerDetails? clientDetails = client is null ? null : await engine.InspectContainerAsync(client.Id, token).ConfigureAwait(false);
        _seen = _seen with
        {
            Declared = declared,
            Used = clientDetails is null ? declared : LoginReading.Client(ServiceVariables.Of(clientDetails, project, api)),
            Client = clientDetails is null ? null : await ContainerReading.ReadAsync(engine, clientDetails, api, token).ConfigureAwait(false),
            UrlPlace = _places.Variable(api, declared?.Variable),
            PasswordPlace = _places.Variable(api, declared?.PasswordVariable),
            OwnPasswordPlace = _places.Variable(database, "POSTGRES_PASSWORD"),
        };
    }

    // The overlay among the files that the stack was started from tells its lab profile.
    private static string? ProfileOf(ObservedContainer container) => container.ConfigFiles.Count < 2
        ? null
        : LabProfiles.Of(container.ConfigFiles[0]).FirstOrDefault(profile => container.ConfigFiles.Contains(profile.Value, StringComparer.Ordinal)).Key;

    private static async Task<LoginReport> LogInAsync(
        DatabaseEvidence seen, DatabaseRoutes routes, ObservedContainer server, TimeSpan limit, CancellationToken token)
    {
        DatabaseLogin login = seen.Effective;
        ContainerEvidence container = seen.Database!;
        bool isNamed = seen.Used is null || container.IsFoundAs(login.Host, seen.Client ?? container);
        (string Host, int Port, int Target)? published = isNamed && login.Port == seen.Own.Port ? routes.Published(server.Summary, login.Port) : null;
        if (published is null && container.Networks.Count == 0 && !container.SharesNetworkStack)
        {
            return seen.Login;
        }

        await using IDatabaseRoute route = published is { } port
            ? new PublishedRoute(port.Host, port.Port)
            : routes.Through(server.Name, seen.Used is null ? DatabaseRoutes.AddressOf(server) : login.Host, login.Port);
        return await LoginProbe.RunAsync(route, login, limit, token).ConfigureAwait(false);
    }

    private async Task AskFurtherAsync(DatabaseRoutes routes, ObservedContainer server, ObservedContainer? client, TimeSpan limit, CancellationToken token)
    {
        if (_seen.Login.Fault == LoginFault.AuthenticationFailed)
        {
            await using ContainerTunnel inside = routes.Through(server.Name, "127.0.0.1", _seen.Own.Port);
            await using ContainerTunnel own = routes.Through(server.Name, DatabaseRoutes.AddressOf(server), _seen.Own.Port);
            bool? exists = await UserLookup.ExistsAsync(inside, _seen.Own, _seen.Effective.User, limit, token).ConfigureAwait(false);
            _seen = _seen with { UserExists = exists };
            LoginReport report = await LoginProbe.RunAsync(own, _seen.Own, limit, token).ConfigureAwait(false);
            _seen = _seen with { OwnLogin = report };
        }

        if (client is not null && _seen.Answer.Kind is ApiAnswerKind.Refused or ApiAnswerKind.Broken)
        {
            foreach (int port in client.Summary.Ports.Where(entry => entry.HostPort is null && entry.Protocol == "tcp").Select(entry => entry.ContainerPort))
            {
                await using ContainerTunnel route = routes.Through(server.Name, api!.Name, port);
                if (await PortProbe.SpeaksHttpAsync(route, token).ConfigureAwait(false))
                {
                    _seen = _seen with { ApiAnswersAt = port };
                    return;
                }
            }
        }
    }
}
