using System.Collections;
using System.Management.Automation;
using ComposeLab.Completion;
using ComposeLab.Engine.Planning;
using ComposeLab.Engines;
using ComposeLab.Errors;
using ComposeLab.Pipeline;
using ComposeLab.Plans;
using ComposeLab.Stacks;

namespace ComposeLab.Commands;

/// <summary>
/// <para type="synopsis">Returns the plan of a command for a stack, for review and later use.</para>
/// <para type="description">Creates the plan that Start-, Stop-, Restart-, Remove- or Deploy-LabStack would execute with the same parameters, and changes nothing. The plan
/// lists each operation with its cause. You can save it with Export-Clixml or ConvertTo-Json, have it reviewed, and apply it with the -Plan parameter of the same
/// command. The plan is applied exactly as it is, or not at all: if the files or the stack have changed so that a different plan is needed, nothing is changed, and
/// the error PlanOutdated lists the differences. Secret values are masked, so a saved plan contains no secrets. Findings lists the problems that prevent a start,
/// such as a port conflict.</para>
/// </summary>
/// <example>
/// <summary><para>Lists what a start for production would change, and why.</para></summary>
/// <code run="true">(Get-LabStackPlan -Profile Prod).Operations</code>
/// </example>
/// <example>
/// <summary><para>Lists every changed environment variable with its file and line.</para></summary>
/// <code run="true">(Get-LabStackPlan -Profile Dev).Operations.Changes | Where-Object Field -Like 'environment.*'</code>
/// </example>
/// <example>
/// <summary><para>Saves a plan for review, then applies exactly that plan in another session.</para></summary>
/// <code>Get-LabStackPlan -Profile Prod | ConvertTo-Json -Depth 5 > plan.json; Get-Content plan.json -Raw | ConvertFrom-Json | Start-LabStack</code>
/// </example>
/// <example>
/// <summary><para>Plans the removal of a stack and its data.</para></summary>
/// <code>Get-LabStackPlan -For Remove -ProjectName shop -RemoveVolume</code>
/// </example>
[Cmdlet(VerbsCommon.Get, "LabStackPlan", DefaultParameterSetName = "Path")]
[OutputType(typeof(LabStackPlan))]
public sealed class GetLabStackPlanCommand : LabEngineCmdlet
{
    // Which parameters affect which plan. Parameters that are not listed affect every plan.
    private static readonly Dictionary<string, LabPlanAction[]> Shapes = new(StringComparer.Ordinal)
    {
        [nameof(Build)] = [LabPlanAction.Start],
        [nameof(Pull)] = [LabPlanAction.Start],
        [nameof(ForceRecreate)] = [LabPlanAction.Start],
        [nameof(NoDeps)] = [LabPlanAction.Start],
        [nameof(AlwaysRecreateDeps)] = [LabPlanAction.Start],
        [nameof(NoRecreate)] = [LabPlanAction.Start],
        [nameof(NoBuild)] = [LabPlanAction.Start],
        [nameof(NoStart)] = [LabPlanAction.Start],
        [nameof(RenewAnonymousVolume)] = [LabPlanAction.Start],
        [nameof(AllResource)] = [LabPlanAction.Start],
        [nameof(RecreateVolume)] = [LabPlanAction.Start],
        [nameof(Scale)] = [LabPlanAction.Start],
        [nameof(Policy)] = [LabPlanAction.Start],
        [nameof(Force)] = [LabPlanAction.Start, LabPlanAction.Remove],
        [nameof(NoWait)] = [LabPlanAction.Start, LabPlanAction.Restart, LabPlanAction.Deploy, LabPlanAction.Undo],
        [nameof(Orchestrator)] = [LabPlanAction.Stop, LabPlanAction.Restart, LabPlanAction.Remove, LabPlanAction.Suspend, LabPlanAction.Resume],
        [nameof(Prune)] = [LabPlanAction.Deploy],
        [nameof(ResolveImage)] = [LabPlanAction.Deploy],
        [nameof(WithRegistryAuth)] = [LabPlanAction.Deploy],
        [nameof(KeepScale)] = [LabPlanAction.Deploy],
        [nameof(NoProbe)] = [LabPlanAction.Start, LabPlanAction.Restart],
        [nameof(RemoveOrphans)] = [LabPlanAction.Start, LabPlanAction.Remove],
        [nameof(RemoveVolume)] = [LabPlanAction.Remove],
        [nameof(StoppedOnly)] = [LabPlanAction.Remove],
        [nameof(RemoveImage)] = [LabPlanAction.Remove],
    };

    private string _moduleVersion = "";

    /// <summary><para type="description">The command to plan: Start, Stop, Restart, Remove, Suspend, Resume, Deploy or Undo. Default: Start.</para></summary>
    [Parameter]
    [OneValue]
    public LabPlanAction For { get; set; }

    /// <summary><para type="description">The services to act on. Default: all.</para></summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ServiceCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Service { get; set; } = [];

    /// <summary><para type="description">For Stop, Restart, Remove, Suspend and Resume: Compose or Swarm, if a stack of the engine and one of its swarm have the same
    /// name.</para></summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [OneValue]
    public LabOrchestrator? Orchestrator { get; set; }

    /// <summary><para type="description">For Start: rebuilds images even if they already exist.</para></summary>
    [Parameter]
    public SwitchParameter Build { get; set; }

    /// <summary><para type="description">For Start: overrides pull_policy.</para></summary>
    [Parameter]
    [OneValue]
    public LabPullPolicy? Pull { get; set; }

    /// <summary><para type="description">For Start: recreates containers even if nothing changed.</para></summary>
    [Parameter]
    public SwitchParameter ForceRecreate { get; set; }

    /// <summary><para type="description">For Start and Remove: removes containers of services that the project does not define.</para></summary>
    [Parameter]
    public SwitchParameter RemoveOrphans { get; set; }

    /// <summary><para type="description">For Start: starts only the named services, without those they depend on. References to other services, such as network_mode, use
    /// their existing containers.</para></summary>
    [Parameter]
    public SwitchParameter NoDeps { get; set; }

    /// <summary><para type="description">For Start: recreates the services that the named services depend on, even if nothing changed.</para></summary>
    [Parameter]
    public SwitchParameter AlwaysRecreateDeps { get; set; }

    /// <summary><para type="description">For Start: keeps existing containers even if their configuration or image changed.</para></summary>
    [Parameter]
    public SwitchParameter NoRecreate { get; set; }

    /// <summary><para type="description">For Start: treats a missing image as an error instead of building it.</para></summary>
    [Parameter]
    public SwitchParameter NoBuild { get; set; }

    /// <summary><para type="description">For Start: creates containers, networks and volumes, but starts nothing.</para></summary>
    [Parameter]
    public SwitchParameter NoStart { get; set; }

    /// <summary><para type="description">For Start: gives recreated containers new anonymous volumes. By default they keep those of their predecessors, with the
    /// data.</para></summary>
    [Parameter]
    [Alias("RenewAnonVolumes")]
    public SwitchParameter RenewAnonymousVolume { get; set; }

    /// <summary><para type="description">For Start: also creates the networks and volumes of the files that no service uses.</para></summary>
    [Parameter]
    [Alias("AllResources")]
    public SwitchParameter AllResource { get; set; }

    /// <summary><para type="description">For Start: recreates volumes whose configuration changed. This deletes their data.</para></summary>
    [Parameter]
    public SwitchParameter RecreateVolume { get; set; }

    /// <summary><para type="description">For Start: the number of containers by service, such as @{ api = 2 } or api=2.</para></summary>
    [Parameter]
    [Scale]
    [ValidateNotNull]
    public Hashtable Scale { get; set; } = [];

    /// <summary><para type="description">For Start and Restart: does not wait until services are healthy. For Deploy and Undo: does not wait until services have converged.</para></summary>
    [Parameter]
    public SwitchParameter NoWait { get; set; }

    /// <summary><para type="description">For Start and Restart: relies on Docker's own health checks only.</para></summary>
    [Parameter]
    public SwitchParameter NoProbe { get; set; }

    /// <summary><para type="description">For Start and Restart: how long one service may take to become ready, in seconds; default 300. For Stop and Remove: how
    /// long a container may take to stop, in seconds; default: the setting of the container.</para></summary>
    [Parameter]
    [ValidateRange(0, 86400)]
    public int? TimeoutSec { get; set; }

    /// <summary><para type="description">For Remove: removes the volumes too, with all data.</para></summary>
    [Parameter]
    [Alias("Volume")]
    public SwitchParameter RemoveVolume { get; set; }

    /// <summary><para type="description">For Remove: removes only containers that are stopped, and keeps networks, volumes and images.</para></summary>
    [Parameter]
    public SwitchParameter StoppedOnly { get; set; }

    /// <summary><para type="description">For Remove: removes images too: None, Local or All.</para></summary>
    [Parameter]
    [OneValue]
    public LabRemoveImage RemoveImage { get; set; }

    /// <summary><para type="description">For Start: whether the project is for production, as with Start-LabStack.</para></summary>
    [Parameter]
    [OneValue]
    public LabPolicy Policy { get; set; } = LabPolicy.ByProfile;

    /// <summary><para type="description">For Start: plans a production project despite Test-LabConfig errors, which are written as warnings, and takes over the
    /// stack of another folder. For Remove: continues if a pre_stop hook fails.</para></summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary><para type="description">For Deploy: removes services of the stack that the project does not define.</para></summary>
    [Parameter]
    public SwitchParameter Prune { get; set; }

    /// <summary><para type="description">For Deploy: when the digest of an image is looked up in the registry.</para></summary>
    [Parameter]
    [OneValue]
    public LabResolveImage ResolveImage { get; set; }

    /// <summary><para type="description">For Deploy: gives the nodes your registry credentials.</para></summary>
    [Parameter]
    public SwitchParameter WithRegistryAuth { get; set; }

    /// <summary><para type="description">For Deploy: keeps the number of tasks of services that exist.</para></summary>
    [Parameter]
    public SwitchParameter KeepScale { get; set; }

    /// <inheritdoc/>
    private protected override bool NeedsOneEngine => true;

    /// <inheritdoc/>
    protected override void Prepare()
    {
        if (TypedParameters.FirstOrDefault(typed => Shapes.TryGetValue(typed, out LabPlanAction[]? actions) && !actions.Contains(For)) is { } other)
        {
            throw new LabException(
                LabErrorId.PlanInvalid,
                $"-{other} is not a parameter of {(For == LabPlanAction.Undo ? "Undo-LabDeployment" : $"{For}-LabStack")}, so it cannot be planned for {For}.",
                $"Use -{other} with -For {string.Join(" or ", Shapes[other])}");
        }

        _moduleVersion = MyInvocation.MyCommand.Module?.Version?.ToString() ?? "";
        base.Prepare();
    }

    /// <inheritdoc/>
    protected override async Task RunAsync(IPipelineOutput output, CancellationToken token)
    {
        PlanIntent intent = Intent();
        var planning = new StackPlanning(intent, Selection);
        Select(Selection with { KeepUnused = intent.KeepsUnused });
        StackTarget target = planning.FindTarget(() => LoadProject(output, token, intent.Loaded), output, token);
        using EngineSession session = await EngineSession.OpenAsync(Selection, token).ConfigureAwait(false);
        StackPlan plan = await planning.PlanAsync(target, session, onlyShown: true, token).ConfigureAwait(false);
        var document = new PlanDocument
        {
            Format = PlanDocument.CurrentFormat,
            ModuleVersion = _moduleVersion,
            CreatedAt = DateTimeOffset.UtcNow,
            Engine = session.Engine.Info.Endpoint.Name,
            Folder = plan.Folder.Length == 0 ? null : plan.Folder,
            Selection = SavedSelection.Of(Selection),
            Intent = intent,
            Plan = PlanRecord.Of(plan),
        };
        await output.WriteAsync(document.ToObject(plan, target.Project)).ConfigureAwait(false);
    }

    private PlanIntent Intent() => new()
    {
        For = For,
        Orchestrator = Orchestrator,
        Services = Service,
        Build = Build,
        Pull = Pull,
        ForceRecreate = ForceRecreate,
        RemoveOrphans = RemoveOrphans,
        NoDeps = NoDeps,
        AlwaysRecreateDeps = AlwaysRecreateDeps,
        NoRecreate = NoRecreate,
        NoBuild = NoBuild,
        NoStart = NoStart,
        RenewAnonymousVolume = RenewAnonymousVolume,
        AllResource = AllResource,
        RecreateVolume = RecreateVolume,
        Scale = ScaleAttribute.Read(Scale),
        NoWait = NoWait,
        NoProbe = NoProbe,
        TimeoutSec = TimeoutSec,
        RemoveVolume = RemoveVolume,
        StoppedOnly = StoppedOnly,
        RemoveImage = RemoveImage,
        Prune = Prune,
        ResolveImage = ResolveImage,
        WithRegistryAuth = WithRegistryAuth,
        KeepScale = KeepScale,
        Policy = Policy,
        Force = Force,
    };
}
