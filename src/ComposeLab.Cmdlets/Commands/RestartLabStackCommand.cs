using System.Management.Automation;
using ComposeLab.Engine;
using ComposeLab.Engine.Planning;
using ComposeLab.Engines;
using ComposeLab.Pipeline;
using ComposeLab.Stacks;

namespace ComposeLab.Commands;

/// <summary>
/// <para type="synopsis">Stops the containers of a stack and starts them again.</para>
/// <para type="description">The same containers stop, dependents first, and start again in the order of their dependencies, each when those it depends on are ready.
/// With -Service, those that asked to be restarted with them follow. Changes in the files are not taken up: Start-LabStack does that. The stack is found by its
/// name, as with Stop-LabStack.</para>
/// </summary>
/// <example>
/// <summary><para>Restarts the bundled lab's API and waits until it is healthy.</para></summary>
/// <code run="true">Restart-LabStack api</code>
/// </example>
/// <example>
/// <summary><para>Restarts what is unhealthy, on the whole engine.</para></summary>
/// <code>Get-LabStack | Get-LabService | Where-Object Health -EQ Unhealthy | Restart-LabStack</code>
/// </example>
[Cmdlet(VerbsLifecycle.Restart, "LabStack", DefaultParameterSetName = "Path", SupportsShouldProcess = true)]
[OutputType(typeof(LabService), typeof(LabOperation))]
public sealed class RestartLabStackCommand : LabStackCmdlet
{
    /// <summary><para type="description">Returns as soon as everything is started, without waiting for health.</para></summary>
    [Parameter]
    public SwitchParameter NoWait { get; set; }

    /// <summary><para type="description">Leaves health to the engine's own probes.</para></summary>
    [Parameter]
    public SwitchParameter NoProbe { get; set; }

    /// <summary><para type="description">How long one service may take to become ready, in seconds. Default: 300.</para></summary>
    [Parameter]
    [ValidateRange(1, 86400)]
    public int TimeoutSec { get; set; } = 300;

    /// <summary><para type="description">Writes each service as it becomes ready; with -NoWait, as it is when all are started.</para></summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override string Verb => "Restart";

    private protected override Task<StackPlan> PlanAsync(StackEngine stacks, StackTarget target, CancellationToken token) =>
        stacks.PlanRestartAsync(
            target.ProjectName,
            target.Project,
            new RestartOptions
            {
                Services = Service,
                NoWait = NoWait,
                NoProbe = NoProbe,
                ReadyLimit = TimeSpan.FromSeconds(TimeoutSec),
                HooksOf = target.HooksOf,
            },
            token);

    private protected override async Task CarryOutAsync(EngineSession session, StackPlan plan, string caption, IPipelineOutput output, CancellationToken token)
    {
        HashSet<string> written = await PlanRun.CarryOutAsync(session, plan, caption, output, PassThru, token).ConfigureAwait(false);
        if (PassThru && NoWait)
        {
            HashSet<ResourceId> started = [.. plan.Operations.Where(operation => operation.Kind == OperationKind.StartContainer).Select(operation => operation.Resource)];
            await StackServices.WriteAsync(
                session,
                plan.ProjectName,
                container => started.Contains(ResourceId.Container(container.Name)) && !written.Contains(container.Id),
                output,
                token).ConfigureAwait(false);
        }
    }
}
