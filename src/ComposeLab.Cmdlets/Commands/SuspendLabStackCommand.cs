using System.Management.Automation;
using ComposeLab.Engine.Planning;
using ComposeLab.Plans;
using ComposeLab.Stacks;

namespace ComposeLab.Commands;

/// <summary>
/// <para type="synopsis">Pauses the running containers of a stack.</para>
/// <para type="description">Freezes all processes of the containers; they keep their memory and their network. Resume-LabStack continues them. The stack is found by its name: the Compose
/// files are not needed. Pausing a container that is already paused is an error.</para>
/// </summary>
/// <example>
/// <summary><para>Pauses the bundled lab.</para></summary>
/// <code>Suspend-LabStack</code>
/// </example>
/// <example>
/// <summary><para>Pauses one service while its files are copied.</para></summary>
/// <code>Suspend-LabStack db -ProjectName shop; Copy-Item ./data ./backup -Recurse; Resume-LabStack db -ProjectName shop</code>
/// </example>
[Cmdlet(VerbsLifecycle.Suspend, "LabStack", DefaultParameterSetName = "Path", SupportsShouldProcess = true)]
[OutputType(typeof(LabService))]
public sealed class SuspendLabStackCommand : LabStackCmdlet
{
    /// <summary><para type="description">Writes the services that were paused. By default nothing is written.</para></summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override LabPlanAction Action => LabPlanAction.Suspend;

    private protected override PlanIntent Intent() => new() { For = LabPlanAction.Suspend, Orchestrator = Orchestrator, Services = Service };

    private protected override async Task ExecuteAsync(PlanProgress work, PlanIntent intent, CancellationToken token)
    {
        await work.RunAsync(write: false, token).ConfigureAwait(false);
        if (PassThru)
        {
            await StackServices.WriteChangedAsync<PauseContainerOperation>(work, token).ConfigureAwait(false);
        }
    }
}
