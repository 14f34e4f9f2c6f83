using ComposeLab.Engine.Planning;
using ComposeLab.Stacks;

namespace ComposeLab.Plans;

/// <summary>What the user wants to do to a stack: everything that affects the plan, except the selection of the project.</summary>
internal sealed record PlanIntent
{
    /// <summary>The action.</summary>
    public required LabPlanAction For { get; init; }

    /// <summary>The services; empty for all.</summary>
    public IReadOnlyList<string> Services { get; init => field = value ?? []; } = [];

    /// <summary>The services whose definitions are needed. Starting some services must not fail because of errors in others. Empty for all.</summary>
    internal IReadOnlyList<string> Loaded => For == LabPlanAction.Start ? Services : [];

    /// <summary>Whether resources that no service uses are needed: to create all of them, or to remove those that were created.</summary>
    internal bool KeepsUnused => AllResource || For == LabPlanAction.Remove;

    /// <summary>Which of two stacks with the same name to use; null if there must be only one.</summary>
    public LabOrchestrator? Orchestrator { get; init; }

    /// <summary>Whether images are built even if they exist.</summary>
    public bool Build { get; init; }

    /// <summary>Overrides the pull policy of the services; null leaves it to them.</summary>
    public LabPullPolicy? Pull { get; init; }

    /// <summary>Whether containers are recreated even if nothing changed.</summary>
    public bool ForceRecreate { get; init; }

    /// <summary>Whether containers of services that the project does not define are removed.</summary>
    public bool RemoveOrphans { get; init; }

    /// <summary>Whether only the named services are started, without those they depend on.</summary>
    public bool NoDeps { get; init; }

    /// <summary>Whether the dependencies of the named services are recreated even if nothing changed.</summary>
    public bool AlwaysRecreateDeps { get; init; }

    /// <summary>Whether existing containers are kept even if their configuration or image changed.</summary>
    public bool NoRecreate { get; init; }

    /// <summary>Whether a missing image is an error instead of being built.</summary>
    public bool NoBuild { get; init; }

    /// <summary>Whether containers are created but not started.</summary>
    public bool NoStart { get; init; }

    /// <summary>Whether recreated containers get new anonymous volumes.</summary>
    public bool RenewAnonymousVolume { get; init; }

    /// <summary>Whether networks and volumes that no service uses are created.</summary>
    public bool AllResource { get; init; }

    /// <summary>Whether volumes whose configuration changed are recreated, with the loss of their data.</summary>
    public bool RecreateVolume { get; init; }

    /// <summary>The number of containers by service.</summary>
    public IReadOnlyDictionary<string, int> Scale { get; init => field = value ?? new Dictionary<string, int>(); } = new Dictionary<string, int>();

    /// <summary>Whether to return without waiting until the services are ready.</summary>
    public bool NoWait { get; init; }

    /// <summary>Whether only Docker's own health checks are used.</summary>
    public bool NoProbe { get; init; }

    /// <summary>How long a service may take to become ready; for Stop and Remove, how long a container may take to stop. Null for the default.</summary>
    public int? TimeoutSec { get; init; }

    /// <summary>For Stop: the signal that containers receive instead of being stopped in order; null for none.</summary>
    public string? Signal { get; init; }

    /// <summary>Whether volumes are removed with all data.</summary>
    public bool RemoveVolume { get; init; }

    /// <summary>Whether only stopped containers are removed.</summary>
    public bool StoppedOnly { get; init; }

    /// <summary>Which images are removed.</summary>
    public LabRemoveImage RemoveImage { get; init; }

    /// <summary>Whether the project is for production.</summary>
    public LabPolicy Policy { get; init; }

    /// <summary>Whether a start continues despite production errors and takes over the stack of another folder, or a removal continues if a hook fails.</summary>
    public bool Force { get; init; }

    /// <summary>For Deploy: whether services that the project does not define are removed.</summary>
    public bool Prune { get; init; }

    /// <summary>For Deploy: when the digest of an image is looked up in a registry.</summary>
    public LabResolveImage ResolveImage { get; init; }

    /// <summary>For Deploy: whether nodes get the credentials of the user.</summary>
    public bool WithRegistryAuth { get; init; }

    /// <summary>For Deploy: whether existing services keep their number of tasks.</summary>
    public bool KeepScale { get; init; }

    /// <summary>Whether the project is needed.</summary>
    internal bool NeedsProject => For is LabPlanAction.Start or LabPlanAction.Deploy;

    /// <summary>The name of the command.</summary>
    internal string Command => For == LabPlanAction.Undo ? "Undo-LabDeployment" : $"{For}-LabStack";

    /// <summary>Creates the request for the engine layer.</summary>
    /// <param name="target">The stack.</param>
    /// <returns>The request.</returns>
    public PlanRequest Request(StackTarget target) => Unchosen(target) with { Orchestrator = (ComposeLab.Engine.Planning.Orchestrator?)Orchestrator };

    private PlanRequest Unchosen(StackTarget target) => For switch
    {
        LabPlanAction.Start => new StartRequest(target.Project!, new StartOptions
        {
            Services = Services,
            Build = Build,
            Pull = Pull?.ToString().ToLowerInvariant(),
            ForceRecreate = ForceRecreate,
            RemoveOrphans = RemoveOrphans,
            NoDependencies = NoDeps,
            RecreateDependencies = AlwaysRecreateDeps,
            NoRecreate = NoRecreate,
            NoBuild = NoBuild,
            NoStart = NoStart,
            RenewAnonymousVolumes = RenewAnonymousVolume,
            AllResources = AllResource,
            RecreateVolumes = RecreateVolume,
            Scale = Scale,
            TakeOver = Force,
            NoWait = NoWait,
            NoProbe = NoProbe,
            ReadyLimit = Limit,
        }),
        LabPlanAction.Deploy => new DeployRequest(target.Project!, new DeployOptions
        {
            Prune = Prune,
            ResolveImage = Enum.Parse<ResolveImage>(ResolveImage.ToString()),
            WithRegistryAuth = WithRegistryAuth,
            KeepScale = KeepScale,
            NoWait = NoWait,
            Limit = Limit,
        }),
        LabPlanAction.Undo => new RollbackRequest(target.ProjectName, new RollbackOptions { Services = Services, NoWait = NoWait, Limit = Limit }),
        LabPlanAction.Suspend => Signaled(target, ContainerSignal.Pause),
        LabPlanAction.Resume => Signaled(target, ContainerSignal.Resume),
        LabPlanAction.Stop when Signal is not null => Signaled(target, ContainerSignal.Send),
        LabPlanAction.Stop => new StopRequest(target.ProjectName, target.Project, new StopOptions { Services = Services, StopLimit = Limit, HooksOf = target.HooksOf, Place = target.Place }),
        LabPlanAction.Restart => new RestartRequest(target.ProjectName, target.Project, new RestartOptions
        {
            Services = Services,
            NoWait = NoWait,
            NoProbe = NoProbe,
            ReadyLimit = Limit,
            HooksOf = target.HooksOf,
            Place = target.Place,
        }),
        _ => new RemoveRequest(target.ProjectName, target.Project, new RemoveOptions
        {
            Services = Services,
            Volumes = RemoveVolume,
            StoppedOnly = StoppedOnly,
            RemoveOrphans = RemoveOrphans,
            DespiteHooks = Force,
            Images = (RemovedImages)RemoveImage,
            StopLimit = Limit,
            HooksOf = target.HooksOf,
            Place = target.Place,
        }),
    };

    private SignalRequest Signaled(StackTarget target, ContainerSignal action) =>
        new(target.ProjectName, target.Project, new SignalOptions { Action = action, Signal = Signal ?? "", Services = Services, Place = target.Place });

    private TimeSpan? Limit => TimeoutSec is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
}
