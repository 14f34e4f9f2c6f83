using System.Management.Automation;
using ComposeLab.Completion;
using ComposeLab.Engine.Execution;
using ComposeLab.Engine.Planning;
using ComposeLab.Engines;
using ComposeLab.Errors;
using ComposeLab.Pipeline;
using ComposeLab.Stacks;
using ComposeLab.Swarm;

namespace ComposeLab.Commands;

/// <summary>
/// <para type="synopsis">Lists the tasks of a swarm: where they run, why they failed, and why they wait.</para>
/// <para type="description">Shows each task with its node, state, whole error and exit code, like docker stack ps. For a task without a node, the property Pending lists
/// for each node why it does not run the task: a constraint, missing resources, the platform, a port, a plugin, or its availability.</para>
/// </summary>
/// <example>
/// <summary><para>Lists the tasks of a stack that should run now.</para></summary>
/// <code>Get-LabTask -ProjectName shop</code>
/// </example>
/// <example>
/// <summary><para>Shows why tasks wait for a node.</para></summary>
/// <code>(Get-LabTask -State pending).Pending</code>
/// </example>
/// <example>
/// <summary><para>Shows the errors of earlier tasks of a service.</para></summary>
/// <code>Get-LabTask web -ProjectName shop -All | Format-List</code>
/// </example>
[Cmdlet(VerbsCommon.Get, "LabTask")]
[OutputType(typeof(LabTask))]
public sealed class GetLabTaskCommand : LabSwarmCmdlet
{
    /// <summary><para type="description">The services, by their keys in the Compose files. Default: all.</para></summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ServiceCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Service { get; set; } = ["*"];

    /// <summary><para type="description">The stacks. Default: all, and services without a stack.</para></summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Project", "StackName")]
    [ArgumentCompleter(typeof(ProjectNameCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] ProjectName { get; set; } = ["*"];

    /// <summary><para type="description">The names or ids of the nodes. Default: all.</para></summary>
    [Parameter]
    [ArgumentCompleter(typeof(NodeCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Node { get; set; } = ["*"];

    /// <summary><para type="description">The states, in the swarm's words: new, pending, assigned, accepted, preparing, starting, running, complete, shutdown, failed,
    /// rejected, orphaned. Default: all.</para></summary>
    [Parameter]
    [ValidateSet("new", "pending", "assigned", "accepted", "preparing", "ready", "starting", "running", "complete", "shutdown", "failed", "rejected", "orphaned", "remove")]
    public string[] State { get; set; } = [];

    /// <summary><para type="description">Also lists tasks that were replaced, as long as the swarm keeps them.</para></summary>
    [Parameter]
    public SwitchParameter All { get; set; }

    private protected override async Task RunAsync(EngineSession session, IPipelineOutput output, CancellationToken token)
    {
        SwarmState swarm = await SwarmState.ReadAsync(session.Engine, token).ConfigureAwait(false);
        string engine = session.Engine.Info.Endpoint.Name;
        var stacks = new NamePatterns(ProjectName);
        var services = new NamePatterns(Service);
        var nodes = new NamePatterns(Node);
        HashSet<string> found = [.. swarm.Services.Select(service => service.Label(SwarmLabels.Namespace))];
        foreach (string missing in stacks.Unmatched(found))
        {
            await output.WriteErrorAsync(ErrorRecords.From(new LabException(
                LabErrorId.StackNotRunning, $"Stack '{missing}' not found in the swarm. Stacks: {string.Join(", ", found.Where(name => name.Length > 0).Order(StringComparer.Ordinal))}.", "Get-LabStack", missing))).ConfigureAwait(false);
        }

        LabTask[] tasks = [.. SwarmObjects.Of(swarm.Tasks, swarm, engine).Where(task => stacks.Match(task.ProjectName))];
        foreach (string missing in services.Unmatched(swarm.Services.Where(service => stacks.Match(service.Label(SwarmLabels.Namespace))).Select(service => ServiceRollout.Of(service.Label(SwarmLabels.Namespace), service).Service)))
        {
            await output.WriteErrorAsync(ErrorRecords.From(new LabException(LabErrorId.ServiceNotFound, $"Service '{missing}' not found in the swarm.", "Run Get-LabTask to list the services", missing))).ConfigureAwait(false);
        }

        bool isPast(LabTask task) => task.DesiredState is "shutdown" or "remove";
        await output.WriteEachAsync<LabTask>([.. tasks.Where(task => services.Match(task.Service)
            && (nodes.Match(task.Node) || swarm.Nodes.Any(node => node.Name == task.Node && nodes.Match(node.Id)))
            && (State.Length == 0 || State.Contains(task.State, StringComparer.OrdinalIgnoreCase))
            && (All || State.Length > 0 || !isPast(task)))]).ConfigureAwait(false);
    }
}
