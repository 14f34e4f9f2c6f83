using System.Management.Automation;
using ComposeLab.Completion;
using ComposeLab.Engine.Docker;
using ComposeLab.Engines;
using ComposeLab.Errors;
using ComposeLab.Pipeline;
using ComposeLab.Stacks;
using ComposeLab.Swarm;

namespace ComposeLab.Commands;

/// <summary>
/// <para type="synopsis">Lists the nodes of a swarm.</para>
/// <para type="description">Shows state, availability, role, number of running tasks, resources and labels of each node, like docker node ls and docker node
/// inspect.</para>
/// </summary>
/// <example>
/// <summary><para>Lists the nodes that do not answer.</para></summary>
/// <code>Get-LabNode | Where-Object State -NE ready</code>
/// </example>
/// <example>
/// <summary><para>Lists the nodes of another swarm.</para></summary>
/// <code>Get-LabNode -Context ssh://admin@manager1</code>
/// </example>
[Cmdlet(VerbsCommon.Get, "LabNode")]
[OutputType(typeof(LabNode))]
public sealed class GetLabNodeCommand : LabSwarmCmdlet
{
    /// <summary><para type="description">The names or ids of the nodes. Default: all. It is an error if a name without wildcards does not exist.</para></summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("Node")]
    [ArgumentCompleter(typeof(NodeCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = ["*"];

    private protected override async Task RunAsync(EngineSession session, IPipelineOutput output, CancellationToken token)
    {
        SwarmState swarm = await SwarmState.ReadAsync(session.Engine, token).ConfigureAwait(false);
        var names = new NamePatterns(Name);
        foreach (SwarmNode node in swarm.Nodes.Where(node => names.Match(node.Name) || names.Match(node.Id)).OrderBy(node => node.Name, StringComparer.Ordinal))
        {
            await output.WriteAsync(SwarmObjects.Of(node, swarm, session.Engine.Info.Endpoint.Name)).ConfigureAwait(false);
        }

        foreach (string missing in names.Unmatched(swarm.Nodes.SelectMany(node => new[] { node.Name, node.Id })))
        {
            await output.WriteErrorAsync(ErrorRecords.From(SwarmNodes.Missing(missing, swarm.Nodes))).ConfigureAwait(false);
        }
    }
}
