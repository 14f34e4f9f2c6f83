using ComposeLab.Compose.Model;
using ComposeLab.Engine;
using ComposeLab.Engines;
using ComposeLab.Errors;
using ComposeLab.Projects;
using ComposeLab.Stacks;

namespace ComposeLab.Database;

/// <summary>Explains a start that failed at a database or at a service that uses one.</summary>
internal static class FailedStart
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(8);

    // What the failed wait has said already, and with more evidence.
    private static readonly LabDbCause[] NothingNew =
    [
        LabDbCause.None, LabDbCause.EngineUnreachable, LabDbCause.NotStarted, LabDbCause.DatabaseStarting, LabDbCause.DatabaseUnhealthy,
        LabDbCause.ApiStopped, LabDbCause.ApiUnhealthy, LabDbCause.ApiUnreachable, LabDbCause.Unknown, LabDbCause.ClientNotUnderstood,
    ];

    /// <summary>Adds the cause to an error, where the diagnosis finds one that the error does not tell.</summary>
    /// <param name="fault">The error.</param>
    /// <param name="session">The engine.</param>
    /// <param name="selection">How the user selected the project.</param>
    /// <param name="project">The project.</param>
    /// <param name="token">Ends the look early.</param>
    /// <returns>The error with the cause in its message and the remedy as its recommendation, or the error as it was.</returns>
    public static async Task<EngineException> ExplainAsync(
        EngineException fault, EngineSession session, ProjectSelection selection, ComposeProject project, CancellationToken token)
    {
        if (fault.Service is null || fault.Id is not (EngineErrorId.ServiceUnhealthy or EngineErrorId.ServiceExited) || Test(selection, project, fault.Service) is not { } test)
        {
            return fault;
        }

        LabDbTestResult result;
        try
        {
            result = await test.RunAsync(session.Engine, Limit, token).ConfigureAwait(false);
        }
        catch (EngineException)
        {
            // The engine has gone meanwhile: the error that led here says more than that.
            return fault;
        }

        return NothingNew.Contains(result.Cause)
            ? fault
            : new EngineException(fault.Id, $"{fault.Message}\n  {result.Cause}: {result.Message}", result.Recommendation, fault)
            {
                Service = fault.Service,
                Evidence = fault.Evidence,
            };
    }

    /// <summary>Adds the cause to an error of a stack that was found by its name.</summary>
    /// <param name="fault">The error.</param>
    /// <param name="session">The engine.</param>
    /// <param name="selection">How the user selected the stack.</param>
    /// <param name="target">The stack.</param>
    /// <param name="token">Ends the look early.</param>
    /// <returns>As for a project; the error as it was where the stack's files cannot be read.</returns>
    public static async Task<EngineException> ExplainAsync(
        EngineException fault, EngineSession session, ProjectSelection selection, StackTarget target, CancellationToken token)
    {
        if (fault.Service is null)
        {
            return fault;
        }

        ComposeProject? project = target.Project ?? await StartedProject.ReadAsync(session.Stacks, target.ProjectName, selection, token).ConfigureAwait(false);
        return project is null ? fault : await ExplainAsync(fault, session, selection, project, token).ConfigureAwait(false);
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
