namespace ComposeLab.Api.Database;

/// <summary>Writes to the log when the database's state changes, not at every check: a long outage is two lines, however many callers ask.</summary>
/// <param name="logger">Where the lines go.</param>
internal sealed partial class DatabaseLog(ILogger<DatabaseLog> logger)
{
    private const string Usable = "";
    private string _last = Usable;

    /// <summary>Takes what a check found.</summary>
    /// <param name="fault">The fault; null if the database can be used.</param>
    /// <param name="reason">What the client threw, or null. It is written where the fault has no name of its own.</param>
    public void Report(DatabaseFault? fault, Exception? reason)
    {
        var cause = fault?.Cause ?? Usable;
        if (Interlocked.Exchange(ref _last, cause) == cause)
        {
            return;
        }

        if (fault is null)
        {
            LogUsable(logger);
        }
        else
        {
            LogFault(logger, fault.Cause, fault.Message, fault.IsNamed ? null : reason);
        }
    }

    [LoggerMessage(2, LogLevel.Warning, "The database cannot be used ({Cause}). {Explanation}")]
    private static partial void LogFault(ILogger logger, string cause, string explanation, Exception? reason);

    [LoggerMessage(3, LogLevel.Information, "The database can be used again.")]
    private static partial void LogUsable(ILogger logger);
}
