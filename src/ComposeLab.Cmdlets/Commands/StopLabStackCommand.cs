using System.Management.Automation;
using ComposeLab.Engine.Planning;
using ComposeLab.Errors;
using ComposeLab.Plans;
using ComposeLab.Stacks;

namespace ComposeLab.Commands;

/// <summary>
/// <para type="synopsis">Stops the containers of a stack and keeps them.</para>
/// <para type="description">Services stop before the services they depend on; independent services stop in parallel. The stack is found by its name: the Compose
/// files are not needed, and stacks created by docker compose are stopped too. Start-LabStack starts it again.</para>
/// </summary>
/// <example>
/// <summary><para>Stops the bundled lab.</para></summary>
/// <code>Stop-LabStack</code>
/// </example>
/// <example>
/// <summary><para>Stops every stack on this machine.</para></summary>
/// <code>Get-LabStack | Stop-LabStack</code>
/// </example>
/// <example>
/// <summary><para>Lets a service read its configuration again.</para></summary>
/// <code>Stop-LabStack web -ProjectName shop -Signal SIGHUP</code>
/// </example>
[Cmdlet(VerbsLifecycle.Stop, "LabStack", DefaultParameterSetName = "Path", SupportsShouldProcess = true)]
[OutputType(typeof(LabService))]
public sealed class StopLabStackCommand : LabStackCmdlet
{
    /// <summary><para type="description">How long a container may take to stop, in seconds, before it is killed. Default: the setting of the
    /// container.</para></summary>
    [Parameter]
    [ValidateRange(0, 86400)]
    public int? TimeoutSec { get; set; }

    /// <summary><para type="description">Sends this signal to the running containers, such as SIGHUP, and returns without waiting for their exit. No order is kept, and
    /// no pre_stop hook runs.</para></summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Signal { get; set; }

    /// <summary><para type="description">Kills the containers at once, like -Signal SIGKILL.</para></summary>
    [Parameter]
    public SwitchParameter Kill { get; set; }

    /// <summary><para type="description">Writes the services that were stopped, with their exit codes. By default nothing is written.</para></summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override LabPlanAction Action => LabPlanAction.Stop;

    private protected override IReadOnlyList<ParameterConflict> Conflicts => [new(nameof(Signal), [nameof(Kill), nameof(TimeoutSec)]), new(nameof(Kill), [nameof(TimeoutSec)])];

    private protected override PlanIntent Intent() => new() { For = LabPlanAction.Stop, Orchestrator = Orchestrator, Services = Service, TimeoutSec = TimeoutSec, Signal = Kill ? "SIGKILL" : Signal };

    private protected override async Task ExecuteAsync(PlanProgress work, PlanIntent intent, CancellationToken token)
    {
        await work.RunAsync(write: false, token).ConfigureAwait(false);
        if (PassThru)
        {
            HashSet<ResourceId> stopped = [.. work.Plan.Operations.Where(operation => operation is StopContainerOperation or SignalContainerOperation).Select(operation => operation.Resource)];
            await StackServices.WriteAsync(
                work.Session, work.Plan.ProjectName, container => stopped.Contains(ResourceId.Container(container.Name)), work.Output, token).ConfigureAwait(false);
        }
    }
}
