using System.Collections.Concurrent;

namespace ComposeLab.Engine.Execution;

/// <summary>Passes events on, but tells that a container is ready only once, however often the stack is planned again.</summary>
/// <param name="events">Gets the events.</param>
internal sealed class DistinctReadyEvents(IEngineEvents events) : IEngineEvents
{
    private readonly ConcurrentDictionary<string, bool> _told = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public void Report(EngineEvent engineEvent)
    {
        if (engineEvent.Ready is not { } container || _told.TryAdd(container.Id, true))
        {
            events.Report(engineEvent);
        }
    }
}
