using ComposeLab.Engine.Docker;

namespace ComposeLab.Engine.Logs;

/// <summary>How far a log has been read, so that it can be taken up again with no line lost and none twice.</summary>
/// <param name="query">What was asked for at first.</param>
internal sealed class LogPosition(LogQuery query)
{
    private DateTimeOffset? _last;
    private DateTimeOffset? _seen;

    /// <summary>Takes note of a line.</summary>
    /// <param name="line">The line.</param>
    /// <returns>False when it came already, before the log was taken up again.</returns>
    public bool Pass(LogLine line)
    {
        // Within one reading the two streams may be out of order by a hair: only what lies before the seam is a repetition.
        if (line.Time <= _seen)
        {
            return false;
        }

        _last = _last > line.Time ? _last : line.Time;
        return true;
    }

    /// <summary>What remains to be read and what comes.</summary>
    /// <returns>The query; it begins with the last line that was seen, because the engine's times are finer than ours.</returns>
    public LogQuery Rest()
    {
        _seen = _last;
        if (_last is not null)
        {
            return new LogQuery { Follow = true, Since = _last };
        }

        // Where nothing before this moment was wanted, it must not be wanted after a restart either, nor anything since be lost.
        _last = query.Tail == 0 ? DateTimeOffset.UtcNow : null;
        return query with { Follow = true, Until = null, Tail = query.Tail == 0 ? 0 : null };
    }
}
