using ComposeLab.Engine;
using ComposeLab.Engine.Docker;
using ComposeLab.Errors;
using ComposeLab.Pipeline;

namespace ComposeLab.Swarm;

/// <summary>Finds nodes of a swarm, waits for them, and writes them.</summary>
internal static class SwarmNodes
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>Finds a node.</summary>
    /// <param name="name">Its name or id.</param>
    /// <param name="nodes">The nodes.</param>
    /// <returns>The node.</returns>
    /// <exception cref="LabException">NodeNotFound; ParameterConflict: several nodes have the name.</exception>
    public static SwarmNode Find(string name, IReadOnlyList<SwarmNode> nodes)
    {
        SwarmNode[] found = [.. nodes.Where(node => node.Id == name)];
        found = found.Length > 0 ? found : [.. nodes.Where(node => string.Equals(node.Name, name, StringComparison.OrdinalIgnoreCase))];
        return found switch
        {
            [var only] => only,
            [] => throw Missing(name, nodes),
            _ => throw new LabException(LabErrorId.ParameterConflict, $"{found.Length} nodes have the name '{name}'.", $"Use an id: {string.Join(", ", found.Select(node => node.Id))}", name),
        };
    }

    /// <summary>The error for a node that does not exist.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="nodes">The nodes.</param>
    /// <returns>The error; it lists the nodes.</returns>
    public static LabException Missing(string name, IReadOnlyList<SwarmNode> nodes) => new(
        LabErrorId.NodeNotFound, $"Node '{name}' not found. Nodes: {string.Join(", ", nodes.Select(node => node.Name).Order(StringComparer.Ordinal))}.", "Get-LabNode", name);

    /// <summary>The error for an engine that already belongs to a swarm.</summary>
    /// <param name="name">The name of the engine.</param>
    /// <param name="engine">The engine.</param>
    /// <returns>NodeInSwarm.</returns>
    public static LabException InSwarm(string name, EngineDescription engine) => new(
        LabErrorId.NodeInSwarm,
        $"The engine {name} is already a {(engine.IsSwarmManager ? "manager" : "node")} of a swarm (state: {engine.SwarmState}).",
        engine.IsSwarmManager ? "Use it as it is, or end its swarm with: Get-LabNode | Remove-LabNode -Force" : "Remove it from its swarm first: Remove-LabNode",
        name);

    /// <summary>Waits until the tasks of a drained node have ended.</summary>
    /// <param name="engine">A manager.</param>
    /// <param name="node">The node.</param>
    /// <param name="seconds">The time limit.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>Completes when no task is left.</returns>
    /// <exception cref="EngineException">TimedOut.</exception>
    public static Task DrainedAsync(IEngine engine, SwarmNode node, int seconds, CancellationToken token)
    {
        int left = 0;
        return UntilAsync(
            engine,
            swarm => (left = swarm.Tasks.Count(task => task.NodeId == node.Id && !task.HasEnded)) == 0,
            TimeSpan.FromSeconds(seconds),
            () => $"{left} tasks of node {node.Name} did not end within {seconds} seconds. The node stays drained.",
            token);
    }

    /// <summary>Waits for a state of the swarm.</summary>
    /// <param name="engine">A manager.</param>
    /// <param name="isReached">Whether it is reached.</param>
    /// <param name="limit">The time limit.</param>
    /// <param name="late">What to say if it is not reached in time.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>Completes when it is reached.</returns>
    /// <exception cref="EngineException">TimedOut.</exception>
    public static async Task UntilAsync(IEngine engine, Func<SwarmState, bool> isReached, TimeSpan limit, Func<string> late, CancellationToken token)
    {
        DateTime end = DateTime.UtcNow + limit;
        while (!isReached(await SwarmState.ReadAsync(engine, token).ConfigureAwait(false)))
        {
            if (DateTime.UtcNow >= end)
            {
                throw new EngineException(EngineErrorId.TimedOut, late(), "See the nodes with Get-LabNode and the tasks with Get-LabTask");
            }

            await Task.Delay(Pause, token).ConfigureAwait(false);
        }
    }

    /// <summary>Writes a node.</summary>
    /// <param name="engine">A manager.</param>
    /// <param name="id">The id of the node.</param>
    /// <param name="output">Receives it.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>Completes when it is written.</returns>
    public static async Task WriteAsync(IEngine engine, string id, IPipelineOutput output, CancellationToken token)
    {
        SwarmState swarm = await SwarmState.ReadAsync(engine, token).ConfigureAwait(false);
        await output.WriteAsync(SwarmObjects.Of(Find(id, swarm.Nodes), swarm, engine.Info.Endpoint.Name)).ConfigureAwait(false);
    }
}
