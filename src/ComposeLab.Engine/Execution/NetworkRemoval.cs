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
                    throw InUse(network, fault);
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

    private static EngineException InUse(RemoveNetworkOperation network, EngineException fault) => new(
        EngineErrorId.ResourceInUse,
        $"{network.Resource} cannot be removed because it is still in use: {fault.Message}",
        "Disconnect or remove the containers that use it, then run the command again",
        fault);
}
