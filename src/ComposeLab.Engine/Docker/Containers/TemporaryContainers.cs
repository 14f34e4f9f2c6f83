namespace ComposeLab.Engine.Docker;

/// <summary>Containers that the module creates for its own work, and removes by their names whatever happens to the work.</summary>
public static class TemporaryContainers
{
    private static readonly TimeSpan CreationGrace = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RemovalLimit = TimeSpan.FromSeconds(10);

    /// <summary>Creates a container. The engine completes a creation that is canceled, so it is not canceled but waited for: the removal that follows finds the container.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="spec">The container; its name is unique.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>Completes when it is created.</returns>
    /// <exception cref="EngineException">The engine rejected it.</exception>
    public static async Task CreateAsync(IEngine engine, ContainerSpec spec, CancellationToken token)
    {
        token.ThrowIfCancellationRequested();
        Task creating = engine.CreateContainerAsync(spec, CancellationToken.None);
        try
        {
            await creating.WaitAsync(token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAny(creating, Task.Delay(CreationGrace, CancellationToken.None)).ConfigureAwait(false);
            throw;
        }

        token.ThrowIfCancellationRequested();
    }

    /// <summary>Removes a container if it exists. Reports no error: that of the work, or its cancellation, matters more.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="name">Its name.</param>
    /// <param name="anonymousVolumes">Whether its anonymous volumes are removed too.</param>
    /// <returns>Completes when it is removed, at most ten seconds later.</returns>
    public static async Task RemoveAsync(IEngine engine, string name, bool anonymousVolumes = true)
    {
        using var limit = new CancellationTokenSource(RemovalLimit);
        try
        {
            await new ContainerRemoval(engine).RunAsync(name, anonymousVolumes, limit.Token).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is EngineException or OperationCanceledException)
        {
            // It does not exist, or the engine does not answer or still refuses.
        }
    }
}
