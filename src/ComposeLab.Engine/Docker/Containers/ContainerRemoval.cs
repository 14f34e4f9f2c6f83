namespace ComposeLab.Engine.Docker;

/// <summary>
/// Removes containers. The engine refuses it for a moment while it removes the same container by itself, while something still uses its files, and, under
/// load, if it has not yet noticed that the process has exited. The removal is then retried.
/// </summary>
/// <param name="engine">The engine.</param>
/// <param name="time">The clock; null for the system clock.</param>
internal sealed class ContainerRemoval(IEngine engine, TimeProvider? time = null)
{
    // Together with the pauses, 13 seconds.
    private const int Attempts = 8;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);

    private readonly TimeProvider _time = time ?? TimeProvider.System;

    /// <summary>Stops a container if it runs, and removes it.</summary>
    /// <param name="container">Its id or name.</param>
    /// <param name="anonymousVolumes">Whether its anonymous volumes are removed too.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>Completes when it is removed.</returns>
    /// <exception cref="EngineException">The container does not exist, or the engine still refuses.</exception>
    public async Task RunAsync(string container, bool anonymousVolumes, CancellationToken token)
    {
        TimeSpan pause = FirstPause;
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                await engine.RemoveContainerAsync(container, force: true, anonymousVolumes, token).ConfigureAwait(false);
                return;
            }
            catch (EngineException fault) when (attempt < Attempts && fault.StatusCode is (409 or 500))
            {
                // Retried after the pause.
            }

            await Task.Delay(pause, _time, token).ConfigureAwait(false);
            pause *= 2;
        }
    }
}
