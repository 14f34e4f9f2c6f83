using System.Management.Automation;
using ComposeLab.Completion;
using ComposeLab.Engine;
using ComposeLab.Engine.Planning;
using ComposeLab.Engines;
using ComposeLab.Pipeline;
using ComposeLab.Plans;
using ComposeLab.Stacks;

namespace ComposeLab.Commands;

/// <summary>
/// <para type="synopsis">Waits until a stack is ready.</para>
/// <para type="description">Writes each service when it is ready: running, and healthy if it has a healthcheck. If a service exits or becomes unhealthy, the wait
/// fails immediately. The error contains the last probe results, the exit code and the end of the log. Nothing is changed.</para>
/// </summary>
/// <example>
/// <summary><para>Starts without waiting, does something else, then waits.</para></summary>
/// <code run="true">Start-LabStack -Profile Dev -NoWait; Wait-LabStack</code>
/// </example>
/// <example>
/// <summary><para>Waits up to a minute for one service of a stack created by docker compose.</para></summary>
/// <code>Wait-LabStack web -ProjectName shop -TimeoutSec 60</code>
/// </example>
[Cmdlet(VerbsLifecycle.Wait, "LabStack", DefaultParameterSetName = "Path")]
[OutputType(typeof(LabService))]
public sealed class WaitLabStackCommand : LabProjectCmdlet
{
    /// <summary><para type="description">The services to wait for. Default: all.</para></summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ServiceCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Service { get; set; } = [];

    /// <summary><para type="description">Relies on Docker's own health checks only.</para></summary>
    [Parameter]
    public SwitchParameter NoProbe { get; set; }

    /// <summary><para type="description">How long the stack may take, in seconds. Default: 300.</para></summary>
    [Parameter]
    [ValidateRange(1, 86400)]
    public int TimeoutSec { get; set; } = 300;

    /// <inheritdoc/>
    protected override async Task RunAsync(IPipelineOutput output, CancellationToken token)
    {
        StackTarget target = StackTarget.Of(Selection, () => LoadProject(output, token), token);
        using EngineSession session = await EngineSession.OpenAsync(Selection.Environment, token).ConfigureAwait(false);
        await target.CheckServicesAsync(Service, session.Stacks, token).ConfigureAwait(false);
        var limit = TimeSpan.FromSeconds(TimeoutSec);
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
}
