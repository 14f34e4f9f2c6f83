using System.Globalization;
using ComposeLab.Compose.Secrets;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Planning;

namespace ComposeLab.Engine.Execution;

/// <summary>The errors of waits, each with what the container said about itself.</summary>
internal static class WaitErrors
{
    private const int LogLines = 10;

    /// <summary>The container ended although it should run, or ended with a failure.</summary>
    /// <param name="engine">The engine, asked for the log.</param>
    /// <param name="wait">The wait.</param>
    /// <param name="container">The container.</param>
    /// <param name="token">Cancels the reading of the log.</param>
    /// <returns>The error.</returns>
    public static async Task<EngineException> ExitedAsync(
        IEngine engine, WaitOperation wait, ContainerSummary container, CancellationToken token)
    {
        ServiceEvidence evidence = await EvidenceAsync(engine, container, token).ConfigureAwait(false);
        string why = evidence.OutOfMemory ? " (out of memory)" : "";
        string how = evidence.RestartCount == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" and was restarted {evidence.RestartCount} time{(evidence.RestartCount == 1 ? "" : "s")}");
        string expected = wait.Condition == WaitCondition.Completed ? "expected it to end with code 0" : "expected it to run";
        return new EngineException(
            EngineErrorId.ServiceExited,
            string.Create(CultureInfo.InvariantCulture, $"Service '{wait.Service}' exited with code {evidence.ExitCode ?? container.ExitCode}{why}{how}; {expected}."),
            "Read its log")
        {
            Remedies = [Remedy.ReadLog(wait.Service)],
            Service = wait.Service,
            Evidence = evidence,
        };
    }

    /// <summary>The healthcheck failed as often as it may.</summary>
    /// <param name="engine">The engine, asked for the log.</param>
    /// <param name="wait">The wait.</param>
    /// <param name="container">The container.</param>
    /// <param name="token">Cancels the reading of the log.</param>
    /// <returns>The error.</returns>
    public static async Task<EngineException> UnhealthyAsync(
        IEngine engine, WaitOperation wait, ContainerSummary container, CancellationToken token)
    {
        ServiceEvidence evidence = await EvidenceAsync(engine, container, token).ConfigureAwait(false);
        HealthProbe? probe = evidence.Probes.Count > 0 ? evidence.Probes[^1] : null;
        string last = probe is null ? "" : $" Its last probe: {FirstLine(probe)}.";
        return new EngineException(
            EngineErrorId.ServiceUnhealthy,
            $"Service '{wait.Service}' is unhealthy; expected its healthcheck to pass.{last}",
            "Read its log")
        {
            Remedies = [Remedy.ReadLog(wait.Service)],
            Service = wait.Service,
            Evidence = evidence,
        };
    }

    /// <summary>The limit is over.</summary>
    /// <param name="engine">The engine, asked for the log.</param>
    /// <param name="wait">The wait.</param>
    /// <param name="container">The container as last seen; null when the engine never told.</param>
    /// <param name="token">Cancels the reading of the log.</param>
    /// <returns>The error.</returns>
    public static async Task<EngineException> TooLateAsync(
        IEngine engine, WaitOperation wait, ContainerSummary? container, CancellationToken token)
    {
        string state = container is null ? "unknown" : container.Health == HealthStatus.None
            ? container.State.ToString().ToLowerInvariant()
            : $"{container.State} and {container.Health}".ToLowerInvariant();
        string expected = wait.Condition == WaitCondition.Completed ? "to end with code 0" : "to become ready";
        return new EngineException(
            EngineErrorId.TimedOut,
            string.Create(CultureInfo.InvariantCulture, $"Service '{wait.Service}' is {state} after {wait.Limit.TotalSeconds:0.#} s; expected it {expected} by then."),
            "Allow it more time, or read its log")
        {
            Remedies = [Remedy.RaiseTimeLimit(), Remedy.ReadLog(wait.Service)],
            Service = wait.Service,
            Evidence = container is null ? null : await EvidenceAsync(engine, container, token).ConfigureAwait(false),
        };
    }

    /// <summary>Others wait for its health, and it has no healthcheck.</summary>
    /// <param name="wait">The wait.</param>
    /// <returns>The error.</returns>
    public static EngineException NoHealthcheck(WaitOperation wait) => new(
        EngineErrorId.ServiceUnhealthy,
        $"Other services wait until '{wait.Service}' is healthy, but it has no healthcheck, in the project or in its image.",
        $"Give '{wait.Service}' a healthcheck, or wait with condition: service_started.")
    {
        Service = wait.Service,
    };

    /// <summary>The container is gone.</summary>
    /// <param name="wait">The wait.</param>
    /// <returns>The error.</returns>
    public static EngineException Gone(WaitOperation wait) => new(
        EngineErrorId.ServiceExited,
        $"The container of service '{wait.Service}' was removed while it was waited for.",
        "Run the command again.")
    {
        Service = wait.Service,
    };

    /// <summary>Gathers what a container said about itself.</summary>
    /// <param name="engine">The engine, asked for the log.</param>
    /// <param name="container">The container.</param>
    /// <param name="token">Cancels the reading of the log.</param>
    /// <returns>The evidence; secrets are masked.</returns>
    public static async Task<ServiceEvidence> EvidenceAsync(IEngine engine, ContainerSummary container, CancellationToken token)
    {
        ContainerDetails? details = await engine.InspectContainerAsync(container.Id, token).ConfigureAwait(false);
        List<string> lines = [];
        try
        {
            await foreach (LogLine line in engine
                .ReadLogsAsync(container.Id, new LogQuery { Tail = LogLines }, token).ConfigureAwait(false))
            {
                lines.Add(SecretMask.Standard.MaskText(line.Text));
            }
        }
        catch (EngineException fault)
        {
            // Some log drivers cannot be read; the diagnosis is worth having without the log.
            lines.Add($"(the log cannot be read: {fault.Message})");
        }

        return new ServiceEvidence
        {
            Container = container.Name,
            ExitCode = container.State is ContainerState.Exited or ContainerState.Dead || details?.RestartCount > 0 ? details?.ExitCode ?? container.ExitCode : null,
            RestartCount = details?.RestartCount ?? 0,
            OutOfMemory = details?.OutOfMemory ?? false,
            Probes = [.. (details?.Probes ?? []).Select(probe => probe with { Output = SecretMask.Standard.MaskText(probe.Output) })],
            LogTail = lines,
        };
    }

    private static string FirstLine(HealthProbe probe)
    {
        string line = probe.Output.Split('\n', 2)[0].Trim();
        string said = line.Length == 0 ? "no output" : SecretMask.Standard.MaskText(line);
        return string.Create(CultureInfo.InvariantCulture, $"exit code {probe.ExitCode}, {said}");
    }
}
