using ComposeLab.Compose.Model;
using ComposeLab.Database;
using ComposeLab.Engine;
using ComposeLab.Engines;
using ComposeLab.Projects;

namespace ComposeLab.Stacks;

/// <summary>Explains why a service failed. Each diagnosis supports certain images and is registered in <see cref="ServiceDiagnoses"/>.</summary>
internal interface IServiceDiagnosis
{
    /// <summary>Whether the diagnosis supports a service, because of its image or because it uses such a service.</summary>
    /// <param name="selection">How the user selected the project.</param>
    /// <param name="project">The project.</param>
    /// <param name="service">The service's name.</param>
    /// <returns>True if it does.</returns>
    bool Understands(ProjectSelection selection, ComposeProject project, string service);

    /// <summary>Finds out why a service failed.</summary>
    /// <param name="session">The engine.</param>
    /// <param name="selection">How the user selected the project.</param>
    /// <param name="project">The project.</param>
    /// <param name="service">The service that failed.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>The cause; null if it adds nothing to the failure itself.</returns>
    Task<ServiceCause?> ExplainAsync(EngineSession session, ProjectSelection selection, ComposeProject project, string service, CancellationToken token);
}

/// <summary>Why a service failed.</summary>
/// <param name="Text">The cause, in a sentence or two.</param>
/// <param name="Recommendation">How to fix it.</param>
internal sealed record ServiceCause(string Text, string Recommendation);

/// <summary>The diagnoses of this module. They explain failures of generic commands.</summary>
internal static class ServiceDiagnoses
{
    private static readonly IReadOnlyList<IServiceDiagnosis> Registered = [new FailedStart()];

    /// <summary>Adds the cause to an error of a project, if a diagnosis supports the failed service.</summary>
    /// <param name="fault">The error.</param>
    /// <param name="session">The engine.</param>
    /// <param name="selection">How the user selected the project.</param>
    /// <param name="project">The project.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>The error with the cause in its message, or the unchanged error.</returns>
    public static async Task<EngineException> ExplainAsync(
        EngineException fault, EngineSession session, ProjectSelection selection, ComposeProject project, CancellationToken token)
    {
        if (fault.Service is not { } service || fault.Id is not (EngineErrorId.ServiceUnhealthy or EngineErrorId.ServiceExited or EngineErrorId.TimedOut))
        {
            return fault;
        }

        foreach (IServiceDiagnosis diagnosis in Registered.Where(diagnosis => diagnosis.Understands(selection, project, service)))
        {
            if (await CauseAsync(diagnosis, session, selection, project, service, token).ConfigureAwait(false) is { } cause)
            {
                return new EngineException(fault.Id, $"{fault.Message}\n  {cause.Text}", cause.Recommendation, fault)
                {
                    Service = fault.Service,
                    Evidence = fault.Evidence,
                };
            }
        }

        return fault;
    }

    /// <summary>Adds the cause to an error of a stack that was found by its name.</summary>
    /// <param name="fault">The error.</param>
    /// <param name="session">The engine.</param>
    /// <param name="selection">How the user selected the stack.</param>
    /// <param name="target">The stack.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>Like for a project; the unchanged error if the stack's files cannot be read.</returns>
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

    private static async Task<ServiceCause?> CauseAsync(
        IServiceDiagnosis diagnosis, EngineSession session, ProjectSelection selection, ComposeProject project, string service, CancellationToken token)
    {
        try
        {
            return await diagnosis.ExplainAsync(session, selection, project, service, token).ConfigureAwait(false);
        }
        catch (EngineException)
        {
            // The engine is no longer available. The original error explains more than that.
            return null;
        }
    }
}
