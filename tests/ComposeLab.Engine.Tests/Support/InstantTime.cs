namespace ComposeLab.Engine.Tests.Support;

/// <summary>A clock with delays that end immediately.</summary>
internal sealed class InstantTime : TimeProvider
{
    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ITimer timer = base.CreateTimer(callback, state, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        return timer;
    }
}
