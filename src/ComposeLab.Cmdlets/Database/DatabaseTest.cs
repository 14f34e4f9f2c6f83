using System.Diagnostics;
using ComposeLab.Compose.Databases;
using ComposeLab.Compose.Model;
using ComposeLab.Compose.Secrets;
using ComposeLab.Database.Diagnosis;
using ComposeLab.Database.Logins;
using ComposeLab.Engines;
using ComposeLab.Errors;
using ComposeLab.Projects;

namespace ComposeLab.Database;

/// <summary>Tests the databases of a project: observes every login, finds the cause, and lists the checks.</summary>
internal sealed class DatabaseTest
{
    private static readonly TimeSpan LongestLook = TimeSpan.FromSeconds(2.5);
    private static readonly TimeSpan LookPause = TimeSpan.FromMilliseconds(250);

    private readonly ProjectSelection _selection;
    private readonly ComposeProject _project;
    private readonly ProjectDatabases _databases;
    private readonly IReadOnlyList<ServiceDefinition> _servers;
    private readonly IReadOnlyList<ServiceDefinition> _apps;

    private DatabaseTest(
        ProjectSelection selection, ComposeProject project, ProjectDatabases databases, IReadOnlyList<ServiceDefinition> servers, IReadOnlyList<ServiceDefinition> apps)
    {
        _selection = selection;
        _project = project;
        _databases = databases;
        _servers = servers;
        _apps = apps;
    }

    /// <summary>Prepares a test.</summary>
    /// <param name="selection">How the user selected the project.</param>
    /// <param name="project">The project.</param>
    /// <param name="service">The database service; null for all.</param>
    /// <param name="api">The service that uses it; null for all.</param>
    /// <returns>The test.</returns>
    /// <exception cref="LabException">ServiceNotFound.</exception>
    public static DatabaseTest Of(ProjectSelection selection, ComposeProject project, string? service, string? api)
    {
        ProjectDatabases databases = DatabaseServices.Of(project);
        IReadOnlyList<ServiceDefinition> servers = service is null ? databases.Servers : [DatabaseServices.Named(project, service)];
        ServiceDefinition[] others = api is not null
            ? [DatabaseServices.Named(project, api)]
            : [.. project.Services.Values.Where(other => !servers.Contains(other) && !databases.Servers.Contains(other) && (service is null || MayUse(databases, other, servers[0])))];
        return servers.Count > 0 || others.Any(other => databases.ClientsOf(other).Logins.Count > 0)
            ? new DatabaseTest(selection, project, databases, servers, others)
            : throw DatabaseServices.Unknown(project, "a service that runs PostgreSQL or logs in to it");
    }

    /// <summary>Whether a service is a database or uses one.</summary>
    /// <param name="service">The service.</param>
    /// <returns>True if the test can check it.</returns>
    public bool Concerns(string service) => _servers.Any(server => server.Name == service) || _apps.Any(app => app.Name == service && _databases.ClientsOf(app).Logins.Count > 0);

    /// <summary>Runs the test.</summary>
    /// <param name="limit">The time limit.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>The result.</returns>
    public Task<LabDbTestResult> RunAsync(TimeSpan limit, CancellationToken token) =>
        RunAsync(limit, left => Observer().ObserveAsync(_selection, left, token), token);

    /// <summary>Runs the test with an open engine session.</summary>
    /// <param name="session">The engine.</param>
    /// <param name="limit">The time limit.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>The result.</returns>
    public Task<LabDbTestResult> RunAsync(EngineSession session, TimeSpan limit, CancellationToken token) =>
        RunAsync(limit, left => Observer().ObserveAsync(session, left, token), token);

    // A server that is almost ready is tested a little longer: the result then says more than "starting".
    private async Task<LabDbTestResult> RunAsync(TimeSpan limit, Func<TimeSpan, Task<DatabaseEvidence>> look, CancellationToken token)
    {
        long started = Stopwatch.GetTimestamp();
        TimeSpan patience = limit * 0.2 < LongestLook ? limit * 0.2 : LongestLook;
        DatabaseEvidence seen = await look(limit).ConfigureAwait(false);
        LabDbTestResult result = Result(seen, Stopwatch.GetElapsedTime(started));
        while (result.Cause is LabDbCause.InitRunning or LabDbCause.DatabaseStarting && Stopwatch.GetElapsedTime(started) < patience)
        {
            await Task.Delay(LookPause, token).ConfigureAwait(false);
            seen = await look(limit - Stopwatch.GetElapsedTime(started)).ConfigureAwait(false);
            result = Result(seen, Stopwatch.GetElapsedTime(started));
        }

        return result;
    }

    private static bool MayUse(ProjectDatabases databases, ServiceDefinition other, ServiceDefinition server)
    {
        IReadOnlyList<ClientLogin> logins = databases.ClientsOf(other).Logins;
        return logins.Count == 0 || logins.Any(login => databases.Named(other, login.Server.Host) is not { } target || target == server || !databases.Servers.Contains(target));
    }

    // The server and the application may quote values they received.
    private static string Mask(DatabaseEvidence seen, string text)
    {
        IEnumerable<string?> secrets = [.. seen.Servers.Select(server => server.Own.Password), .. seen.Clients.SelectMany(client => new[] { client.Used.Password, client.Used.Text?.WrittenPassword, client.Used.Text?.Meant?.Password })];
        HashSet<string> names = [.. seen.Project.Services.Keys, "postgres", .. seen.Clients.SelectMany(client => new[] { client.Tried.User, client.Tried.Database, client.Tried.Host })];
        foreach (string secret in secrets.OfType<string>().Where(secret => secret.Length >= 6 && !names.Contains(secret)).Distinct(StringComparer.Ordinal))
        {
            text = text.Replace(secret, SecretMask.Masked, StringComparison.Ordinal);
        }

        return text;
    }

    private DatabaseObserver Observer() => new(_project, _databases, _servers, _apps);

    private LabDbTestResult Result(DatabaseEvidence seen, TimeSpan duration)
    {
        DiagnosedCause finding = DatabaseDiagnosis.Of(seen, _selection);
        ClientEvidence? client = finding.Client ?? (finding.Server is { } of ? seen.Clients.FirstOrDefault(other => seen.ServerOf(other) == of) : null) ?? seen.Clients.FirstOrDefault();
        ServerEvidence? server = finding.Server ?? (client is null ? null : seen.ServerOf(client)) ?? (client is null || client.Target is not null ? seen.Servers.FirstOrDefault() : null);
        return new LabDbTestResult
        {
            ProjectName = _project.Name,
            Service = server?.Service ?? (client is null || client.Target is not null ? _servers.FirstOrDefault()?.Name : null),
            Api = client?.Service ?? _apps.FirstOrDefault()?.Name,
            Variable = client?.Used.Variable,
            Cause = finding.Cause,
            Message = Mask(seen, SecretMask.Standard.MaskText(finding.Message)),
            Recommendation = finding.Recommendation,
            Duration = duration,
            Checks = [.. new CheckList(seen, server, client, text => Mask(seen, text)).Make()],
        };
    }
}
