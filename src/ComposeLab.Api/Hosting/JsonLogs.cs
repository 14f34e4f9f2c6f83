namespace ComposeLab.Api.Hosting;

/// <summary>The service's log: one JSON object per line on standard output, times in UTC.</summary>
internal static class JsonLogs
{
    /// <summary>Replaces the default console log of <paramref name="logging"/>.</summary>
    /// <param name="logging">The host's logging, before it is built.</param>
    public static void Use(ILoggingBuilder logging)
    {
        logging.ClearProviders();
        // With frequent health probes, a line per request would hide the important messages.
        logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        logging.AddJsonConsole(options =>
        {
            options.UseUtcTimestamp = true;
            options.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";
        });
    }

    /// <summary>Writes a malformed setting to the log of a service that cannot start, and waits until the line is written.</summary>
    /// <param name="fault">What was expected and what was found. It never contains a secret.</param>
    public static void WriteStartFault(SettingException fault)
    {
        using var factory = LoggerFactory.Create(Use);
        LogStartFault(factory.CreateLogger("ComposeLab.Api"), fault.Message);
    }

    private static void LogStartFault(ILogger logger, string fault) => LoggerMessage.Define<string>(
        LogLevel.Critical, new EventId(1, "StartFault"), "The service cannot start. {Fault}")(logger, fault, null);
}
