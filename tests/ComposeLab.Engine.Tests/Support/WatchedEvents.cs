using ComposeLab.Engine.Execution;

namespace ComposeLab.Engine.Tests.Support;

/// <summary>Does something once, at the moment something happens.</summary>
/// <param name="isIt">Whether an event is the one.</param>
/// <param name="act">What is done.</param>
internal sealed class WatchedEvents(Func<EngineEvent, bool> isIt, Action act) : IEngineEvents
{
    private int _done;

    /// <inheritdoc/>
    public void Report(EngineEvent engineEvent)
    {
        if (isIt(engineEvent) && Interlocked.Exchange(ref _done, 1) == 0)
        {
            act();
        }
    }
}
