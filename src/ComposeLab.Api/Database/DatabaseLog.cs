namespace ComposeLab.Api.Database;

/// <summary>Writes to the log when the database's state changes, not at every check. A long outage is two lines, regardless of the number of requests.</summary>
/// <param name="logger">The logger to write to.</param>
internal sealed partial class DatabaseLog(ILogger<DatabaseLog> logger)
{
    private const string Usable = "";
    private string _last = Usable;

    /// <summary>Processes the result of a check.</summary>
    /// <param name="fault">The fault; null if the database can be used.</param>
    /// <param name="reason">The client's exception, or null. It is logged if the fault has no specific cause.</param>
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
