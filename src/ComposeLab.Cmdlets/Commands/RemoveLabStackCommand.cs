using System.Management.Automation;
using ComposeLab.Engine;
using ComposeLab.Engine.Planning;
using ComposeLab.Engines;
using ComposeLab.Pipeline;
using ComposeLab.Stacks;

namespace ComposeLab.Commands;

/// <summary>
/// <para type="synopsis">Removes the containers and networks of a stack.</para>
/// <para type="description">Stops and removes the containers, then the networks; volumes with their data stay unless -Volume is given. The stack is found by its name:
/// its files need not be there, and stacks that docker compose made are removed as well. With -Profile or -File only what those files define is removed; other services
/// of the stack stay unless -RemoveOrphans is given. With -Service the networks and named volumes stay. A stack that is not there is no error.</para>
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
public sealed class RemoveLabStackCommand : LabStackCmdlet
{
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

    private protected override string Verb => "Remove";

    private protected override Task<StackPlan> PlanAsync(StackEngine stacks, StackTarget target, CancellationToken token)
    {
        var options = new RemoveOptions
        {
            Services = Service,
            HooksOf = target.HooksOf,
            Volumes = Volume,
            RemoveOrphans = RemoveOrphans,
            StopLimit = TimeoutSec is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
        };
        return stacks.PlanRemoveAsync(target.ProjectName, target.Project, options, token);
    }

    private protected override async Task CarryOutAsync(EngineSession session, StackPlan plan, string caption, IPipelineOutput output, CancellationToken token)
    {
        LabStack? before = PassThru ? await FindAsync(session, plan.ProjectName, token).ConfigureAwait(false) : null;
        await PlanRun.CarryOutAsync(session, plan, caption, output, false, token).ConfigureAwait(false);
        if (before is not null)
        {
            await output.WriteAsync(before).ConfigureAwait(false);
        }
    }

    private protected override string? Loss(StackPlan plan)
    {
        string[] volumes = [.. plan.Operations.OfType<RemoveVolumeOperation>().Select(operation => operation.Volume)];
        return Force || volumes.Length == 0 ? null : $"Everything in {string.Join(", ", volumes)} will be lost. Go on?";
    }

    private static async Task<LabStack?> FindAsync(EngineSession session, string projectName, CancellationToken token)
    {
        IReadOnlyList<ObservedContainer> containers = await session.Stacks.ListServicesAsync(projectName, token).ConfigureAwait(false);
        return containers.Count == 0 ? null : StackObjects.Of(new ObservedStack { Name = projectName, Containers = containers });
    }
}
