using System.Management.Automation;
using ComposeLab.Engine.Execution;
using ComposeLab.Engine.Planning;
using ComposeLab.Errors;
using ComposeLab.Plans;
using ComposeLab.Stacks;
using ComposeLab.Swarm;

namespace ComposeLab.Commands;

/// <summary>
/// <para type="synopsis">Removes the containers and networks of a stack.</para>
/// <para type="description">Stops and removes the containers, then the networks. Volumes and their data are kept unless you specify -RemoveVolume. The stack is
/// found by its name: the Compose files are not needed, and stacks created by docker compose are removed too. With -Profile, -File or a -Path that is a file, only
/// services in those files are removed; other services of the stack are kept unless you specify -RemoveOrphans. With -Service, networks and named volumes are kept.
/// A stack on a swarm is removed with its networks, configs and secrets, after all its tasks have ended, so that it can be deployed again at once; volumes are kept.
/// A stack that was started from another folder is removed only if you specify -ProjectName or pass it through the pipeline.</para>
/// </summary>
/// <example>
/// <summary><para>Removes the bundled lab. The database's data is kept.</para></summary>
/// <code>Remove-LabStack</code>
/// </example>
/// <example>
/// <summary><para>Removes a stack and all data in its volumes, without a prompt.</para></summary>
/// <code>Remove-LabStack -ProjectName shop -RemoveVolume -Force</code>
/// </example>
[Cmdlet(VerbsCommon.Remove, "LabStack", DefaultParameterSetName = "Path", SupportsShouldProcess = true)]
[OutputType(typeof(LabStack))]
public sealed class RemoveLabStackCommand : LabStackCmdlet
{
    /// <summary><para type="description">Removes the volumes too, with all data; prompts first. External volumes are always kept.</para></summary>
    [Parameter]
    [Alias("Volume")]
    public SwitchParameter RemoveVolume { get; set; }

    /// <summary><para type="description">Removes images too. Local: images that were built for the stack and have no custom name. All: every image that its services
    /// use. Default: None.</para></summary>
    [Parameter]
    [OneValue]
    public LabRemoveImage RemoveImage { get; set; }

    /// <summary><para type="description">Removes only containers that are stopped, and keeps networks, volumes and images.</para></summary>
    [Parameter]
    public SwitchParameter StoppedOnly { get; set; }

    /// <summary><para type="description">Removes containers of services that the files of -Profile or -File do not define.</para></summary>
    [Parameter]
    public SwitchParameter RemoveOrphans { get; set; }

    /// <summary><para type="description">Removes volumes without a prompt, and continues with a warning if a pre_stop hook fails.</para></summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary><para type="description">How long a container may take to stop, in seconds, before it is killed. Default: the setting of the
    /// container.</para></summary>
    [Parameter]
    [ValidateRange(0, 86400)]
    public int? TimeoutSec { get; set; }

    /// <summary><para type="description">Writes the stack with what was removed. By default nothing is written.</para></summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override LabPlanAction Action => LabPlanAction.Remove;

    private protected override IReadOnlyList<ParameterConflict> Conflicts => [new(nameof(StoppedOnly), [nameof(RemoveVolume), nameof(RemoveImage)])];

    private protected override PlanIntent Intent() => new()
    {
        For = LabPlanAction.Remove,
        Orchestrator = Orchestrator,
        Services = Service,
        RemoveVolume = RemoveVolume,
        RemoveImage = RemoveImage,
        StoppedOnly = StoppedOnly,
        RemoveOrphans = RemoveOrphans,
        TimeoutSec = TimeoutSec,
        Force = Force,
    };

    private protected override async Task ExecuteAsync(PlanProgress work, PlanIntent intent, CancellationToken token)
    {
        if (SwarmProgress.IsSwarm(work.Plan))
        {
            await SwarmProgress.RunAsync(work, write: false, token).ConfigureAwait(false);
            if (PassThru && work.Plan.SwarmServices.Count > 0)
            {
                string engine = work.Session.Engine.Info.Endpoint.Name;
                await work.Output.WriteAsync(SwarmObjects.Of([.. work.Plan.SwarmServices.Select(service => ServiceRollout.Of(work.Plan.ProjectName, service))], engine, isRemoved: true)).ConfigureAwait(false);
            }

            return;
        }

        IReadOnlyList<ObservedContainer> before = PassThru ? await work.Session.Stacks.ListServicesAsync(work.Plan.ProjectName, token).ConfigureAwait(false) : [];
        await work.RunAsync(write: false, token).ConfigureAwait(false);
        if (before.Count == 0)
        {
            return;
        }

        HashSet<string> left = [.. (await work.Session.Stacks.ListServicesAsync(work.Plan.ProjectName, token).ConfigureAwait(false)).Select(container => container.Id)];
        ObservedContainer[] removed = [.. before.Where(container => !left.Contains(container.Id))];
        if (removed.Length > 0)
        {
            var stack = new ObservedStack { Name = work.Plan.ProjectName, Containers = removed };
            await work.Output.WriteAsync(StackObjects.Of(stack, work.Session.Engine.Info.Endpoint.Name, isRemoved: true)).ConfigureAwait(false);
        }
    }

    private protected override string? Loss(StackPlan plan)
    {
        string[] volumes = [.. plan.Operations.OfType<RemoveVolumeOperation>().Select(operation => operation.Volume)];
        string what = volumes.Length == 1 ? $"volume {volumes.FirstOrDefault()}" : $"volumes {string.Join(", ", volumes)}";
        return Force || volumes.Length == 0 ? null : $"This permanently deletes {what} with all data. Continue?";
    }
}
