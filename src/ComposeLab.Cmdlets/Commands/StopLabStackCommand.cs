using System.Management.Automation;
using ComposeLab.Completion;
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
public sealed class StopLabStackCommand : LabPlanCmdlet
{
    /// <summary><para type="description">The services to stop. Default: all.</para></summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ServiceCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Service { get; set; } = [];

    /// <summary><para type="description">How long a container may take, in seconds, before it is killed. Default: its own setting.</para></summary>
    [Parameter]
    [ValidateRange(0, 86400)]
    public int? TimeoutSec { get; set; }

    /// <summary><para type="description">Writes the services that were stopped, with their exit codes.</para></summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override async Task RunAsync(IPipelineOutput output, CancellationToken token)
    {
        StackTarget target = StackTarget.Of(Selection, output, token);
        using EngineSession session = await EngineSession.OpenAsync(Selection.Environment, token).ConfigureAwait(false);
        await target.CheckServicesAsync(Service, session.Stacks, token).ConfigureAwait(false);
        var options = new StopOptions { Services = Service, StopLimit = TimeoutSec is { } seconds ? TimeSpan.FromSeconds(seconds) : null };
        StackPlan plan = await session.Stacks.PlanStopAsync(target.ProjectName, target.Project, options, token).ConfigureAwait(false);
        string caption = $"Stop {target.ProjectName}";
        if (!await AgreeAsync(output, plan, caption).ConfigureAwait(false))
        {
            return;
        }

        await PlanRun.CarryOutAsync(session, plan, caption, output, false, token).ConfigureAwait(false);

        if (PassThru)
        {
            await WriteStoppedAsync(session, plan, output, token).ConfigureAwait(false);
        }
    }

    private static async Task WriteStoppedAsync(EngineSession session, StackPlan plan, IPipelineOutput output, CancellationToken token)
    {
        HashSet<string> stopped = [.. plan.Operations.OfType<StopContainerOperation>().Select(operation => operation.Resource)];
        foreach (ObservedContainer container in await session.Stacks.ListServicesAsync(plan.ProjectName, token).ConfigureAwait(false))
        {
            if (stopped.Contains("container " + container.Name))
            {
                await output.WriteAsync(ServiceObjects.Of(container)).ConfigureAwait(false);
            }
        }
    }
}
