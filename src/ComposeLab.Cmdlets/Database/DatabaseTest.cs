using System.Diagnostics;
using ComposeLab.Compose.Model;
using ComposeLab.Compose.Secrets;
using ComposeLab.Database.Diagnosis;
using ComposeLab.Database.Logins;
using ComposeLab.Engine.Docker;
using ComposeLab.Errors;
using ComposeLab.Projects;

namespace ComposeLab.Database;

/// <summary>Tests a database: looks, names the cause, and lists the checks.</summary>
/// <param name="selection">How the user selected the project.</param>
/// <param name="project">The project.</param>
/// <param name="database">The database's service.</param>
/// <param name="api">The service that uses it; null when there is none.</param>
internal sealed class DatabaseTest(ProjectSelection selection, ComposeProject project, ServiceDefinition database, ServiceDefinition? api)
{
    /// <summary>Prepares a test.</summary>
    /// <param name="selection">How the user selected the project.</param>
    /// <param name="project">The project.</param>
    /// <param name="service">The database's service; null to find it.</param>
    /// <param name="api">The service that uses it; null to find it.</param>
    /// <returns>The test.</returns>
    /// <exception cref="LabException">ServiceNotFound.</exception>
    public static DatabaseTest Of(ProjectSelection selection, ComposeProject project, string? service, string? api)
    {
        ServiceDefinition database = DatabaseServices.Database(project, service);
        return new DatabaseTest(selection, project, database, DatabaseServices.Api(project, database, api));
    }

    /// <summary>Whether a service is the database or the one that uses it.</summary>
    /// <param name="service">The service.</param>
    /// <returns>True when the test tells something about it.</returns>
    public bool Concerns(string service) => service == database.Name || service == api?.Name;

    /// <summary>Runs the test.</summary>
    /// <param name="limit">The longest it may take.</param>
    /// <param name="token">Ends it early.</param>
    /// <returns>The result.</returns>
    public async Task<LabDbTestResult> RunAsync(TimeSpan limit, CancellationToken token)
    {
        long started = Stopwatch.GetTimestamp();
        DatabaseEvidence seen = await new DatabaseObserver(project, database, api).ObserveAsync(selection.Environment, limit, token).ConfigureAwait(false);
        return Result(seen, Stopwatch.GetElapsedTime(started));
    }

    /// <summary>Runs the test on an engine that is open already.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="limit">The longest it may take.</param>
    /// <param name="token">Ends it early.</param>
    /// <returns>The result.</returns>
    public async Task<LabDbTestResult> RunAsync(IEngine engine, TimeSpan limit, CancellationToken token)
    {
        long started = Stopwatch.GetTimestamp();
        DatabaseEvidence seen = await new DatabaseObserver(project, database, api).ObserveAsync(engine, limit, token).ConfigureAwait(false);
        return Result(seen, Stopwatch.GetElapsedTime(started));
    }

    private LabDbTestResult Result(DatabaseEvidence seen, TimeSpan duration)
    {
        Finding finding = DatabaseDiagnosis.Of(seen, selection);
        return new LabDbTestResult
        {
            ProjectName = project.Name,
            Service = database.Name,
            Api = api?.Name,
            Cause = finding.Cause,
            Message = SecretMask.Standard.MaskText(finding.Message),
            Recommendation = finding.Recommendation,
            Duration = duration,
            Checks = new CheckList(seen).Make(),
        };
    }
}
