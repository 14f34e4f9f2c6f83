using System.Management.Automation;
using ComposeLab.Completion;
using ComposeLab.Engine;
using ComposeLab.Engine.Execution;
using ComposeLab.Engine.Planning;
using ComposeLab.Engines;
using ComposeLab.Errors;
using ComposeLab.Pipeline;
using ComposeLab.Plans;
using ComposeLab.Stacks;

namespace ComposeLab.Commands;

/// <summary>
/// <para type="synopsis">Waits until a stack is ready, or until its containers exit.</para>
/// <para type="description">Writes each service when it is ready: running, and healthy if it has a healthcheck. If a service exits or becomes unhealthy, the wait
/// fails immediately. The error contains the last probe results, the exit code and the end of the log. Nothing is changed.</para>
/// <para type="description">With -For Exit, it writes each container when it has exited, and returns when all of them have. $LASTEXITCODE contains the exit code of
/// the last one.</para>
/// </summary>
/// <example>
/// <summary><para>Starts without waiting, does something else, then waits.</para></summary>
/// <code run="true">Start-LabStack -Profile Dev -NoWait; Wait-LabStack</code>
/// </example>
/// <example>
/// <summary><para>Waits up to a minute for one service of a stack created by docker compose.</para></summary>
/// <code>Wait-LabStack web -ProjectName shop -TimeoutSec 60</code>
/// </example>
/// <example>
/// <summary><para>Waits for the end of a job, then removes the stack.</para></summary>
/// <code>Wait-LabStack import -ProjectName shop -For Exit -RemoveAfter; exit $LASTEXITCODE</code>
/// </example>
[Cmdlet(VerbsLifecycle.Wait, "LabStack", DefaultParameterSetName = "Path", SupportsShouldProcess = true)]
[OutputType(typeof(LabService))]
public sealed class WaitLabStackCommand : LabEngineCmdlet
{
    private const int DefaultLimit = 300;

    /// <summary><para type="description">The services to wait for. Default: all.</para></summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ServiceCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Service { get; set; } = [];

    /// <summary><para type="description">What to wait for. Ready: running, and healthy if there is a healthcheck. Exit: the end of the containers. Default:
    /// Ready.</para></summary>
    [Parameter]
    [OneValue]
    public LabWaitFor For { get; set; }

    /// <summary><para type="description">With -For Exit: removes the stack afterwards, with its networks. Volumes are kept.</para></summary>
    [Parameter]
    public SwitchParameter RemoveAfter { get; set; }

    /// <summary><para type="description">Relies on Docker's own health checks only.</para></summary>
    [Parameter]
    public SwitchParameter NoProbe { get; set; }

    /// <summary><para type="description">How long the stack may take, in seconds. Default: 300, and no limit with -For Exit.</para></summary>
    [Parameter]
    [ValidateRange(1, 86400)]
    public int? TimeoutSec { get; set; }

    /// <inheritdoc/>
    protected override void Prepare()
    {
        base.Prepare();
        if (RemoveAfter && For != LabWaitFor.Exit)
        {
            throw new LabException(LabErrorId.ParameterConflict, "-RemoveAfter can be used only with -For Exit.", "Add -For Exit, or omit -RemoveAfter");
        }
    }

    /// <inheritdoc/>
    protected override async Task RunAsync(IPipelineOutput output, CancellationToken token)
    {
        StackTarget target = StackTarget.Of(Selection, () => LoadProject(output, token), token);
        using EngineSession session = await EngineSession.OpenAsync(Selection, token).ConfigureAwait(false);
        await target.CheckServicesAsync(Service, session.Stacks, token).ConfigureAwait(false);
        if (For == LabWaitFor.Exit)
        {
            await WaitForExitAsync(target, session, output, token).ConfigureAwait(false);
            return;
        }

        var limit = TimeSpan.FromSeconds(TimeoutSec ?? DefaultLimit);
        StackPlan plan = await session.Stacks.PlanWaitAsync(
            target.ProjectName, target.Project, new WaitOptions { Services = Service, NoProbe = NoProbe, ReadyLimit = limit }, token).ConfigureAwait(false);
        try
        {
            await new PlanProgress(session, plan, null, $"Wait for {target.ProjectName}", output).RunAsync(write: true, token).ConfigureAwait(false);
        }
        catch (EngineException fault)
        {
            throw await ServiceDiagnoses.ExplainAsync(fault, session, Selection, target, token).ConfigureAwait(false);
        }
    }

    private async Task WaitForExitAsync(StackTarget target, EngineSession session, IPipelineOutput output, CancellationToken token)
    {
        string project = target.ProjectName;
        IReadOnlyList<ObservedContainer> containers = await session.Stacks.ListServicesAsync(project, token).ConfigureAwait(false);
        if (!containers.Any(container => Service.Length == 0 || Service.Contains(container.Service, StringComparer.Ordinal)))
        {
            throw new EngineException(EngineErrorId.StackNotRunning, $"Stack '{project}' has no containers to wait for.", "Start it") { Remedies = [Remedy.StartStack()] };
        }

        if (RemoveAfter && !await output.ShouldProcessAsync(
            $"{project}: wait for the exit of its containers, then remove the stack", $"Remove the stack '{project}' when its containers have exited?", "Wait and remove").ConfigureAwait(false))
        {
            return;
        }

        using var deadline = new Deadline(TimeoutSec is { } seconds ? TimeSpan.FromSeconds(seconds) : Timeout.InfiniteTimeSpan, token);
        try
        {
            await foreach (ObservedContainer exited in new StackExits(session.Engine, project, Service).ReadAsync(deadline.Token).ConfigureAwait(false))
            {
                output.ExitCode(exited.Summary.ExitCode ?? 0);
                foreach (LabService service in await ServiceObjects.OfAsync(session.Engine, [exited], token).ConfigureAwait(false))
                {
                    await output.WriteAsync(service).ConfigureAwait(false);
                }
            }
        }
        catch (OperationCanceledException) when (deadline.Expired)
        {
            throw new LabException(LabErrorId.TimedOut, $"Containers of stack '{project}' are still running after {TimeoutSec} s.", "Raise -TimeoutSec", project);
        }

        if (RemoveAfter)
        {
            StackPlan plan = await session.Stacks.PlanRemoveAsync(project, target.Project, new RemoveOptions { RemoveOrphans = true }, token).ConfigureAwait(false);
            await new PlanProgress(session, plan, null, $"Remove {project}", output).RunAsync(write: false, token).ConfigureAwait(false);
        }
    }
}
