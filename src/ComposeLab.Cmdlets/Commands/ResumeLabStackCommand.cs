using System.Management.Automation;
using ComposeLab.Engine.Planning;
using ComposeLab.Plans;
using ComposeLab.Stacks;

namespace ComposeLab.Commands;

/// <summary>
/// <para type="synopsis">Resumes the paused containers of a stack.</para>
/// <para type="description">Continues containers that Suspend-LabStack or docker compose paused. Containers that are not paused are left alone. The stack is found by its name: the Compose
/// files are not needed.</para>
/// </summary>
/// <example>
/// <summary><para>Resumes the bundled lab.</para></summary>
/// <code>Resume-LabStack</code>
/// </example>
/// <example>
/// <summary><para>Resumes everything that is paused on this machine.</para></summary>
/// <code>Get-LabStack | Resume-LabStack</code>
/// </example>
[Cmdlet(VerbsLifecycle.Resume, "LabStack", DefaultParameterSetName = "Path", SupportsShouldProcess = true)]
[OutputType(typeof(LabService))]
public sealed class ResumeLabStackCommand : LabStackCmdlet
{
    /// <summary><para type="description">Writes the services that were resumed. By default nothing is written.</para></summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override LabPlanAction Action => LabPlanAction.Resume;

    private protected override PlanIntent Intent() => new() { For = LabPlanAction.Resume, Orchestrator = Orchestrator, Services = Service };

    private protected override async Task ExecuteAsync(PlanProgress work, PlanIntent intent, CancellationToken token)
    {
        await work.RunAsync(write: false, token).ConfigureAwait(false);
        if (PassThru)
        {
            await StackServices.WriteChangedAsync<StartContainerOperation>(work, token).ConfigureAwait(false);
        }
    }
}
