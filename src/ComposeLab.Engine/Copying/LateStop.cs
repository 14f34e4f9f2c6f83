namespace ComposeLab.Engine.Copying;

/// <summary>
/// Cancels a little later than the user, but within a second. A copy uses that time to complete the file that it is writing: the engine keeps what it has received of
/// an interrupted file.
/// </summary>
internal sealed class LateStop : IDisposable
{
    private static readonly TimeSpan Time = TimeSpan.FromMilliseconds(500);

    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenRegistration _registration;

    /// <summary>Starts to listen.</summary>
    /// <param name="token">The user's token.</param>
    public LateStop(CancellationToken token) => _registration = token.Register(() => _stop.CancelAfter(Time));

    /// <summary>Canceled late.</summary>
    public CancellationToken Token => _stop.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        // Waits for the registration's callback, which uses the source.
        _registration.Dispose();
        _stop.Dispose();
    }
}
