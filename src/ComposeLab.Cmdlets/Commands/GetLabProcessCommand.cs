using System.Management.Automation;
using ComposeLab.Completion;
using ComposeLab.Engine;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Planning;
using ComposeLab.Engines;
using ComposeLab.Pipeline;
using ComposeLab.Projects;
using ComposeLab.Stacks;

namespace ComposeLab.Commands;

/// <summary>
/// <para type="synopsis">Lists the processes in the containers of a stack.</para>
/// <para type="description">Writes one object for each process, with the process id on the engine's host. The image needs no tools for it. The stack is found by its
/// name: the Compose files are not needed. One-off containers are included. In a swarm stack, tasks on other nodes are reached through the docker contexts of those
/// nodes; for each node without one, there is an error.</para>
/// </summary>
/// <example>
/// <summary><para>Lists the processes of the bundled lab.</para></summary>
/// <code>Get-LabProcess</code>
/// </example>
/// <example>
/// <summary><para>Counts the connections of a database by their processes.</para></summary>
/// <code>Get-LabProcess db -ProjectName shop | Where-Object Command -Like 'postgres:*' | Measure-Object</code>
/// </example>
[Cmdlet(VerbsCommon.Get, "LabProcess", DefaultParameterSetName = "Path")]
[OutputType(typeof(LabProcess))]
public sealed class GetLabProcessCommand : LabEngineCmdlet
{
    /// <summary><para type="description">The services. Default: all.</para></summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ServiceCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Service { get; set; } = ["*"];

    /// <inheritdoc/>
    protected override async Task RunAsync(IPipelineOutput output, CancellationToken token)
    {
        string project = ProjectLoading.NameOf(Selection, token);
        using EngineSession session = await EngineSession.OpenAsync(Selection, token).ConfigureAwait(false);
        IReadOnlyList<ObservedContainer> all = await session.Stacks.ListContainersAsync(project, oneOffs: true, token).ConfigureAwait(false);
        if (all.Count == 0)
        {
            throw StackTarget.Missing(project, await session.Stacks.ListStacksAsync(token).ConfigureAwait(false));
        }

        var names = new NamePatterns(Service);
        if (names.Unmatched(all.Select(container => container.Service)).FirstOrDefault() is { } unknown)
        {
            throw StackTarget.NoService(project, unknown, all.Select(container => container.Service));
        }

        ObservedContainer[] running = [.. all.Where(container => container.IsRunning && names.Match(container.Service))];
        IReadOnlyList<LocatedContainer> located = await RunningContainer.LocateReachableAsync(session, running, [], output, token).ConfigureAwait(false);
        IReadOnlyList<LabProcess>[] processes = await Task.WhenAll(located.Select(container => ReadAsync(container.Engine, container.Container, token))).ConfigureAwait(false);
        await output.WriteEachAsync<LabProcess>([.. processes.SelectMany(list => list)]).ConfigureAwait(false);
    }

    private static async Task<IReadOnlyList<LabProcess>> ReadAsync(IEngine engine, ObservedContainer container, CancellationToken token)
    {
        try
        {
            return ProcessObjects.Of(container, await engine.ListProcessesAsync(container.Id, token).ConfigureAwait(false));
        }
        catch (EngineException fault) when (fault.IsNotFound || fault.IsConflict)
        {
            // It has exited since it was listed.
            return [];
        }
    }
}
