using System.Management.Automation;
using ComposeLab.Engine.Planning;
using ComposeLab.Plans;
using ComposeLab.Stacks;
using ComposeLab.Swarm;

namespace ComposeLab.Commands;

/// <summary>
/// <para type="synopsis">Stops the containers of a stack and starts them again.</para>
/// <para type="description">Stops the containers, dependents first, and starts the same containers again in dependency order, each when the services it depends on
/// are ready. With -Service, services that depend on it with restart: true are restarted too. To apply changes in the files, use Start-LabStack. The stack is found
/// by its name, like with Stop-LabStack.</para>
/// </summary>
/// <example>
/// <summary><para>Restarts the bundled lab's API and waits until it is healthy.</para></summary>
/// <code run="true">Restart-LabStack api</code>
/// </example>
/// <example>
/// <summary><para>Restarts every unhealthy service on the engine.</para></summary>
/// <code>Get-LabStack | Get-LabService | Where-Object Health -EQ Unhealthy | Restart-LabStack</code>
/// </example>
[Cmdlet(VerbsLifecycle.Restart, "LabStack", DefaultParameterSetName = "Path", SupportsShouldProcess = true)]
[OutputType(typeof(LabService), typeof(LabRollout))]
public sealed class RestartLabStackCommand : LabStackCmdlet
{
    /// <summary><para type="description">Returns when everything is started, without waiting until services are healthy.</para></summary>
    [Parameter]
    public SwitchParameter NoWait { get; set; }

    /// <summary><para type="description">Relies on Docker's own health checks only.</para></summary>
    [Parameter]
    public SwitchParameter NoProbe { get; set; }

    /// <summary><para type="description">How long one service may take to become ready, in seconds. Default: 300.</para></summary>
    [Parameter]
    [ValidateRange(1, 86400)]
    public int TimeoutSec { get; set; } = 300;

    /// <summary><para type="description">Writes each service when it is ready; with -NoWait, when all are started. By default nothing is written.</para></summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override LabPlanAction Action => LabPlanAction.Restart;

    private protected override PlanIntent Intent() =>
        new() { For = LabPlanAction.Restart, Orchestrator = Orchestrator, Services = Service, NoWait = NoWait, NoProbe = NoProbe, TimeoutSec = TimeoutSec };

    private protected override async Task ExecuteAsync(PlanProgress work, PlanIntent intent, CancellationToken token)
    {
        if (SwarmProgress.IsSwarm(work.Plan))
        {
            await SwarmProgress.RunAsync(work, PassThru, token, onlyChanged: true).ConfigureAwait(false);
            return;
        }

        HashSet<string> written = await work.RunAsync(PassThru, token).ConfigureAwait(false);
        if (PassThru && intent.NoWait)
        {
            HashSet<ResourceId> started = [.. work.Plan.Operations.OfType<StartContainerOperation>().Select(operation => operation.Resource)];
            await StackServices.WriteAsync(
                work.Session,
                work.Plan.ProjectName,
                container => started.Contains(ResourceId.Container(container.Name)) && !written.Contains(container.Id),
                work.Output,
                token).ConfigureAwait(false);
        }
    }
}
