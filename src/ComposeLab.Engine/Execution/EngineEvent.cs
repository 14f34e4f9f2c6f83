using System.Collections.Concurrent;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Planning;

namespace ComposeLab.Engine.Execution;

/// <summary>Something that happened while a plan was executed, an image built or pulled.</summary>
public sealed record EngineEvent
{
    /// <summary>What it is about, such as <c>container lab-db-1</c>, <c>image postgres:16</c> or a layer's id; unique below <see cref="Parent"/>.</summary>
    public required ResourceId Resource { get; init; }

    /// <summary>The resource that this one is a part of; null at the top. Layers and build steps name their image.</summary>
    public ResourceId? Parent { get; init; }

    /// <summary>How far it is.</summary>
    public required EventPhase Phase { get; init; }

    /// <summary>What happens, in a word or two: <c>creating</c>, <c>waiting until healthy</c>.</summary>
    public required string Status { get; init; }

    /// <summary>Work done, in bytes or steps; 0 where unknown.</summary>
    public long Current { get; init; }

    /// <summary>Work to do, in the unit of <see cref="Current"/>; 0 where unknown.</summary>
    public long Total { get; init; }

    /// <summary>Of a warning: what the user can do about it; null if there is nothing.</summary>
    public Remedy? Remedy { get; init; }

    /// <summary>The service concerned, when there is one.</summary>
    public string? Service { get; init; }

    /// <summary>A container that is now ready, in its final state; set once for each container of a start.</summary>
    public ContainerSummary? Ready { get; init; }

    /// <summary>Whether this module's own probe saw the container healthy before the engine did.</summary>
    public bool SeenByProbe { get; init; }
}

/// <summary>How far a piece of work is.</summary>
public enum EventPhase
{
    /// <summary>It goes on.</summary>
    Working,

    /// <summary>It ended well.</summary>
    Done,

    /// <summary>It failed; the error follows as an exception.</summary>
    Failed,

    /// <summary>Something that the user should know; the work goes on.</summary>
    Warning,
}

/// <summary>Gets what happens while something is executed.</summary>
public interface IEngineEvents
{
    /// <summary>Takes an event. Called from any thread, several at once; must return at once and never throw.</summary>
    /// <param name="engineEvent">What happened.</param>
    void Report(EngineEvent engineEvent);
}

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
