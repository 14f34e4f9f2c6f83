using ComposeLab.Engine.Docker;

namespace ComposeLab.Engine.Logs;

/// <summary>The read position in a log, so that reading can be resumed without lost or duplicate lines.</summary>
/// <param name="query">The original query.</param>
internal sealed class LogPosition(LogQuery query)
{
    private DateTimeOffset? _last;
    private DateTimeOffset? _seen;

    /// <summary>Records a line.</summary>
    /// <param name="line">The line.</param>
    /// <returns>False if it was already read before the log was resumed.</returns>
    public bool Pass(LogLine line)
    {
        // Within one read, the two streams may be slightly out of order: only lines before the resume point are duplicates.
        if (line.Time <= _seen)
        {
            return false;
        }

        _last = _last > line.Time ? _last : line.Time;
        return true;
    }

    /// <summary>The query for the remaining and new lines.</summary>
    /// <returns>The query; it starts with the last line that was read, because the engine's times are more precise than ours.</returns>
    public LogQuery Rest()
    {
        _seen = _last;
        if (_last is not null)
        {
            return new LogQuery { Follow = true, Since = _last };
        }

        // If nothing before this time was requested, it must not be read after a restart either, and no later line may be lost.
        _last = query.Tail == 0 ? DateTimeOffset.UtcNow : null;
        return query with { Follow = true, Until = null, Tail = query.Tail == 0 ? 0 : null };
    }
}
