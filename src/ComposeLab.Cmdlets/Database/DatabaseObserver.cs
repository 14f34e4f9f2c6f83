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
        Task asking = AskApiAsync(routes, client, share, token);
        if (_seen.Database is { Runs: true } && server is not null)
        {
            await Task.WhenAll(asking, LogInAsync(routes, server, share, token), MeasureDiskAsync(engine, server, token)).ConfigureAwait(false);
            await AskFurtherAsync(routes, server, client, share, token).ConfigureAwait(false);
        }

        await asking.ConfigureAwait(false);
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
        };
    }

    // The overlay among the files that the stack was started from tells its lab profile.
    private static string? ProfileOf(ObservedContainer container) => container.ConfigFiles.Count < 2
        ? null
        : LabProfiles.Of(container.ConfigFiles[0]).FirstOrDefault(profile => container.ConfigFiles.Contains(profile.Value, StringComparer.Ordinal)).Key;

    private async Task AskApiAsync(DatabaseRoutes routes, ObservedContainer? client, TimeSpan limit, CancellationToken token)
    {
        if (client is null || _seen.Client is not { Runs: true } || routes.Published(client.Summary) is not { } port)
        {
            return;
        }

        ApiAnswer answer = await ApiProbe.AskAsync(port.Host, port.Port, limit, token).ConfigureAwait(false);
        lock (routes)
        {
            _seen = _seen with { Answer = answer, ApiTarget = port.Target, PortPlace = _places.Port(api!, port.Target) };
        }
    }

    private async Task LogInAsync(DatabaseRoutes routes, ObservedContainer server, TimeSpan limit, CancellationToken token)
    {
        DatabaseLogin login = _seen.Effective;
        ContainerEvidence container = _seen.Database!;
        bool isNamed = _seen.Used is null || container.IsFoundAs(login.Host, _seen.Client ?? container);
        (string Host, int Port, int Target)? published = isNamed && login.Port == _seen.Own.Port ? routes.Published(server.Summary, login.Port) : null;
        if (published is null && container.Networks.Count == 0 && !container.SharesNetworkStack)
        {
            return;
        }

        await using IDatabaseRoute route = published is { } port
            ? new PublishedRoute(port.Host, port.Port)
            : routes.Through(server.Name, _seen.Used is null ? DatabaseRoutes.AddressOf(server) : login.Host, login.Port);
        LoginReport report = await LoginProbe.RunAsync(route, login, limit, token).ConfigureAwait(false);
        lock (routes)
        {
            _seen = _seen with { Login = report };
        }
    }

    private async Task MeasureDiskAsync(IEngine engine, ObservedContainer server, CancellationToken token)
    {
        long? free = await DiskProbe.FreeAsync(engine, server.Id, token).ConfigureAwait(false);
        lock (engine)
        {
            _seen = _seen with { DiskFree = free };
        }
    }

    private async Task AskFurtherAsync(DatabaseRoutes routes, ObservedContainer server, ObservedContainer? client, TimeSpan limit, CancellationToken token)
    {
        if (_seen.Login.Fault == LoginFault.AuthenticationFailed)
        {
            await using ContainerTunnel inside = routes.Through(server.Name, "127.0.0.1", _seen.Own.Port);
            await using ContainerTunnel own = routes.Through(server.Name, DatabaseRoutes.AddressOf(server), _seen.Own.Port);
            _seen = _seen with
            {
                UserExists = await UserLookup.ExistsAsync(inside, _seen.Own, _seen.Effective.User, token).ConfigureAwait(false),
                OwnLogin = await LoginProbe.RunAsync(own, _seen.Own, limit, token).ConfigureAwait(false),
            };
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
