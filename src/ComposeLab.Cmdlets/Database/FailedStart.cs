using ComposeLab.Compose.Model;
using ComposeLab.Engines;
using ComposeLab.Errors;
using ComposeLab.Projects;
using ComposeLab.Stacks;

namespace ComposeLab.Database;

/// <summary>Explains why a PostgreSQL database, or a service that uses one, failed to start.</summary>
internal sealed class FailedStart : IServiceDiagnosis
{
    // As for Test-LabDb. Only a database that hangs, or a busy machine, needs more than a moment.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);

    // The error of the failed wait already contains these, with more evidence.
    private static readonly LabDbCause[] NothingNew =
    [
        LabDbCause.None, LabDbCause.EngineUnreachable, LabDbCause.NotStarted, LabDbCause.DatabaseStarting, LabDbCause.DatabaseUnhealthy,
        LabDbCause.ApiStopped, LabDbCause.ApiUnhealthy, LabDbCause.ApiUnreachable, LabDbCause.Unknown, LabDbCause.ClientNotUnderstood,
    ];

    /// <inheritdoc/>
    public bool Understands(ProjectSelection selection, ComposeProject project, string service) => Test(selection, project, service) is not null;

    /// <inheritdoc/>
    public async Task<ServiceCause?> ExplainAsync(
        EngineSession session, ProjectSelection selection, ComposeProject project, string service, CancellationToken token)
    {
        if (Test(selection, project, service) is not { } test)
        {
            return null;
        }

        LabDbTestResult result = await test.RunAsync(session, Limit, token).ConfigureAwait(false);
        return NothingNew.Contains(result.Cause) ? null : new ServiceCause($"{result.Cause}: {result.Message}", result.Recommendation);
    }

    private static DatabaseTest? Test(ProjectSelection selection, ComposeProject project, string service)
    {
        try
        {
            DatabaseTest test = DatabaseTest.Of(selection, project, null, null);
            return test.Concerns(service) ? test : null;
        }
        catch (LabException)
        {
            // No database, or more than one: there is nothing to add.
            return null;
        }
    }
}
