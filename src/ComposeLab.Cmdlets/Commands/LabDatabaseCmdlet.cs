using System.Management.Automation;
using ComposeLab.Completion;
using ComposeLab.Compose.Model;
using ComposeLab.Database.Logins;
using ComposeLab.Engines;
using ComposeLab.Errors;
using ComposeLab.Pipeline;
using ComposeLab.Stacks;

namespace ComposeLab.Commands;

/// <summary>The base class of the cmdlets that back up, restore or update a database: one service on one engine, with an optional time limit.</summary>
public abstract class LabDatabaseCmdlet : LabEngineCmdlet
{
    /// <summary><para type="description">The database service. Default: the service that runs PostgreSQL.</para></summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ServiceCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Service { get; set; }

    /// <summary><para type="description">The time limit, in seconds. Default: no limit but Ctrl-C.</para></summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue / 1000)]
    public int? TimeoutSec { get; set; }

    /// <inheritdoc/>
    private protected sealed override bool NeedsOneEngine => true;

    /// <summary>What the time limit left behind, as a sentence without a subject.</summary>
    private protected abstract string AfterTimeout { get; }

    /// <inheritdoc/>
    protected sealed override async Task RunAsync(IPipelineOutput output, CancellationToken token)
    {
        Check(token);
        ComposeProject project = LoadProject(output, token);
        ServiceDefinition service = DatabaseServices.Database(project, Service);
        using var deadline = new Deadline(TimeoutSec is { } seconds ? TimeSpan.FromSeconds(seconds) : Timeout.InfiniteTimeSpan, token);
        try
        {
            using EngineSession selected = await EngineSession.OpenAsync(Selection, deadline.Token).ConfigureAwait(false);
            EngineSession session = await RunningContainer.SessionOfAsync(selected, project.Name, service.Name, deadline.Token).ConfigureAwait(false);
            await RunAsync(session, project, service, output, deadline.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (deadline.Expired)
        {
            throw new LabException(LabErrorId.TimedOut, $"{MyInvocation.MyCommand.Name} did not finish within {TimeoutSec} s. {AfterTimeout}", "Raise -TimeoutSec", service.Name);
        }
    }

    /// <summary>Checks what the command needs besides the project, before anything else.</summary>
    /// <param name="token">Cancels it.</param>
    private protected virtual void Check(CancellationToken token)
    {
    }

    /// <summary>Does the work.</summary>
    /// <param name="session">The engine of the database.</param>
    /// <param name="project">The project.</param>
    /// <param name="service">The database's service.</param>
    /// <param name="output">The pipeline.</param>
    /// <param name="token">Canceled by the user, and when the time is up.</param>
    /// <returns>Completes with the work.</returns>
    private protected abstract Task RunAsync(EngineSession session, ComposeProject project, ServiceDefinition service, IPipelineOutput output, CancellationToken token);
}
