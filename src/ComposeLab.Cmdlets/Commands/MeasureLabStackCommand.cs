using System.Management.Automation;
using ComposeLab.Completion;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Planning;
using ComposeLab.Engines;
using ComposeLab.Pipeline;
using ComposeLab.Stacks;

namespace ComposeLab.Commands;

/// <summary>
/// <para type="synopsis">Measures CPU, memory, network and disk usage of the containers of a stack.</para>
/// <para type="description">Writes one object for each running container. The engine measures for about a second; all containers are measured at the same time. With
/// -Continuous, it measures again until you press Ctrl-C. The stack is found by its name: the Compose files are not needed. In a swarm stack, tasks on other nodes are
/// reached through the docker contexts of those nodes; for each node without one, there is an error.</para>
/// </summary>
/// <example>
/// <summary><para>Measures the bundled lab.</para></summary>
/// <code>Measure-LabStack</code>
/// </example>
/// <example>
/// <summary><para>Shows the three containers that use the most CPU.</para></summary>
/// <code>Measure-LabStack -ProjectName shop -Top 3</code>
/// </example>
/// <example>
/// <summary><para>Writes the usage of a stack to a file every ten seconds.</para></summary>
/// <code>Measure-LabStack -ProjectName shop -Continuous -IntervalSec 10 | Export-Csv usage.csv</code>
/// </example>
[Cmdlet(VerbsDiagnostic.Measure, "LabStack", DefaultParameterSetName = "Path")]
[OutputType(typeof(LabUsage))]
public sealed class MeasureLabStackCommand : LabEngineCmdlet
{
    /// <summary><para type="description">The services. Default: all.</para></summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ServiceCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Service { get; set; } = [];

    /// <summary><para type="description">Measures again until you press Ctrl-C.</para></summary>
    [Parameter]
    public SwitchParameter Continuous { get; set; }

    /// <summary><para type="description">With -Continuous: the pause between two measurements, in seconds. Default: 1.</para></summary>
    [Parameter]
    [ValidateRange(1, 86400)]
    public int IntervalSec { get; set; } = 1;

    /// <summary><para type="description">Writes only this number of containers: those that use the most CPU, the highest first.</para></summary>
    [Parameter]
    [ValidateRange(1, 10000)]
    public int? Top { get; set; }

    /// <inheritdoc/>
    protected override async Task RunAsync(IPipelineOutput output, CancellationToken token)
    {
        StackTarget target = StackTarget.Of(Selection, () => LoadProject(output, token), token);
        using EngineSession session = await EngineSession.OpenAsync(Selection, token).ConfigureAwait(false);
        IReadOnlyList<ObservedContainer> all = await session.Stacks.ListContainersAsync(target.ProjectName, oneOffs: false, token).ConfigureAwait(false);
        if (all.Count == 0)
        {
            throw StackTarget.Missing(target.ProjectName, await session.Stacks.ListStacksAsync(token).ConfigureAwait(false));
        }

        string[] known = [.. all.Select(container => container.Service), .. target.Project?.Services.Keys ?? [], .. target.Project?.DisabledServices.Keys ?? []];
        if (Service.Except(known, StringComparer.Ordinal).FirstOrDefault() is { } unknown)
        {
            throw StackTarget.NoService(target.ProjectName, unknown, known.Order(StringComparer.Ordinal));
        }

        HashSet<string> unreachable = [];
        do
        {
            ObservedContainer[] running = [.. all.Where(container => container.IsRunning && (Service.Length == 0 || Service.Contains(container.Service, StringComparer.Ordinal)))];
            IReadOnlyList<LocatedContainer> located = await RunningContainer.LocateReachableAsync(session, running, unreachable, output, token).ConfigureAwait(false);
            ContainerUsage?[] usages = await Task.WhenAll(located.Select(container => container.Engine.MeasureContainerAsync(container.Id, token))).ConfigureAwait(false);
            IEnumerable<LabUsage> measured = located.Zip(usages).Where(pair => pair.Second is not null).Select(pair => Usage(pair.First.Container, pair.Second!));
            await output.WriteEachAsync<LabUsage>([.. Top is { } top ? measured.OrderByDescending(usage => usage.CpuPercent).Take(top) : measured]).ConfigureAwait(false);
            if (Continuous)
            {
                await Task.Delay(TimeSpan.FromSeconds(IntervalSec), token).ConfigureAwait(false);
                all = await session.Stacks.ListContainersAsync(target.ProjectName, oneOffs: false, token).ConfigureAwait(false);
            }
        }
        while (Continuous);
    }

    private static LabUsage Usage(ObservedContainer container, ContainerUsage usage) => new()
    {
        Time = usage.Time,
        ProjectName = container.Project,
        Service = container.Service,
        Container = container.Name,
        CpuPercent = usage.CpuPercent,
        Memory = usage.Memory,
        MemoryLimit = usage.MemoryLimit,
        NetworkReceived = usage.NetworkReceived,
        NetworkSent = usage.NetworkSent,
        BlockRead = usage.BlockRead,
        BlockWritten = usage.BlockWritten,
        Processes = usage.Processes,
    };
}
