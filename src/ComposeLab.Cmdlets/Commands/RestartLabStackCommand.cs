using System.Management.Automation;
using ComposeLab.Completion;
using ComposeLab.Engine.Planning;
using ComposeLab.Engines;
using ComposeLab.Pipeline;
using ComposeLab.Stacks;

namespace ComposeLab.Commands;

/// <summary>
/// <para type="synopsis">Stops the containers of a stack and starts them again.</para>
/// <para type="description">The same containers stop, dependents first, and start again in the order of their dependencies, each when those it depends on are ready.
/// Changes in the files are not taken up: Start-LabStack does that. The stack is found by its name, as with Stop-LabStack.</para>
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
public sealed class RestartLabStackCommand : LabPlanCmdlet
{
    /// <summary><para type="description">The services to restart, with those that asked to be restarted with them. Default: all.</para></summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ServiceCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Service { get; set; } = [];

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

    /// <inheritdoc/>
    protected override async Task RunAsync(IPipelineOutput output, CancellationToken token)
    {
        StackTarget target = StackTarget.Of(Selection, output, token);
        using EngineSession session = await EngineSession.OpenAsync(Selection.Environment, token).ConfigureAwait(false);
        await target.CheckServicesAsync(Service, session.Stacks, token).ConfigureAwait(false);
        StackPlan plan = await session.Stacks.PlanRestartAsync(target.ProjectName, target.Project, Options(), token).ConfigureAwait(false);
        string caption = $"Restart {target.ProjectName}";
        if (!await AgreeAsync(output, plan, caption).ConfigureAwait(false))
        {
            return;
        }

        HashSet<string> written = await PlanRun.CarryOutAsync(session, plan, caption, output, PassThru, token).ConfigureAwait(false);
        if (PassThru && NoWait)
        {
            await WriteRestAsync(session, plan, written, output, token).ConfigureAwait(false);
        }
    }

    private static async Task WriteRestAsync(
        EngineSession session, StackPlan plan, HashSet<string> written, IPipelineOutput output, CancellationToken token)
    {
        HashSet<string> started = [.. plan.Operations.Where(operation => operation.Kind == OperationKind.StartContainer).Select(operation => operation.Resource)];
        foreach (ObservedContainer container in await session.Stacks.ListServicesAsync(plan.ProjectName, token).ConfigureAwait(false))
        {
            if (started.Contains("container " + container.Name) && !written.Contains(container.Id))
            {
                await output.WriteAsync(ServiceObjects.Of(container)).ConfigureAwait(false);
            }
        }
    }

    private RestartOptions Options() => new()
    {
        Services = Service,
        NoWait = NoWait,
        NoProbe = NoProbe,
        ReadyLimit = TimeSpan.FromSeconds(TimeoutSec),
    };
}
