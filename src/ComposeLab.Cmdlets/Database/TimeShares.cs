namespace ComposeLab.Database;

/// <summary>
/// Divides the time limit of a database test, so that a slow step does not use the time of later steps: a login that is tried is always
/// reported with its result.
/// </summary>
/// <param name="limit">The limit of the whole test.</param>
/// <param name="elapsed">The elapsed time.</param>
internal sealed class TimeShares(TimeSpan limit, Func<TimeSpan> elapsed)
{
    // The logins end here; the rest is for naming the cause.
    private const double Logins = 0.8;

    // A container beside a client is waited for until then; then the reserve of the login is still there.
    private const double Helper = 0.55;

    // What an application gets for its answer: one that hangs must not use the time of the logins.
    private const double Answer = 0.2;

    // What a login has at least, even when it begins late.
    private const double Reserve = 0.25;

    // Everything ends before the limit itself, which would end it without an answer.
    private const double Everything = 0.95;

    // The lab's API answers within this time, also if the database does not.
    private static readonly TimeSpan SlowAnswer = TimeSpan.FromSeconds(3);

    // A wait of no time at all would not even see an answer that is there.
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(50);

    /// <summary>The time for a login that begins now.</summary>
    /// <returns>More than zero.</returns>
    public TimeSpan ForLogin()
    {
        TimeSpan left = Until(Logins);
        TimeSpan reserve = Until(Everything) < limit * Reserve ? Until(Everything) : limit * Reserve;
        return left > reserve ? left : reserve;
    }

    /// <summary>The time for a question to an application that begins now.</summary>
    /// <returns>More than zero; at most that for a login.</returns>
    public TimeSpan ForAnswer()
    {
        TimeSpan share = limit * Answer > SlowAnswer ? limit * Answer : SlowAnswer;
        TimeSpan login = ForLogin();
        return share < login ? share : login;
    }

    /// <summary>The remaining time for the start of a helper container.</summary>
    /// <returns>More than zero.</returns>
    public TimeSpan ForHelper() => Until(Helper);

    /// <summary>The time for the final queries.</summary>
    /// <returns>More than zero.</returns>
    public TimeSpan ForRest() => Until(Everything);

    private TimeSpan Until(double share) => limit * share - elapsed() is var left && left > Shortest ? left : Shortest;
}
