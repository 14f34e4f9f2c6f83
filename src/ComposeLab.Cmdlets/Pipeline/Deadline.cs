namespace ComposeLab.Pipeline;

/// <summary>A time limit for a piece of work. Its token source is linked to the caller's token, so that a timeout and a cancellation can be distinguished.</summary>
internal sealed class Deadline : IDisposable
{
    private readonly CancellationTokenSource _source;
    private readonly CancellationToken _outer;

    /// <summary>Starts the clock.</summary>
    /// <param name="limit">How long the work may take; greater than zero.</param>
    /// <param name="outer">The caller's token.</param>
    public Deadline(TimeSpan limit, CancellationToken outer)
    {
        _outer = outer;
        _source = CancellationTokenSource.CreateLinkedTokenSource(outer);
        _source.CancelAfter(limit);
    }

    /// <summary>Canceled when the time is up or the caller's token is canceled.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>Whether the time ran out and the caller did not cancel.</summary>
    public bool Expired => _source.IsCancellationRequested && !_outer.IsCancellationRequested;

    /// <summary>Stops the clock.</summary>
    public void Dispose() => _source.Dispose();
}
