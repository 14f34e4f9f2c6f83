using System.Globalization;
using ComposeLab.Compose.Secrets;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Planning;

namespace ComposeLab.Engine.Execution;

/// <summary>The errors of waits, each with details of the container.</summary>
/// <param name="engine">The engine, to read logs and events from.</param>
/// <param name="mask">Hides the secrets of the project in what a container wrote.</param>
internal sealed class WaitErrors(IEngine engine, SecretMask mask)
{
    private const int LogLines = 10;

    private static readonly TimeSpan EventLimit = TimeSpan.FromSeconds(2);

    /// <summary>The container exited unexpectedly or with an error.</summary>
    /// <param name="wait">The wait.</param>
    /// <param name="container">The container.</param>
    /// <param name="token">Cancels reading the log.</param>
    /// <returns>The error.</returns>
    public async Task<EngineException> ExitedAsync(WaitOperation wait, ContainerSummary container, CancellationToken token)
    {
        ServiceEvidence evidence = await EvidenceAsync(container, token).ConfigureAwait(false);
        string why = evidence.OutOfMemory ? " (out of memory)" : "";
        string how = evidence.RestartCount == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" and was restarted {evidence.RestartCount} time{(evidence.RestartCount == 1 ? "" : "s")}");
        string expected = wait.Condition == WaitCondition.Completed ? "expected exit code 0" : "expected it to keep running";
        return new EngineException(
            EngineErrorId.ServiceExited,
            string.Create(CultureInfo.InvariantCulture, $"Service '{wait.Service}' exited with code {evidence.ExitCode ?? container.ExitCode}{why}{how}, {expected}."),
            "Read its log")
        {
            Remedies = [Remedy.ReadLog(wait.Service)],
            Service = wait.Service,
            Evidence = evidence,
        };
    }

    /// <summary>The healthcheck failed the allowed number of times.</summary>
    /// <param name="wait">The wait.</param>
    /// <param name="container">The container.</param>
    /// <param name="token">Cancels reading the log.</param>
    /// <returns>The error.</returns>
    public async Task<EngineException> UnhealthyAsync(WaitOperation wait, ContainerSummary container, CancellationToken token)
    {
        ServiceEvidence evidence = await EvidenceAsync(container, token).ConfigureAwait(false);
        HealthProbe? probe = evidence.Probes.Count > 0 ? evidence.Probes[^1] : null;
        string last = probe is null ? "" : $" Its last probe: {FirstLine(probe)}.";
        return new EngineException(
            EngineErrorId.ServiceUnhealthy,
            $"Service '{wait.Service}' is unhealthy: its healthcheck fails.{last}",
            "Read its log")
        {
            Remedies = [Remedy.ReadLog(wait.Service)],
            Service = wait.Service,
            Evidence = evidence,
        };
    }

    /// <summary>The container is paused.</summary>
    /// <param name="wait">The wait.</param>
    /// <returns>The error.</returns>
    public static EngineException Paused(WaitOperation wait) => new(EngineErrorId.ServicePaused, $"Service '{wait.Service}' is paused, so it does not get ready.", "Resume it")
    {
        Remedies = [Remedy.Resume(wait.Service)],
        Service = wait.Service,
    };

    /// <summary>The time limit was exceeded.</summary>
    /// <param name="wait">The wait.</param>
    /// <param name="container">The last known state of the container; null if the engine never reported it.</param>
    /// <param name="token">Cancels reading the log.</param>
    /// <returns>The error.</returns>
    public async Task<EngineException> TooLateAsync(WaitOperation wait, ContainerSummary? container, CancellationToken token)
    {
        string state = container is null ? "unknown" : container.Health == HealthStatus.None
            ? container.State.ToString().ToLowerInvariant()
            : $"{container.State} and {container.Health}".ToLowerInvariant();
        string expected = wait.Condition == WaitCondition.Completed ? "did not exit with code 0" : "did not become ready";
        return new EngineException(
            EngineErrorId.TimedOut,
            string.Create(CultureInfo.InvariantCulture, $"Service '{wait.Service}' {expected} within {wait.Limit.TotalSeconds:0.#} s. It is {state}."),
            "Increase the time limit, or read its log")
        {
            Remedies = [Remedy.RaiseTimeLimit(), Remedy.ReadLog(wait.Service)],
            Service = wait.Service,
            Evidence = container is null ? null : await EvidenceAsync(container, token).ConfigureAwait(false),
        };
    }

    /// <summary>Others wait for its health, but it has no healthcheck.</summary>
    /// <param name="wait">The wait.</param>
    /// <returns>The error.</returns>
    public static EngineException NoHealthcheck(WaitOperation wait) => new(
        EngineErrorId.ServiceUnhealthy,
        $"Other services wait until '{wait.Service}' is healthy, but it has no healthcheck, in the project or in its image.",
        $"Add a healthcheck to '{wait.Service}', or use condition: service_started.")
    {
        Service = wait.Service,
    };

    /// <summary>The container was removed.</summary>
    /// <param name="wait">The wait.</param>
    /// <returns>The error.</returns>
    public static EngineException Gone(WaitOperation wait) => new(
        EngineErrorId.ServiceExited,
        $"The container of service '{wait.Service}' was removed during the wait.",
        "Run the command again.")
    {
        Service = wait.Service,
    };

    /// <summary>Collects a container's last output.</summary>
    /// <param name="container">The container.</param>
    /// <param name="token">Cancels the reading of the log.</param>
    /// <returns>The evidence; secrets are masked.</returns>
    public async Task<ServiceEvidence> EvidenceAsync(ContainerSummary container, CancellationToken token)
    {
        ContainerDetails? details = await engine.InspectContainerAsync(container.Id, token).ConfigureAwait(false);
        List<string> lines = [];
        try
        {
            await foreach (LogLine line in engine
                .ReadLogsAsync(container.Id, new LogQuery { Tail = LogLines }, token).ConfigureAwait(false))
            {
                lines.Add(mask.MaskText(line.Text));
            }
        }
        catch (EngineException fault)
        {
            // Some log drivers cannot be read; the diagnosis is useful even without the log.
            lines.Add($"(the log cannot be read: {fault.Message})");
        }

        return new ServiceEvidence
        {
            Container = container.Name,
            ExitCode = await ExitCodeAsync(container, details, token).ConfigureAwait(false),
            RestartCount = details?.RestartCount ?? 0,
            OutOfMemory = details?.OutOfMemory ?? false,
            Probes = [.. (details?.Probes ?? []).Select(probe => probe with { Output = mask.MaskText(probe.Output) })],
            LogTail = lines,
        };
    }

    private string FirstLine(HealthProbe probe)
    {
        string line = probe.Output.Split('\n', 2)[0].Trim();
        string said = line.Length == 0 ? "no output" : mask.MaskText(line);
        return string.Create(CultureInfo.InvariantCulture, $"exit code {probe.ExitCode}, {said}");
    }

    // A container that was restarted by its restart policy has the exit code 0 while it is running. Only its exit event contains the real exit code.
    private async Task<int?> ExitCodeAsync(ContainerSummary container, ContainerDetails? details, CancellationToken token)
    {
        if (details is { State: ContainerState.Running, RestartCount: > 0 })
        {
            return await LastExitCodeAsync(container, token).ConfigureAwait(false);
        }

        return container.State is ContainerState.Exited or ContainerState.Dead || details?.RestartCount > 0 ? details?.ExitCode ?? container.ExitCode : null;
    }

    private async Task<int?> LastExitCodeAsync(ContainerSummary container, CancellationToken token)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(token);
        limit.CancelAfter(EventLimit);
        string[] labels = [.. container.Labels.Where(label => label.Key == StackLabels.Project).Select(label => $"{label.Key}={label.Value}")];
        try
        {
            await foreach (ContainerEvent happened in engine.WatchContainersAsync(labels, container.Created, until: null, limit.Token).ConfigureAwait(false))
            {
                if (happened.ContainerId == container.Id && happened.Action == "die"
                    && int.TryParse(happened.Attributes.GetValueOrDefault("exitCode"), NumberStyles.None, CultureInfo.InvariantCulture, out int code))
                {
                    return code;
                }
            }
        }
        catch (OperationCanceledException) when (!token.IsCancellationRequested)
        {
            // The engine remembers the last events only.
        }

        return null;
    }
}
