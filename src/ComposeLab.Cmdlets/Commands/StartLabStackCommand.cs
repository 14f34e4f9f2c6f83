using System.Collections;
using System.Management.Automation;
using ComposeLab.Completion;
using ComposeLab.Compose.Model;
using ComposeLab.Engine.Planning;
using ComposeLab.Errors;
using ComposeLab.Plans;
using ComposeLab.Stacks;

namespace ComposeLab.Commands;

/// <summary>
/// <para type="synopsis">Starts a stack and waits until it is ready.</para>
/// <para type="description">Compares the project with the engine and makes the necessary changes: builds or pulls images, creates networks, volumes and containers,
/// starts services in dependency order, and waits until they are healthy. Containers that are up to date are left alone; containers whose configuration changed are
/// recreated, and the plan lists the changed fields. Each service is written when it is ready. Port conflicts, missing bind sources and similar problems are
/// reported together, before anything is changed. -WhatIf prints the operations and changes nothing. Get-LabStackPlan returns them as an object that you can review
/// and then apply with -Plan.</para>
/// <para type="description">With -Attach, -AbortOnExit, -AbortOnFailure or -ExitCodeFrom, the cmdlet writes the log lines of the stack instead of its services, until
/// the stack has ended. Ctrl-C then stops the stack, or removes it with -RemoveAfter.</para>
/// </summary>
/// <example>
/// <summary><para>Starts the bundled lab for development.</para></summary>
/// <code run="true">Start-LabStack -Profile Dev</code>
/// </example>
/// <example>
/// <summary><para>Shows what a start for production would change, and why.</para></summary>
/// <code run="true">Start-LabStack -Profile Prod -WhatIf</code>
/// </example>
/// <example>
/// <summary><para>Saves a plan for review, then applies exactly that plan.</para></summary>
/// <code>Get-LabStackPlan -Profile Prod | Export-Clixml plan.xml; Import-Clixml plan.xml | Start-LabStack</code>
/// </example>
/// <example>
/// <summary><para>Starts one service of another project, with two containers, and everything it depends on.</para></summary>
/// <code>Start-LabStack web -Path ./shop -Scale @{ web = 2 }</code>
/// </example>
/// <example>
/// <summary><para>Runs the tests of a project in a CI job, and removes everything afterwards.</para></summary>
/// <code>Start-LabStack -Path ./shop -Build -ExitCodeFrom tests -RemoveAfter; exit $LASTEXITCODE</code>
/// </example>
[Cmdlet(VerbsLifecycle.Start, "LabStack", DefaultParameterSetName = "Path", SupportsShouldProcess = true)]
[OutputType(typeof(LabService), typeof(LabLogLine))]
public sealed class StartLabStackCommand : LabPlanCmdlet
{
    /// <summary><para type="description">The services to start, with everything they depend on. Default: all.</para></summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ServiceCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Service { get; set; } = [];

    /// <summary><para type="description">Rebuilds images even if they already exist.</para></summary>
    [Parameter]
    public SwitchParameter Build { get; set; }

    /// <summary><para type="description">Overrides pull_policy: Always, Missing or Never.</para></summary>
    [Parameter]
    [OneValue]
    public LabPullPolicy? Pull { get; set; }

    /// <summary><para type="description">Recreates containers even if nothing changed.</para></summary>
    [Parameter]
    public SwitchParameter ForceRecreate { get; set; }

    /// <summary><para type="description">Removes containers of services that the project no longer defines.</para></summary>
    [Parameter]
    public SwitchParameter RemoveOrphans { get; set; }

    /// <summary><para type="description">Starts only the named services, without those they depend on. References to other services, such as network_mode, use
    /// their existing containers.</para></summary>
    [Parameter]
    public SwitchParameter NoDeps { get; set; }

    /// <summary><para type="description">Recreates the services that the named services depend on, even if nothing changed.</para></summary>
    [Parameter]
    public SwitchParameter AlwaysRecreateDeps { get; set; }

    /// <summary><para type="description">Keeps existing containers even if their configuration or image changed.</para></summary>
    [Parameter]
    public SwitchParameter NoRecreate { get; set; }

    /// <summary><para type="description">Treats a missing image as an error instead of building it.</para></summary>
    [Parameter]
    public SwitchParameter NoBuild { get; set; }

    /// <summary><para type="description">Creates containers, networks and volumes, but starts nothing.</para></summary>
    [Parameter]
    public SwitchParameter NoStart { get; set; }

    /// <summary><para type="description">Gives recreated containers new anonymous volumes. By default they keep those of their predecessors, with the
    /// data.</para></summary>
    [Parameter]
    [Alias("RenewAnonVolumes")]
    public SwitchParameter RenewAnonymousVolume { get; set; }

    /// <summary><para type="description">Also creates the networks and volumes of the files that no service uses.</para></summary>
    [Parameter]
    [Alias("AllResources")]
    public SwitchParameter AllResource { get; set; }

    /// <summary><para type="description">Recreates volumes whose configuration changed. This deletes their data, so it prompts; -Force or -Confirm:$false suppresses the
    /// prompt. Without this parameter, they are kept with a warning.</para></summary>
    [Parameter]
    public SwitchParameter RecreateVolume { get; set; }

    /// <summary><para type="description">The number of containers by service, such as @{ api = 2 } or api=2. Other services keep the number in the files.</para></summary>
    [Parameter]
    [Scale]
    [ValidateNotNull]
    public Hashtable Scale { get; set; } = [];

    /// <summary><para type="description">Returns when everything is started, without waiting until services are healthy. Still waits for the depends_on conditions
    /// between services.</para></summary>
    [Parameter]
    public SwitchParameter NoWait { get; set; }

    /// <summary><para type="description">Relies on Docker's own health checks only. By default the module also runs the healthcheck command of a service that
    /// others wait for, at short intervals, until it passes once.</para></summary>
    [Parameter]
    public SwitchParameter NoProbe { get; set; }

    /// <summary><para type="description">How long one service may take to become ready, in seconds. Default: 300.</para></summary>
    [Parameter]
    [ValidateRange(1, 86400)]
    public int TimeoutSec { get; set; } = 300;

    /// <summary><para type="description">Whether the project is for production. ByProfile: if the lab profile is Prod or Production. Prod: always. None: never. A
    /// project for production is not started if Test-LabConfig finds errors in it.</para></summary>
    [Parameter]
    [OneValue]
    public LabPolicy Policy { get; set; } = LabPolicy.ByProfile;

    /// <summary><para type="description">Starts a production project despite Test-LabConfig errors, which are written as warnings, and takes over a stack that another
    /// folder started under the same project name.</para></summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary><para type="description">Follows the logs after the start, until all containers have exited. Ctrl-C stops the stack.</para></summary>
    [Parameter]
    public SwitchParameter Attach { get; set; }

    /// <summary><para type="description">Like -Attach, and stops the stack when a container exits. $LASTEXITCODE contains its exit code.</para></summary>
    [Parameter]
    public SwitchParameter AbortOnExit { get; set; }

    /// <summary><para type="description">Like -Attach, and stops the stack when a container exits with another code than 0. $LASTEXITCODE contains its exit
    /// code.</para></summary>
    [Parameter]
    public SwitchParameter AbortOnFailure { get; set; }

    /// <summary><para type="description">Like -AbortOnExit, but $LASTEXITCODE contains the exit code of this service.</para></summary>
    [Parameter]
    [ArgumentCompleter(typeof(ServiceCompleter))]
    [ValidateNotNullOrEmpty]
    public string? ExitCodeFrom { get; set; }

    /// <summary><para type="description">Removes the stack at the end, with its networks. Volumes are kept. Implies -Attach.</para></summary>
    [Parameter]
    public SwitchParameter RemoveAfter { get; set; }

    private protected override LabPlanAction Action => LabPlanAction.Start;

    private protected override IReadOnlyList<ParameterConflict> Conflicts =>
    [
        new(nameof(AbortOnFailure), [nameof(AbortOnExit), nameof(ExitCodeFrom)]),
        new(nameof(NoStart), [nameof(Attach), nameof(AbortOnExit), nameof(AbortOnFailure), nameof(ExitCodeFrom), nameof(RemoveAfter)]),
        new(nameof(NoBuild), [nameof(Build)]),
        new(nameof(NoRecreate), [nameof(ForceRecreate), nameof(AlwaysRecreateDeps)]),
        new(nameof(NoDeps), [nameof(AlwaysRecreateDeps)]),
    ];

    private bool IsAttached => Attach || AbortOnExit || AbortOnFailure || RemoveAfter || ExitCodeFrom is not null;

    private protected override PlanIntent Intent() => new()
    {
        For = LabPlanAction.Start,
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
        NoWait = NoWait || NoStart || IsAttached,
        NoProbe = NoProbe,
        TimeoutSec = TimeoutSec,
        Policy = Policy,
        Force = Force,
    };

    private protected override async Task ExecuteAsync(PlanProgress work, PlanIntent intent, CancellationToken token)
    {
        if (IsAttached)
        {
            await FollowAsync(work, intent, token).ConfigureAwait(false);
            return;
        }

        HashSet<string> written = await work.RunAsync(write: true, token).ConfigureAwait(false);
        if (intent.NoWait)
        {
            // There was no wait, so nothing was reported as ready. The services are written in their current state.
            await StackServices.WriteAsync(
                work.Session,
                work.Plan.ProjectName,
                container => !written.Contains(container.Id) && (intent.Services.Count == 0 || intent.Services.Contains(container.Service, StringComparer.Ordinal)),
                work.Output,
                token).ConfigureAwait(false);
        }
    }

    private protected override string? Loss(StackPlan plan)
    {
        string[] volumes = [.. plan.Steps.OfType<RemoveVolumeOperation>().Select(operation => operation.Volume)];
        return Force || volumes.Length == 0 ? null : $"This permanently deletes all data in {string.Join(", ", volumes)}. Continue?";
    }

    private Task FollowAsync(PlanProgress work, PlanIntent intent, CancellationToken token)
    {
        ComposeProject project = work.Plan.Request!.Project!;
        if (ExitCodeFrom is not null)
        {
            StackPlanner.RequireService(project, ExitCodeFrom);
        }

        return new AttachedStack(work.Session, project, work.Output)
        {
            Services = intent.Services,
            StopWhen = AbortOnFailure ? StopWhen.Failure : AbortOnExit || ExitCodeFrom is not null ? StopWhen.AnyExit : StopWhen.Stopped,
            ExitCodeFrom = ExitCodeFrom,
            RemoveAfter = RemoveAfter,
        }.RunAsync(() => work.RunAsync(write: false, token), token);
    }
}
