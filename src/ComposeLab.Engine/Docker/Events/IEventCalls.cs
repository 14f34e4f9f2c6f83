namespace ComposeLab.Engine.Docker;

/// <summary>The engine's calls about what happens to containers.</summary>
public interface IEventCalls
{
    /// <summary>Watches containers.</summary>
    /// <param name="labels">Labels all of which a container must have.</param>
    /// <param name="since">A moment in the past to begin with, as far back as the engine remembers; null is now.</param>
    /// <param name="token">Ends the watching.</param>
    /// <returns>What happens, as it happens, until cancelled or the engine goes away (EngineUnreachable).</returns>
    IAsyncEnumerable<ContainerNotice> WatchContainersAsync(IReadOnlyList<string> labels, DateTimeOffset? since, CancellationToken token);
}
