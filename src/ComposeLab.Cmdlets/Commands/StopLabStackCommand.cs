using System.Management.Automation;
using ComposeLab.Engine;
using ComposeLab.Engine.Planning;
using ComposeLab.Engines;
using ComposeLab.Pipeline;
using ComposeLab.Stacks;

namespace ComposeLab.Commands;

/// <summary>
/// <para type="synopsis">Stops the containers of a stack and keeps them.</para>
/// <para type="description">Services stop before those they depend on; independent ones stop at the same time. The stack is found by its name: its files need not be
/// there, and stacks that docker compose made are stopped as well. Start-LabStack starts it again.</para>
/// </summary>
/// <example>
/// <summary><para>Stops the bundled lab.</para></summary>
/// <code>Stop-LabStack</code>
/// </example>
/// <example>
/// <summary><para>Stops every stack of this machine.</para></summary>
/// <code>Get-LabStack | Stop-LabStack</code>
/// </example>
[Cmdlet(VerbsLifecycle.Stop, "LabStack", DefaultParameterSetName = "Path", SupportsShouldProcess = true)]
[OutputType(typeof(LabService), typeof(LabOperation))]
public sealed class StopLabStackCommand : LabStackCmdlet
{
    /// <summary><para type="description">How long a container may take, in seconds, before it is killed. Default: its own setting.</para></summary>
    [Parameter]
    [ValidateRange(0, 86400)]
    public int? TimeoutSec { get; set; }

    /// <summary><para type="description">Writes the services that were stopped, with their exit codes.</para></summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override string Verb => "Stop";

    private protected override Task<StackPlan> PlanAsync(StackEngine stacks, StackTarget target, CancellationToken token)
    {
        var options = new StopOptions
        {
            Services = Service,
            StopLimit = TimeoutSec is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            HooksOf = target.HooksOf,
        };
        return stacks.PlanStopAsync(target.ProjectName, target.Project, options, token);
    }

    private protected override async Task CarryOutAsync(EngineSession session, StackPlan plan, string caption, IPipelineOutput output, CancellationToken token)
    {
        await PlanRun.CarryOutAsync(session, plan, caption, output, false, token).ConfigureAwait(false);
        if (PassThru)
        {
            HashSet<ResourceId> stopped = [.. plan.Operations.OfType<StopContainerOperation>().Select(operation => operation.Resource)];
            await StackServices.WriteAsync(session, plan.ProjectName, container => stopped.Contains(ResourceId.Container(container.Name)), output, token).ConfigureAwait(false);
        }
    }
}
