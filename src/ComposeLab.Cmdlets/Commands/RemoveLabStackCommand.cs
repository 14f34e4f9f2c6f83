using System.Management.Automation;
using ComposeLab.Completion;
using ComposeLab.Engine.Planning;
using ComposeLab.Engines;
using ComposeLab.Pipeline;
using ComposeLab.Stacks;

namespace ComposeLab.Commands;

/// <summary>
/// <para type="synopsis">Removes the containers and networks of a stack.</para>
/// <para type="description">Stops and removes the containers, then the networks; volumes with their data stay unless -Volume is given. The stack is found by its name:
/// its files need not be there, and stacks that docker compose made are removed as well. With -Profile or -File only what those files define is removed; other services
/// of the stack stay unless -RemoveOrphans is given. A stack that is not there is no error.</para>
/// </summary>
/// <example>
/// <summary><para>Removes the bundled lab; the database's data stay.</para></summary>
/// <code>Remove-LabStack</code>
/// </example>
/// <example>
/// <summary><para>Removes a stack with everything in its volumes, without a question.</para></summary>
/// <code>Remove-LabStack -ProjectName shop -Volume -Force</code>
/// </example>
[Cmdlet(VerbsCommon.Remove, "LabStack", DefaultParameterSetName = "Path", SupportsShouldProcess = true)]
[OutputType(typeof(LabStack), typeof(LabOperation))]
public sealed class RemoveLabStackCommand : LabPlanCmdlet
{
    /// <summary><para type="description">The services to remove; networks and named volumes then stay. Default: the whole stack.</para></summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ServiceCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Service { get; set; } = [];

    /// <summary><para type="description">Removes the volumes too, with everything in them; asks before. External volumes always stay.</para></summary>
    [Parameter]
    public SwitchParameter Volume { get; set; }

    /// <summary><para type="description">Removes the containers of services that the files given by -Profile or -File do not define.</para></summary>
    [Parameter]
    public SwitchParameter RemoveOrphans { get; set; }

    /// <summary><para type="description">Does not ask before volumes are removed.</para></summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary><para type="description">How long a container may take to stop, in seconds, before it is killed. Default: its own setting.</para></summary>
    [Parameter]
    [ValidateRange(0, 86400)]
    public int? TimeoutSec { get; set; }

    /// <summary><para type="description">Writes the stack as it was before.</para></summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override async Task RunAsync(IPipelineOutput output, CancellationToken token)
    {
        StackTarget target = StackTarget.Of(Selection, output, token);
        using EngineSession session = await EngineSession.OpenAsync(Selection.Environment, token).ConfigureAwait(false);
        await target.CheckServicesAsync(Service, session.Stacks, token).ConfigureAwait(false);
        StackPlan plan = await session.Stacks.PlanRemoveAsync(target.ProjectName, target.Project, Options(), token).ConfigureAwait(false);
        LabStack? before = PassThru ? await FindAsync(session, target.ProjectName, token).ConfigureAwait(false) : null;
        string caption = $"Remove {target.ProjectName}";
        if (!await AgreeAsync(output, plan, caption, Loss(plan)).ConfigureAwait(false))
        {
            return;
        }

        await PlanRun.CarryOutAsync(session, plan, caption, output, false, token).ConfigureAwait(false);

        if (before is not null)
        {
            await output.WriteAsync(before).ConfigureAwait(false);
        }
    }

    private string? Loss(StackPlan plan)
    {
        string[] volumes = [.. plan.Operations.OfType<RemoveVolumeOperation>().Select(operation => operation.Volume)];
        return Force || volumes.Length == 0 ? null : $"Everything in {string.Join(", ", volumes)} will be lost. Go on?";
    }

    private static async Task<LabStack?> FindAsync(EngineSession session, string projectName, CancellationToken token)
    {
        IReadOnlyList<ObservedContainer> containers = await session.Stacks.ListServicesAsync(projectName, token).ConfigureAwait(false);
        return containers.Count == 0 ? null : StackObjects.Of(new ObservedStack { Name = projectName, Containers = containers });
    }

    private RemoveOptions Options() => new()
    {
        Services = Service,
        Volumes = Volume,
        RemoveOrphans = RemoveOrphans,
        StopLimit = TimeoutSec is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
    };
}
