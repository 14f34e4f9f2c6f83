using System.Collections;
using System.Management.Automation;
using ComposeLab.Completion;
using ComposeLab.Compose.Model;
using ComposeLab.Engine;
using ComposeLab.Engine.Planning;
using ComposeLab.Engines;
using ComposeLab.Pipeline;
using ComposeLab.Policy;
using ComposeLab.Projects;
using ComposeLab.Stacks;

namespace ComposeLab.Commands;

/// <summary>
/// <para type="synopsis">Starts a stack and waits until it is ready.</para>
/// <para type="description">Compares the project with what the engine holds and does what is missing: builds or pulls images, creates networks, volumes and containers,
/// starts them in the order of their dependencies and waits until they are healthy. What fits already is left alone; a container whose configuration differs is made
/// anew, and the plan names the fields. Each service is written as soon as it is ready. Before anything changes, taken ports, missing bind sources and the like are
/// reported, all at once. -WhatIf answers with the plan as objects and changes nothing.</para>
/// </summary>
/// <example>
/// <summary><para>Starts the bundled lab for development.</para></summary>
/// <code run="true">Start-LabStack -Profile Dev</code>
/// </example>
/// <example>
/// <summary><para>Shows what a start for production would change, and why.</para></summary>
/// <code run="true">Start-LabStack -Profile Prod -WhatIf | Format-Table Action, Resource, Cause</code>
/// </example>
/// <example>
/// <summary><para>Lists every changed variable of the environment, with its line.</para></summary>
/// <code run="true">(Start-LabStack -Profile Dev -WhatIf).Changes | Where-Object Field -Like 'environment.*'</code>
/// </example>
/// <example>
/// <summary><para>Starts one service of another project, and all it depends on, in two containers.</para></summary>
/// <code>Start-LabStack web -Path ./shop -Scale @{ web = 2 }</code>
/// </example>
[Cmdlet(VerbsLifecycle.Start, "LabStack", DefaultParameterSetName = "Path", SupportsShouldProcess = true)]
[OutputType(typeof(LabService), typeof(LabOperation))]
public sealed class StartLabStackCommand : LabPlanCmdlet
{
    /// <summary><para type="description">The services to start, with all they depend on. Default: all.</para></summary>
    [Parameter(Position = 0)]
    [ArgumentCompleter(typeof(ServiceCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Service { get; set; } = [];

    /// <summary><para type="description">Builds the images of services with a build section although they are there.</para></summary>
    [Parameter]
    public SwitchParameter Build { get; set; }

    /// <summary><para type="description">When images are pulled, whatever the files say: always, missing or never.</para></summary>
    [Parameter]
    [ValidateSet("always", "missing", "never")]
    public string? Pull { get; set; }

    /// <summary><para type="description">Makes containers anew although nothing differs.</para></summary>
    [Parameter]
    public SwitchParameter ForceRecreate { get; set; }

    /// <summary><para type="description">Removes the containers of services that the project no longer defines.</para></summary>
    [Parameter]
    public SwitchParameter RemoveOrphans { get; set; }

    /// <summary><para type="description">The number of containers by service, such as @{ api = 2 } or api=2. Others keep what the files say.</para></summary>
    [Parameter]
    [Scale]
    [ValidateNotNull]
    public Hashtable Scale { get; set; } = [];

    /// <summary><para type="description">Returns as soon as everything is started, without waiting for health. Conditions between services are waited for all the
    /// same.</para></summary>
    [Parameter]
    public SwitchParameter NoWait { get; set; }

    /// <summary><para type="description">Leaves health to the engine's own probes. Without it, the healthcheck command of a service that others wait for is also run
    /// by the module at short intervals, until it passes once.</para></summary>
    [Parameter]
    public SwitchParameter NoProbe { get; set; }

    /// <summary><para type="description">How long one service may take to become ready, in seconds. Default: 300.</para></summary>
    [Parameter]
    [ValidateRange(1, 86400)]
    public int TimeoutSec { get; set; } = 300;

    /// <summary><para type="description">What the project is meant for. ByProfile: the lab profile Prod or Production means production. Prod: production, whatever
    /// the profile. None: not production. What Test-LabConfig calls an Error keeps a project out of production.</para></summary>
    [Parameter]
    public LabPolicy Policy { get; set; } = LabPolicy.ByProfile;

    /// <summary><para type="description">Starts a project for production although Test-LabConfig finds errors in it; they are warned of.</para></summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override async Task RunAsync(IPipelineOutput output, CancellationToken token)
    {
        ComposeProject project = LoadProject(output, token);
        PolicyGate.Check(project, Selection, Policy, Force ? output : null, token);
        using EngineSession session = await EngineSession.OpenAsync(Selection.Environment, token).ConfigureAwait(false);
        StackPlan plan = await session.Stacks.PlanStartAsync(project, Options(), token).ConfigureAwait(false);
        string caption = $"Start {project.Name}";
        if (!await AgreeAsync(output, plan, caption, places: new Places(project)).ConfigureAwait(false))
        {
            return;
        }

        HashSet<string> written;
        try
        {
            written = await PlanRun.CarryOutAsync(session, plan, caption, output, true, token).ConfigureAwait(false);
        }
        catch (EngineException fault)
        {
            throw await ServiceDiagnoses.ExplainAsync(fault, session, Selection, project, token).ConfigureAwait(false);
        }

        if (NoWait)
        {
            // Nobody waited, so nobody told: the services are written as they are now.
            await StackServices.WriteAsync(
                session,
                project.Name,
                container => !written.Contains(container.Id) && (Service.Length == 0 || Service.Contains(container.Service, StringComparer.Ordinal)),
                output,
                token).ConfigureAwait(false);
        }
    }

    private StartOptions Options() => new()
    {
        Services = Service,
        Build = Build,
        Pull = Pull?.ToLowerInvariant(),
        ForceRecreate = ForceRecreate,
        RemoveOrphans = RemoveOrphans,
        Scale = Scale.Cast<DictionaryEntry>().ToDictionary(entry => (string)entry.Key, entry => (int)entry.Value!, StringComparer.Ordinal),
        NoWait = NoWait,
        NoProbe = NoProbe,
        ReadyLimit = TimeSpan.FromSeconds(TimeoutSec),
    };
}
