using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Planning;

namespace ComposeLab.Engine.Execution;

/// <summary>
/// Removes networks. Under load, the engine can keep the endpoint of a removed container. It is then disconnected by force, and the removal is retried.
/// </summary>
/// <param name="engine">The engine.</param>
/// <param name="time">The clock; null for the system clock.</param>
internal sealed class NetworkRemoval(IEngine engine, TimeProvider? time = null)
{
    private const int Attempts = 8;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);

    private readonly TimeProvider _time = time ?? TimeProvider.System;

    /// <summary>Removes a network.</summary>
    /// <param name="network">The operation.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>Completes when the network is removed.</returns>
    /// <exception cref="EngineException">ResourceInUse: other containers use it, or the engine does not release it.</exception>
    public async Task RunAsync(RemoveNetworkOperation network, CancellationToken token)
    {
        TimeSpan pause = FirstPause;
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                await engine.RemoveNetworkAsync(network.NetworkId, token).ConfigureAwait(false);
                return;
            }
            catch (EngineException fault) when (IsInUse(fault))
            {
                if (attempt == Attempts)
                {
                    throw await InUseAsync(network, fault, token).ConfigureAwait(false);
                }
            }

            foreach (string container in network.Removed)
            {
                await DisconnectAsync(network, container, token).ConfigureAwait(false);
            }

            await Task.Delay(pause, _time, token).ConfigureAwait(false);
            pause *= 2;
        }
    }

    private async Task DisconnectAsync(RemoveNetworkOperation network, string container, CancellationToken token)
    {
        try
        {
            await engine.DisconnectNetworkAsync(network.NetworkId, container, token).ConfigureAwait(false);
        }
        catch (EngineException fault) when (fault.Id == EngineErrorId.EngineRefused)
        {
            // It has no endpoint in the network, as expected.
        }
    }

    private static bool IsInUse(EngineException fault) => fault.IsConflict || fault.StatusCode == 403;

    private async Task<EngineException> InUseAsync(RemoveNetworkOperation network, EngineException fault, CancellationToken token)
    {
        IReadOnlyList<ContainerSummary> containers = await engine.ListContainersAsync([], token).ConfigureAwait(false);
        string users = string.Join(", ", containers
            .Where(container => container.Networks.Values.Any(connection => connection.NetworkId == network.NetworkId))
            .Select(container => container.Name)
            .Order(StringComparer.Ordinal));

        // Engines of several releases lose count if several containers of a network end at the same moment (moby issue 42119), and no call corrects it. A network of a
        // swarm, which is used by tasks on other nodes, is refused in other words.
        return users.Length == 0 && fault.Message.Contains("active endpoints", StringComparison.Ordinal)
            ? new EngineException(
                EngineErrorId.ResourceInUse,
                $"{network.Resource} cannot be removed: no container uses it, but the engine still counts a connection of a container that was removed. {fault.Message}",
                "The engine corrects its count when it is restarted, which can stop the containers of all stacks. Then run the command again",
                fault)
            : new EngineException(
                EngineErrorId.ResourceInUse,
                $"{network.Resource} cannot be removed because it is still in use{(users.Length == 0 ? "" : $" by {users}")}: {fault.Message}",
                "Disconnect or remove the containers that use it, then run the command again",
                fault);
    }
}
