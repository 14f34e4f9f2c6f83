using ComposeLab.Database.Probing;
using ComposeLab.Engine.Docker;
using ComposeLab.Projects;
using ComposeLab.Swarm;

namespace ComposeLab.Database.Diagnosis;

/// <summary>
/// Finds the cause in the evidence. The order follows the path to the database: a fault near the start explains the faults after it. Pure: it queries nothing and
/// changes nothing.
/// </summary>
internal sealed class DatabaseDiagnosis
{
    // Tables and indexes grow by pages of 8 KiB, and without room for a few of them no write succeeds. The current log segment already has its 16 MiB on the disk,
    // so a server with less free space than another segment still works.
    private const long NeededBytes = 64 * 1024;

    private readonly DatabaseEvidence _seen;
    private readonly CommandText _commands;
    private readonly Remedies _remedies;

    private DatabaseDiagnosis(DatabaseEvidence seen, ProjectSelection selection)
    {
        _seen = seen;
        _commands = new CommandText(selection, seen.Profile);
        _remedies = new Remedies(seen, _commands);
    }

    /// <summary>Creates the diagnosis.</summary>
    /// <param name="seen">The evidence.</param>
    /// <param name="selection">How the user selected the project, for the commands of the recommendation.</param>
    /// <returns>The cause, its explanation and its fix.</returns>
    public static DiagnosedCause Of(DatabaseEvidence seen, ProjectSelection selection)
    {
        DiagnosedCause finding = new DatabaseDiagnosis(seen, selection).Find();
        return seen.NotTested.Count == 0 ? finding : finding with { Message = $"{finding.Message} {NotTested(seen.NotTested)}" };
    }

    /// <summary>Whether the free space is too small for a database to write.</summary>
    /// <param name="free">The free bytes.</param>
    /// <returns>True if the disk counts as full.</returns>
    public static bool IsFull(long free) => free < NeededBytes;

    private DiagnosedCause Find() => OfEngine() ?? OfServers() ?? OfClients() ?? OfUnreadable() ?? OfHealth() ?? OfApps() ?? new DiagnosedCause(LabDbCause.None, Good(), "");

    private static string NotTested(IReadOnlyList<UnreachableTask> tasks)
    {
        IGrouping<string, UnreachableTask>[] nodes = [.. tasks.GroupBy(task => task.Node.Id)];
        string[] services = [.. nodes.Select(node => $"{string.Join(", ", node.Select(task => task.Service))} (node {node.First().Node.Name})")];
        return $"Not tested: {string.Join(", ", services)}, because no docker context leads there. Create one with: {string.Join("; ", nodes.Select(node => NodeEngines.ContextCommand(node.First().Node)))}";
    }

    private DiagnosedCause? OfEngine()
    {
        if (_seen.EngineFault is { } fault)
        {
            return new DiagnosedCause(LabDbCause.EngineUnreachable, fault.Message, fault.Recommendation);
        }

        return _seen.ObservationLatency is null ? TooShort("the containers were inspected") : null;
    }

    private DiagnosedCause TooShort(string what) =>
        new(LabDbCause.Unknown, $"The time limit of {_seen.Limit.TotalSeconds:0.#} s was reached before {what}.", _commands.Of($"Test-LabDb -TimeoutSec {Math.Max(60, (int)_seen.Limit.TotalSeconds * 4)}"));

    private DiagnosedCause? OfServers()
    {
        // A server with clients comes first. A server that was never started and that nothing uses is not a problem.
        foreach (ServerEvidence server in _seen.Servers.OrderBy(server => IsUsed(server) ? 0 : 1))
        {
            if (new ServerDiagnosis(_seen, server, _remedies).Find() is { } finding && (IsUsed(server) || _seen.Servers.Count == 1 || server.Container is not null))
            {
                return finding with { Server = server };
            }
        }

        return null;
    }

    private bool IsUsed(ServerEvidence server) => _seen.Clients.Any(client => _seen.ServerOf(client) == server);

    private DiagnosedCause? OfClients()
    {
        DiagnosedCause[] found = [.. _seen.Clients.Where(client => !client.IsDone).Select(Of).OfType<DiagnosedCause>()];
        if (found.Length == 0)
        {
            return null;
        }

        string[] others = [.. found.Skip(1).Where(other => other.Message != found[0].Message).Select(other => $"{other.Cause} for {other.Client!.Used.Variable} of {other.Client.Service}").Distinct(StringComparer.Ordinal)];
        return others.Length == 0 ? found[0] : found[0] with { Message = $"{found[0].Message} Also: {string.Join(", ", others)}." };
    }

    private DiagnosedCause? Of(ClientEvidence client)
    {
        if (client.Login.Fault is LoginFault.NotTried or LoginFault.NotTriedInTime)
        {
            return _seen.TimedOut || client.Login.Fault == LoginFault.NotTriedInTime
                ? NotTriedInTime(client, _seen.ServerOf(client)) with { Client = client, Server = _seen.ServerOf(client) }
                : client.Used.Servers.All(server => server.IsSocket)
                    ? new DiagnosedCause(
                        LabDbCause.ClientNotUnderstood,
                        $"{_remedies.Places.Describe(client.Definition, client.Used.Variable)} uses the Unix socket in {client.Used.Server.Host}, which cannot be checked from outside the container.",
                        _remedies.ReadLog(client.Service))
                    { Client = client }
                    : null;
        }

        DiagnosedCause? finding = new LoginDiagnosis(_seen, client, _remedies).Find();
        return finding is null ? null : finding with { Client = client, Server = _seen.ServerOf(client) };
    }

    // A server that does not answer at all does not answer the client either. Its answer to its own user proves nothing about the client's login.
    private DiagnosedCause NotTriedInTime(ClientEvidence client, ServerEvidence? server)
    {
        if (server is { OwnLogin.Fault: LoginFault.Silent or LoginFault.Slow or LoginFault.Refused or LoginFault.ConnectionLost or LoginFault.NotReady or LoginFault.TooManyConnections })
        {
            return ServerDiagnosis.OfOwnLogin(server, server.OwnLogin, _remedies);
        }

        DiagnosedCause finding = TooShort($"the login of {client.Service} was tried from where it is");
        string known = server is null ? ""
            : server.OwnLogin.IsGood ? $" {server.Service} answers its own user."
            : server.Container is { Runs: true } container ? $" {server.Service} is running{(container.Health is HealthStatus.Healthy or HealthStatus.Unhealthy ? $" and {(container.Health == HealthStatus.Healthy ? "passes" : "fails")} its health check" : "")}."
            : "";
        return finding with { Message = finding.Message + known };
    }

    // If no login of a client is known, nothing is known about it, and that is not a good result.
    private DiagnosedCause? OfUnreadable()
    {
        if (_seen.Clients.Any(client => !client.IsDone && client.Login.IsGood))
        {
            return null;
        }

        AppEvidence? stopped = _seen.Apps.FirstOrDefault(app => app.Container is { State: ContainerState.Exited or ContainerState.Dead, ExitCode: not 0 } or { State: ContainerState.Restarting } && MayUse(app));
        if (stopped is not null)
        {
            return new AppDiagnosis(_seen, stopped, _remedies).Find();
        }

        if (_seen.Servers.FirstOrDefault() is { OwnLogin: { Fault: not (LoginFault.NotTried or LoginFault.NotTriedInTime or LoginFault.None or LoginFault.NoTool) } own } first && _seen.Clients.Count == 0)
        {
            return ServerDiagnosis.OfOwnLogin(first, own, _remedies) with { Server = first };
        }

        AppEvidence[] may = [.. _seen.Apps.Where(app => MayUse(app) && app.Answer.Kind != ApiAnswerKind.Ok && !app.IsDone)];
        if (may.Length == 0)
        {
            return _seen.Servers.Any(server => server.OwnLogin.IsGood) || _seen.Clients.Any(client => client.IsDone) || _seen.Apps.Any(app => app.Answer.Kind == ApiAnswerKind.Ok)
                ? null
                : _seen.TimedOut ? TooShort("the database was tried") : new DiagnosedCause(LabDbCause.Unknown, "No login could be tried.", _remedies.ReadLog(_seen.Servers.FirstOrDefault()?.Service ?? "db"));
        }

        if (may.FirstOrDefault(app => app.Answer.Kind == ApiAnswerKind.Fault) is { } judged)
        {
            return new AppDiagnosis(_seen, judged, _remedies).Find();
        }

        AppEvidence app = may.OrderBy(other => other.Fragments.Count > 0 ? 0 : 1).First();
        string names = string.Join(", ", may.Select(other => other.Service));
        string seen = app.Fragments.Count > 0
            ? $"{string.Join(", ", app.Fragments)} of {app.Service} belong to a login, but no variable names its server"
            : app.Definition.Environment.Count == 0
                ? $"{app.Service} has no variables"
                : $"none of the variables of {app.Service} ({Some(app.Definition.Environment.Keys)}) contains a connection string or the parts of a login";
        string database = _seen.Servers.FirstOrDefault(server => server.OwnLogin.IsGood) is { } good ? $" {good.Service} itself answers: {good.Own}." : "";
        return new DiagnosedCause(
            LabDbCause.ClientNotUnderstood,
            $"Cannot find out how {names} {(may.Length == 1 ? "logs" : "log")} in to the database: {seen}. The login may be in a file or in the code.{database}",
            $"Check the login in the configuration file, command or code of {app.Service}, or set a DATABASE_URL that Test-LabDb can read.\n"
            + $"Its log: {_remedies.ReadLog(app.Service)}");
    }

    // A proxy or cache next to the database is not a client. A service that depends on it or shares its network may be one.
    private bool MayUse(AppEvidence app) => _seen.Servers.Count == 0 || app.Fragments.Count > 0 || _seen.Servers.Any(server =>
        app.Definition.DependsOn.ContainsKey(server.Service) || Compose.Databases.ProjectDatabases.ShareNetwork(app.Definition, server.Definition));

    private static string Some(IEnumerable<string> names)
    {
        string[] all = [.. names.Order(StringComparer.Ordinal)];
        return all.Length <= 6 ? string.Join(", ", all) : $"{string.Join(", ", all.Take(6))} and {all.Length - 6} more";
    }

    private DiagnosedCause? OfHealth()
    {
        foreach (ServerEvidence server in _seen.Servers)
        {
            if (ServerDiagnosis.OfHealth(server, _remedies) is { } finding)
            {
                return finding with { Server = server };
            }
        }

        return null;
    }

    private DiagnosedCause? OfApps() => _seen.Apps
        .Where(app => _seen.Clients.Any(client => client.Definition == app.Definition))
        .Select(app => new AppDiagnosis(_seen, app, _remedies).Find())
        .FirstOrDefault(finding => finding is not null);

    private string Good()
    {
        ClientEvidence[] good = [.. _seen.Clients.Where(client => client.Login.IsGood)];
        if (good.Length > 0)
        {
            string logins = string.Join(", ", good.Select(client => $"{client.Service} as {client.Tried} ({client.Used.Variable})"));
            double slowest = good.Max(client => client.Login.Latencies.Values.Sum(latency => latency.TotalSeconds));
            return $"The database can be used by {logins}.{(slowest >= 4 ? $" It is slow: a login takes {slowest:0.#} s." : "")}";
        }

        return _seen.Servers.FirstOrDefault(server => server.OwnLogin.IsGood) is { } server
            ? $"{server.Service} is working: {server.Own} answers. No service of the project uses it."
            : _seen.Apps.FirstOrDefault(app => app.Answer.Kind == ApiAnswerKind.Ok) is { } app
                ? $"{app.Service} reports that it can use the database."
                : "The jobs that use the database have completed.";
    }
}
