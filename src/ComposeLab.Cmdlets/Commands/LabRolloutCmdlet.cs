using System.Management.Automation;
using ComposeLab.Plans;
using ComposeLab.Swarm;

namespace ComposeLab.Commands;

/// <summary>The base class of the cmdlets that change the services of a swarm stack and write each when it has converged.</summary>
public abstract class LabRolloutCmdlet : LabPlanCmdlet
{
    /// <summary><para type="description">Returns when all changes are made, without waiting until the services have converged. A deployment still waits for the
    /// depends_on conditions between services.</para></summary>
    [Parameter]
    public SwitchParameter NoWait { get; set; }

    /// <summary><para type="description">How long one service may take to converge, in seconds. Default: 300.</para></summary>
    [Parameter]
    [ValidateRange(1, 86400)]
    public int TimeoutSec { get; set; } = 300;

    private protected sealed override Task ExecuteAsync(PlanProgress work, PlanIntent intent, CancellationToken token) =>
        SwarmProgress.RunAsync(work, write: true, token, onlyChanged: Action == LabPlanAction.Undo);
}
