using System.Diagnostics;
using System.Net;
using ComposeLab.Compose.Databases;
using ComposeLab.Compose.Model;
using ComposeLab.Database.Diagnosis;
using ComposeLab.Database.Logins;
using ComposeLab.Database.Probing;
using ComposeLab.Database.Routes;
using ComposeLab.Engine;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Execution;
using ComposeLab.Engine.Planning;
using ComposeLab.Engines;
using ComposeLab.Pipeline;
using ComposeLab.Projects;

namespace ComposeLab.Database;

/// <summary>Observes the databases of a project and every login to them, from the location of the clients, within a time limit. Nothing is left behind.</summary>
/// <param name="project">The project.</param>
/// <param name="databases">Its PostgreSQL services and their clients.</param>
/// <param name="servers">The PostgreSQL services to observe.</param>
/// <param name="apps">The services whose logins are observed.</param>
internal sealed partial class DatabaseObserver(ComposeProject project, ProjectDatabases databases, IReadOnlyList<ServiceDefinition> servers, IReadOnlyList<ServiceDefinition> apps)
{
    private const int ServerLogLines = 1000;
    private const int ClientLogLines = 40;

    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly Dictionary<string, ClientNetwork> _networks = new(StringComparer.Ordinal);
    private readonly ProbedHealth _probed = new();
    private readonly Dictionary<string, ContainerDetails> _details = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ObservedContainer> _containers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ContainerEvidence> _evidence = new(StringComparer.Ordinal);
    private TimeShares _time = null!;
    private CancellationToken _stop;
    private DatabaseEvidence _seen = new() { Project = project };

    /// <summary>Connects to the engine and observes.</summary>
    /// <param name="selection">The selection of the engine.</param>
    /// <param name="limit">The time limit; what was not observed by then is missing in the evidence.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>The evidence.</returns>
    public async Task<DatabaseEvidence> ObserveAsync(ProjectSelection selection, TimeSpan limit, CancellationToken token)
    {
        _stop = token;
        using var deadline = new Deadline(limit, token);
        try
        {
            using EngineSession session = await EngineSession.OpenAsync(selection, deadline.Token).ConfigureAwait(false);
            return await ObserveAsync(session, limit, deadline).ConfigureAwait(false);
        }
        catch (EngineException fault) when (fault.Id is EngineErrorId.EngineUnreachable or EngineErrorId.EngineTooOld or EngineErrorId.EngineTooNew or EngineErrorId.EngineNotTrusted or EngineErrorId.EngineAccessDenied)
        {
            return _seen with { EngineFault = (fault.Message, fault.Recommendation), EngineLatency = Stopwatch.GetElapsedTime(_started) };
        }
        catch (OperationCanceledException) when (deadline.Expired)
        {
            return _seen with
            {
                EngineFault = ($"The Docker engine did not answer within {limit.TotalSeconds:0.#} s.", "Restart the engine, or raise -TimeoutSec."),
                EngineLatency = limit,
            };
        }
    }

    /// <summary>Observes with an open engine session.</summary>
    /// <param name="session">The engine.</param>
    /// <param name="limit">The time limit.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>The evidence.</returns>
    public async Task<DatabaseEvidence> ObserveAsync(EngineSession session, TimeSpan limit, CancellationToken token)
    {
        _stop = token;
        using var deadline = new Deadline(limit, token);
        return await ObserveAsync(session, limit, deadline).ConfigureAwait(false);
    }

    private async Task<DatabaseEvidence> ObserveAsync(EngineSession session, TimeSpan limit, Deadline deadline)
    {
        _seen = _seen with { EngineLatency = Stopwatch.GetElapsedTime(_started), Limit = limit };
        _time = new TimeShares(limit, () => Stopwatch.GetElapsedTime(_started));
        try
        {
            await LookAsync(session, deadline.Token).ConfigureAwait(false);
            return _seen;
        }
        catch (OperationCanceledException) when (deadline.Expired)
        {
            return _seen with { TimedOut = true };
        }
        finally
        {
            foreach (ClientNetwork network in _networks.Values)
            {
                await network.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    private async Task LookAsync(EngineSession session, CancellationToken token)
    {
        long begun = Stopwatch.GetTimestamp();
        await FindContainersAsync(session, token).ConfigureAwait(false);
        await ReadContainersAsync(token).ConfigureAwait(false);
        _seen = _seen with { ObservationLatency = Stopwatch.GetElapsedTime(begun) };
        await ProbeAsync(token).ConfigureAwait(false);
        await AskFurtherAsync(token).ConfigureAwait(false);
    }

    private async Task ReadContainersAsync(CancellationToken token)
    {
        Dictionary<string, ContainerEvidence> evidence = _evidence;
        ServiceDefinition[] known = [.. project.Services.Values.Where(service => _details.ContainsKey(service.Name))];
        ContainerEvidence[] read = await Task.WhenAll(known.Select(service => ReadAsync(service, token))).ConfigureAwait(false);
        foreach ((ServiceDefinition service, ContainerEvidence container) in known.Zip(read))
        {
            evidence[service.Name] = container;
        }

        _seen = _seen with
        {
            Profile = servers.Select(server => _containers.GetValueOrDefault(server.Name)).OfType<ObservedContainer>().Select(ProfileOf).FirstOrDefault(),
            Servers = [.. Servers.Select(server => Server(server, evidence.GetValueOrDefault(server.Name)))],
            Clients = [.. Apps.SelectMany(app => Clients(app, evidence))],
            Apps = [.. Apps.Select(app => new AppEvidence
            {
                Definition = app,
                Container = evidence.GetValueOrDefault(app.Name),
                IsDone = AppEvidence.IsDoneJob(project, app, evidence.GetValueOrDefault(app.Name)),
                Fragments = databases.ClientsOf(app).Fragments,
            })],
        };
    }

    private async Task<ContainerEvidence> ReadAsync(ServiceDefinition service, CancellationToken token)
    {
        ContainerDetails details = _details[service.Name];
        bool isServer = servers.Contains(service);
        bool isFine = details.State == ContainerState.Running && details.Health is HealthStatus.Healthy or HealthStatus.None;
        List<LogLine> log = [];
        if (isServer || !isFine)
        {
            await foreach (LogLine line in EngineOf(service).ReadLogsAsync(details.Id, new LogQuery { Tail = isServer ? ServerLogLines : ClientLogLines }, token).ConfigureAwait(false))
            {
                log.Add(line);
            }
        }

        return ContainerEvidence.Of(details, service, log);
    }

    private ServerEvidence Server(ServiceDefinition service, ContainerEvidence? container)
    {
        ServiceVariables variables = VariablesOf(service);
        return new ServerEvidence
        {
            Definition = service,
            Own = ServerSettings.Own(service, variables),
            PasswordVariable = ServerSettings.PasswordVariableOf(variables),
            UserVariable = ServerSettings.UserVariableOf(variables),
            Container = container,
        };
    }

    private IEnumerable<ClientEvidence> Clients(ServiceDefinition app, Dictionary<string, ContainerEvidence> evidence)
    {
        IReadOnlyList<ClientLogin> declared = databases.ClientsOf(app).Logins;
        IReadOnlyList<ClientLogin> used = _details.ContainsKey(app.Name) ? databases.ClientsOf(app, VariablesOf(app)).Logins : declared;
        foreach (ClientLogin login in used)
        {
            // A part of an unencoded password must not be used as a host. The address that the author intended is observed instead.
            ServerAddress server = login.Text?.Meant?.Servers.FirstOrDefault() ?? login.Server;
            ServiceDefinition? target = TargetOf(app, server);
            yield return new ClientEvidence
            {
                Definition = app,
                Used = login,
                Declared = declared.FirstOrDefault(other => other.Variable == login.Variable),
                Container = evidence.GetValueOrDefault(app.Name),
                IsDone = AppEvidence.IsDoneJob(project, app, evidence.GetValueOrDefault(app.Name)),
                Target = target,
                TargetContainer = target is null ? null : evidence.GetValueOrDefault(target.Name),
                Tried = Login(login.Text?.Meant?.User is { } meant ? login with { User = meant } : login, server, evidence.GetValueOrDefault(app.Name)?.User),
            };
        }
    }

    private ServiceDefinition? TargetOf(ServiceDefinition app, ServerAddress server) => databases.Named(app, server.Host)
        ?? project.Services.Values.FirstOrDefault(service => _evidence.GetValueOrDefault(service.Name)?.Networks.Values.Any(names => names.Contains(server.Host)) == true);

    private ServiceVariables VariablesOf(ServiceDefinition service) => _details.TryGetValue(service.Name, out ContainerDetails? details)
        ? ContainerVariables.Of(details, project, service)
        : ContainerVariables.Of(project, service);

    // Without a user, the client library uses the user of its process.
    private static DatabaseLogin Login(ClientLogin login, ServerAddress server, string? processUser)
    {
        string user = login.User ?? (processUser is { Length: > 0 } name && !char.IsAsciiDigit(name[0]) ? name.Split(':')[0] : "root");
        return new DatabaseLogin(server.Host, server.Port, user, login.Password, login.Database ?? user, login.TlsMode, login.SessionOptions)
        {
            RootCertificatePath = login.RootCertificatePath,
            RootCertificates = login.RootCertificates,
        };
    }

    // The overlay among the files of the stack determines its lab profile.
    private static string? ProfileOf(ObservedContainer container) => container.ConfigFiles.Count < 2
        ? null
        : LabProfiles.Of(container.ConfigFiles[0]).FirstOrDefault(profile => container.ConfigFiles.Contains(profile.Value, StringComparer.Ordinal)).Key;

    // The probes run in parallel and only return answers. The evidence is written only here, including what arrived before the time was up.
    private async Task ProbeAsync(CancellationToken token)
    {
        ClientEvidence[] clients = [.. _seen.Clients];
        Task<ClientEvidence>[] logins = [.. clients.Select(client => LogInAsync(client, token))];
        AppEvidence[] askedApps = [.. _seen.Apps];
        Task<AppEvidence>[] answers = [.. askedApps.Select(app => AskAsync(app, token))];
        ServerEvidence[] running = [.. _seen.Servers];
        Task<ServerEvidence>[] measured = [.. running.Select(server => MeasureAsync(server, clients.Length == 0, token))];
        try
        {
            await Task.WhenAll([.. logins.Cast<Task>(), .. answers, .. measured]).ConfigureAwait(false);
        }
        finally
        {
            _seen = _seen with
            {
                Clients = [.. clients.Zip(logins, (before, task) => task.IsCompletedSuccessfully ? task.Result : before)],
                Apps = [.. askedApps.Zip(answers, (before, task) => task.IsCompletedSuccessfully ? task.Result : before)],
                Servers = [.. running.Zip(measured, (before, task) => task.IsCompletedSuccessfully ? task.Result : before)],
            };
        }
    }

    private async Task<ClientEvidence> LogInAsync(ClientEvidence client, CancellationToken token)
    {
        bool isHopeless = client.IsDone || client.Used.Servers.Count == 1 && _seen.Servers.Any(server => server.Definition == client.Target && server.Container is not { Runs: true });
        return isHopeless ? client : await TryServersAsync(client, token).ConfigureAwait(false);
    }

    private async Task<ClientEvidence> TryServersAsync(ClientEvidence client, CancellationToken token)
    {
        ClientEvidence last = client;
        if (client.Used.Text?.Meant is { Password: { } password } meant)
        {
            DatabaseLogin written = client.Tried with { Password = password, Database = meant.Database ?? client.Tried.User };
            return client with { Tried = written, Login = await TryAsync(client, written, token).ConfigureAwait(false) };
        }

        foreach (ServerAddress server in client.Used.Servers.Where(server => !server.IsSocket))
        {
            DatabaseLogin login = Login(client.Used, server, client.Container?.User);
            LoginReport report = await TryAsync(client, login, token).ConfigureAwait(false);
            ServiceDefinition? target = TargetOf(client.Definition, server);
            last = client with { Tried = login, Login = report, Target = target, TargetContainer = target is null ? null : _evidence.GetValueOrDefault(target.Name) };
            bool isOther = report.Session is { InRecovery: true } && client.Used.TargetSession is "read-write" or "primary" or "master";
            if (!isOther && !report.LeadsOn)
            {
                break;
            }
        }

        return last;
    }

    private async Task<LoginReport> TryAsync(ClientEvidence client, DatabaseLogin login, CancellationToken token)
    {
        // Some tools read a port in a name; a client library looks up the whole text.
        if (login.Host.Contains(':', StringComparison.Ordinal) && !IPAddress.TryParse(login.Host, out _))
        {
            return new LoginReport { Fault = LoginFault.NameUnknown, FailedStep = LoginStep.Tcp };
        }

        string? image = await HelperImageAsync(client.Definition, token).ConfigureAwait(false);
        ClientNetwork network;
        lock (_networks)
        {
            if (!_networks.TryGetValue(client.Service, out network!))
            {
                _networks[client.Service] = network = new ClientNetwork(EngineOf(client.Definition), project, client.Definition, _details.GetValueOrDefault(client.Service), _details, image);
            }
        }

        TimeSpan share = _time.ForLogin();
        if (network.FromClient(login.Host, login.Port, LoginProbe.ConnectSeconds(share)) is { } own)
        {
            await using (own)
            {
                LoginReport report = await LoginProbe.RunAsync(own, login, share, _stop).ConfigureAwait(false);
                if (report.Fault != LoginFault.NoTool)
                {
                    return report;
                }
            }
        }

        try
        {
            if (!await network.StartBesideAsync(token).WaitAsync(_time.ForHelper(), token).ConfigureAwait(false))
            {
                return new LoginReport { Fault = LoginFault.NoTool };
            }
        }
        catch (TimeoutException)
        {
            return new LoginReport { Fault = LoginFault.NotTriedInTime };
        }

        share = _time.ForLogin();
        await using ContainerTunnel beside = network.FromBeside(login.Host, login.Port, LoginProbe.ConnectSeconds(share));
        return await LoginProbe.RunAsync(beside, login, share, _stop).ConfigureAwait(false);
    }

    private async Task<AppEvidence> AskAsync(AppEvidence app, CancellationToken token)
    {
        if (app.Container is not { Runs: true } || !_containers.TryGetValue(app.Service, out ObservedContainer? container) || RoutesOf(app.Definition).Published(container.Summary) is not { } port)
        {
            return app;
        }

        return app with { Target = port.Target, Answer = await ApiProbe.AskAsync(port.Host, port.Port, _time.ForAnswer(), token).ConfigureAwait(false) };
    }

    private async Task<ServerEvidence> MeasureAsync(ServerEvidence server, bool isAlone, CancellationToken token)
    {
        if (server.Container is not { Runs: true } container)
        {
            return server;
        }

        Task<long?> disk = FreeAsync(EngineOf(server.Definition), container.Name, token);
        LoginReport own = isAlone ? await OwnLoginAsync(server, _time.ForLogin()).ConfigureAwait(false) : server.OwnLogin;
        return server with { DiskFree = await disk.ConfigureAwait(false), OwnLogin = own };
    }

    // The disk is one fact of many: a container that is slow to tell must not take the time of the rest.
    private async Task<long?> FreeAsync(IEngine engine, string container, CancellationToken token)
    {
        using var limit = new Deadline(_time.ForLogin(), token);
        try
        {
            return await DiskProbe.FreeAsync(engine, container, limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (limit.Expired)
        {
            return null;
        }
    }

    private async Task<LoginReport> OwnLoginAsync(ServerEvidence server, TimeSpan share)
    {
        await using ContainerTunnel route = RoutesOf(server.Definition).Through(server.Container!.Name, DatabaseRoutes.AddressOf(_containers[server.Service]), server.Own.Port, LoginProbe.ConnectSeconds(share));
        return await LoginProbe.RunAsync(route, server.Own, share, _stop).ConfigureAwait(false);
    }
}
