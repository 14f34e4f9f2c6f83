namespace ComposeLab.Database;

/// <summary>
/// Divides the time limit of one test of a database, so that a step that is late does not take the time of what comes after it: a login that is tried is always
/// reported with what it has seen.
/// </summary>
/// <param name="limit">The limit of the whole test.</param>
/// <param name="elapsed">How much of it is over.</param>
internal sealed class TimeShares(TimeSpan limit, Func<TimeSpan> elapsed)
{
    // The logins end here; the rest is for naming the cause.
    private const double Logins = 0.8;

    // A container beside a client is waited for until then; then the reserve of the login is still there.
    private const double Helper = 0.55;

    // What a login has at least, even when it begins late.
    private const double Reserve = 0.25;

    // Everything ends before the limit itself, which would end it without an answer.
    private const double Everything = 0.95;

    // A wait of no time at all would not even see an answer that is there.
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(50);

    /// <summary>How long a login that begins now may take.</summary>
    /// <returns>More than zero.</returns>
    public TimeSpan ForLogin()
    {
        TimeSpan left = Until(Logins);
        TimeSpan reserve = Until(Everything) < limit * Reserve ? Until(Everything) : limit * Reserve;
        return left > reserve ? left : reserve;
    }

    /// <summary>How long the start of a container beside a client may still take.</summary>
    /// <returns>More than zero.</returns>
    public TimeSpan ForHelper() => Until(Helper);

    /// <summary>How long what is asked at the end may take.</summary>
    /// <returns>More than zero.</returns>
    public TimeSpan ForRest() => Until(Everything);

    private TimeSpan Until(double share) => limit * share - elapsed() is var left && left > Shortest ? left : Shortest;
}
