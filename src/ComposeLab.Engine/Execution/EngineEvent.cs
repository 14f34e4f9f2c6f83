using System.Collections.Concurrent;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Planning;

namespace ComposeLab.Engine.Execution;

/// <summary>An event while a plan is executed, or an image is built or pulled.</summary>
public sealed record EngineEvent
{
    /// <summary>The resource, such as <c>container lab-db-1</c>, <c>image postgres:16</c> or a layer's id; unique below <see cref="Parent"/>.</summary>
    public required ResourceId Resource { get; init; }

    /// <summary>The resource that this one is a part of; null at the top. Layers and build steps name their image.</summary>
    public ResourceId? Parent { get; init; }

    /// <summary>The phase.</summary>
    public required EventPhase Phase { get; init; }

    /// <summary>The status, in a word or two: <c>creating</c>, <c>waiting until healthy</c>.</summary>
    public required string Status { get; init; }

    /// <summary>Work done, in bytes or steps; 0 if unknown.</summary>
    public long Current { get; init; }

    /// <summary>Work to do, in the unit of <see cref="Current"/>; 0 if unknown.</summary>
    public long Total { get; init; }

    /// <summary>For a warning: the possible action; null if there is none.</summary>
    public Remedy? Remedy { get; init; }

    /// <summary>The affected service; null if there is none.</summary>
    public string? Service { get; init; }

    /// <summary>A container that is now ready, in its final state; set once for each container of a start.</summary>
    public ContainerSummary? Ready { get; init; }

    /// <summary>The rollout of a swarm service whose state or number of tasks changed; null for other events.</summary>
    public ServiceRollout? Rollout { get; init; }

    /// <summary>Whether this module's own probe saw the container healthy before the engine did.</summary>
    public bool SeenByProbe { get; init; }
}

/// <summary>The phase of a piece of work.</summary>
public enum EventPhase
{
    /// <summary>In progress.</summary>
    Working,

    /// <summary>Completed.</summary>
    Done,

    /// <summary>It failed; the error follows as an exception.</summary>
    Failed,

    /// <summary>A warning; the work continues.</summary>
    Warning,

    /// <summary>A line that a hook wrote; it is the status.</summary>
    Output,
}

/// <summary>Receives events.</summary>
public interface IEngineEvents
{
    /// <summary>Processes an event. Called from any thread, also in parallel; must return immediately and never throw.</summary>
    /// <param name="engineEvent">The event.</param>
    void Report(EngineEvent engineEvent);
}

/// <summary>Passes events on, but reports each ready container only once, even if the stack is planned again.</summary>
/// <param name="events">Receives the events.</param>
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
