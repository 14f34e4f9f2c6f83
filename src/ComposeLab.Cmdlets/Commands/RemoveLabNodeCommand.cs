using System.Management.Automation;
using ComposeLab.Engine.Docker;
using ComposeLab.Engines;
using ComposeLab.Errors;
using ComposeLab.Pipeline;
using ComposeLab.Swarm;

namespace ComposeLab.Commands;

/// <summary>
/// <para type="synopsis">Removes nodes from a swarm.</para>
/// <para type="description">Drains each node and waits until its tasks run elsewhere, makes a manager a worker, takes the engine out of the swarm, and removes it from
/// the list of nodes. The engine of the node is found among the docker contexts. A node that is down is only removed from the list. With -Force, a node is removed
/// without waiting and even if its engine cannot be reached, and the last manager leaves, which ends the swarm. Local volumes are kept.</para>
/// </summary>
/// <example>
/// <summary><para>Moves the tasks of a node to others, and removes it.</para></summary>
/// <code>Remove-LabNode node3</code>
/// </example>
/// <example>
/// <summary><para>Removes all nodes that are down.</para></summary>
/// <code>Get-LabNode | Where-Object State -EQ down | Remove-LabNode</code>
/// </example>
/// <example>
/// <summary><para>Ends a swarm of one node. All its stacks, secrets and configs are lost.</para></summary>
/// <code>Get-LabNode | Remove-LabNode -Force</code>
/// </example>
[Cmdlet(VerbsCommon.Remove, "LabNode", SupportsShouldProcess = true)]
[OutputType(typeof(LabNode))]
public sealed class RemoveLabNodeCommand : LabNodeCmdlet
{
    /// <summary><para type="description">Does not wait until tasks run elsewhere, removes nodes whose engines cannot be reached, and ends the swarm with its last
    /// manager.</para></summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected override async Task RunAsync(EngineSession session, IPipelineOutput output, CancellationToken token)
    {
        SwarmState before = await SwarmState.ReadAsync(session.Engine, token).ConfigureAwait(false);
        IReadOnlyList<SwarmNode> nodes = before.Nodes;
        foreach (SwarmNode node in Name.Distinct(StringComparer.Ordinal).Select(name => SwarmNodes.Find(name, nodes)).ToArray())
        {
            bool isLast = node.ManagerStatus is not null && nodes.Count(other => other.ManagerStatus is not null) == 1;
            if (isLast && !Force)
            {
                throw new LabException(
                    LabErrorId.LastManager,
                    $"Node '{node.Name}' is the last manager: without it, the swarm and all its stacks are lost.",
                    "Make another node a manager with Set-LabNode NODE -Role Manager, or end the swarm with -Force",
                    node.Name);
            }

            // Found before anything is changed: a node that does not leave keeps its tasks.
            EngineSession? own = node.Status.State == "down" ? null : await session.Nodes.FindAsync(node, token).ConfigureAwait(false);
            if (own is null && node.Status.State != "down" && !Force)
            {
                throw NodeEngines.Unreachable(node, $"Node '{node.Name}' must leave the swarm", $"type on {node.Name}: docker swarm leave");
            }

            string action = isLast ? $"Remove the last manager {node.Name}, and with it the swarm and all its stacks, secrets and configs" : $"Remove node {node.Name} from the swarm";
            if (!await output.ShouldProcessAsync(action, $"{action}?", "Remove-LabNode").ConfigureAwait(false))
            {
                continue;
            }

            await (isLast ? session.Engine.LeaveSwarmAsync(force: true, token) : RemoveAsync(session.Engine, own?.Engine, node, token)).ConfigureAwait(false);
            if (PassThru)
            {
                await output.WriteAsync(SwarmObjects.Of(node, before, session.Engine.Info.Endpoint.Name)).ConfigureAwait(false);
            }
        }
    }

    private async Task RemoveAsync(IEngine manager, IEngine? own, SwarmNode node, CancellationToken token)
    {
        SwarmNodeSpec spec = node.Spec with { Role = "worker", Availability = "drain" };
        if (node.Status.State != "down" || node.ManagerStatus is not null)
        {
            await manager.UpdateNodeAsync(node.Id, node.Version.Index, spec, token).ConfigureAwait(false);
        }

        if (own is not null)
        {
            if (!Force)
            {
                await SwarmNodes.DrainedAsync(manager, node, TimeoutSec, token).ConfigureAwait(false);
            }

            await own.LeaveSwarmAsync(force: true, token).ConfigureAwait(false);
        }

        await manager.RemoveNodeAsync(node.Id, force: true, token).ConfigureAwait(false);
    }
}
