namespace ComposeLab.Api.Hosting;

/// <summary>
/// Ends the process when it no longer answers its own <c>/healthz</c>. An engine restarts a container that exited, but not one that is only unhealthy.
/// </summary>
/// <param name="logger">The logger for the reason.</param>
internal sealed partial class SelfCheck(ILogger<SelfCheck> logger) : BackgroundService
{
    private const int ExitCode = 70;
    private const int MostFailures = 3;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval);
        var failures = 0;
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            var fault = await Healthcheck.FindFaultAsync(stoppingToken);
            failures = fault is null ? 0 : failures + 1;
            if (failures == MostFailures)
            {
                LogEnd(logger, MostFailures, fault!);
                Environment.Exit(ExitCode);
            }
        }
    }

    [LoggerMessage(4, LogLevel.Critical, "The service does not answer itself ({Failures} times in a row): {Fault}. It ends so that it is restarted.")]
    private static partial void LogEnd(ILogger logger, int failures, string fault);
}
