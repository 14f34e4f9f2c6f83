using System.Collections.Concurrent;
using ComposeLab.Engine.Execution;

namespace ComposeLab.Engine.Tests.Support;

/// <summary>Keeps what happened.</summary>
internal sealed class RecordedEvents : IEngineEvents
{
    private readonly ConcurrentQueue<EngineEvent> _events = new();

    /// <summary>What happened, in order.</summary>
    public IReadOnlyList<EngineEvent> All => [.. _events];

    /// <summary>The services that were reported ready, in order.</summary>
    public IReadOnlyList<string?> Ready => [.. All.Where(entry => entry.Ready is not null).Select(entry => entry.Service)];

    /// <summary>The warnings.</summary>
    public IReadOnlyList<string> Warnings => [.. All.Where(entry => entry.Phase == EventPhase.Warning).Select(entry => entry.Status)];

    /// <inheritdoc/>
    public void Report(EngineEvent engineEvent) => _events.Enqueue(engineEvent);
}
