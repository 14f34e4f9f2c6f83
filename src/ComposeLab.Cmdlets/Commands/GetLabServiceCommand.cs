using System.Management.Automation;
using ComposeLab.Completion;
using ComposeLab.Engine.Planning;
using ComposeLab.Engines;
using ComposeLab.Errors;
using ComposeLab.Pipeline;
using ComposeLab.Projects;
using ComposeLab.Stacks;
using ComposeLab.Swarm;

namespace ComposeLab.Commands;

/// <summary>
/// <para type="synopsis">Lists the services of a stack, one object for each container.</para>
/// <para type="description">Shows every container, running or not, with its state, health and ports, like docker compose ps --all. The stack is found by its name
/// and labels. The Compose files are not needed, and stacks created by docker compose are shown too. For a stack on a swarm, writes each service
/// with the number of its tasks, its image with the digest, and the state of its update.</para>
/// </summary>
/// <example>
/// <summary><para>Lists the services of the bundled lab.</para></summary>
/// <code run="true">Get-LabService</code>
/// </example>
/// <example>
/// <summary><para>Lists all unhealthy services on the engine.</para></summary>
/// <code>Get-LabStack | Get-LabService | Where-Object Health -EQ Unhealthy</code>
/// </example>
/// <example>
/// <summary><para>Shows the address at which port 8080 of a service is published.</para></summary>
/// <code>Get-LabService -Port api:8080</code>
/// </example>
[Cmdlet(VerbsCommon.Get, "LabService", DefaultParameterSetName = "Path")]
[OutputType(typeof(LabService), typeof(LabPort), typeof(LabRollout))]
public sealed class GetLabServiceCommand : LabEngineCmdlet
{
    /// <summary><para type="description">The service names. Default: all. It is an error if a name without wildcards does not exist in the stack.</para></summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ServiceCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Service { get; set; } = ["*"];

    /// <summary><para type="description">Also lists one-off containers, such as those of docker compose run.</para></summary>
    [Parameter]
    public SwitchParameter All { get; set; }

    /// <summary><para type="description">Returns only where a port of a service is published, as SERVICE:PORT or SERVICE:PORT/udp, like docker compose port.</para></summary>
    [Parameter]
    [Form(PortQuery.Pattern, "a service and a port, such as api:8000 or dns:53/udp")]
    public string? Port { get; set; }

    /// <inheritdoc/>
    private protected override IReadOnlyList<ParameterConflict> Conflicts => [new(nameof(Port), [nameof(Service), nameof(All)])];

    /// <inheritdoc/>
    protected override async Task RunAsync(IPipelineOutput output, CancellationToken token)
    {
        string project = ProjectLoading.NameOf(Selection, token);
        using EngineSession session = await EngineSession.OpenAsync(Selection, token).ConfigureAwait(false);
        IReadOnlyList<ObservedContainer> containers = All
            ? await session.Stacks.ListServicesAndOneOffsAsync(project, token).ConfigureAwait(false)
            : await session.Stacks.ListServicesAsync(project, token).ConfigureAwait(false);
        PortQuery? port = Port is null ? null : PortQuery.Parse(Port);
        var names = new NamePatterns(port is null ? Service : [WildcardPattern.Escape(port.Service)]);
        if (containers.Count == 0 && await session.Stacks.FindRolloutsAsync(project, token).ConfigureAwait(false) is { Count: > 0 } rollouts)
        {
            await output.WriteEachAsync<LabRollout>([.. rollouts.Where(rollout => names.Match(rollout.Service)).Select(rollout => SwarmObjects.Of(rollout, session.Engine.Info.Endpoint.Name))]).ConfigureAwait(false);
            foreach (string missing in names.Unmatched(rollouts.Select(rollout => rollout.Service)))
            {
                await output.WriteErrorAsync(ErrorRecords.From(new LabException(
                    LabErrorId.ServiceNotFound, $"Service '{missing}' not found in stack '{project}'. Services: {string.Join(", ", rollouts.Select(rollout => rollout.Service))}.", $"Run {Typed("Get-LabService")} to list the services", missing))).ConfigureAwait(false);
            }

            return;
        }

        if (containers.Count == 0 && Selection.IsOnlyNamed)
        {
            IReadOnlyList<ObservedStack> stacks = await session.Stacks.ListStacksAsync(token).ConfigureAwait(false);
            await output.WriteErrorAsync(ErrorRecords.From(StackTarget.Missing(project, stacks))).ConfigureAwait(false);
            return;
        }

        ObservedContainer[] wanted = [.. containers.Where(container => names.Match(container.Service))];
        IReadOnlyList<LabService> services = await ServiceObjects.OfAsync(session.Engine, wanted, token).ConfigureAwait(false);
        await (port is not null && services.Count > 0 ? output.WriteEachAsync(port.Find(services)) : output.WriteEachAsync(services)).ConfigureAwait(false);

        foreach (string missing in names.Unmatched(containers.Select(container => container.Service)))
        {
            await output.WriteErrorAsync(ErrorRecords.From(Missing(project, missing, containers))).ConfigureAwait(false);
        }
    }

    private LabException Missing(string project, string name, IReadOnlyList<ObservedContainer> containers) => containers.Count == 0
        ? new LabException(
            LabErrorId.StackNotRunning, $"Service '{name}' not found: stack '{project}' has no containers.", Typed("Start-LabStack"), name)
        : new LabException(
            LabErrorId.ServiceNotFound,
            $"Service '{name}' not found in stack '{project}'. Services: {string.Join(", ", containers.Select(container => container.Service).Distinct(StringComparer.Ordinal))}.",
            $"Run {Typed("Get-LabService")} to list the services",
            name);
}
