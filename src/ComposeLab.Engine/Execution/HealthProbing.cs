using System.Collections.Concurrent;
using ComposeLab.Engine.Docker;

namespace ComposeLab.Engine.Execution;

/// <summary>
/// Runs containers' own healthchecks sooner than the engine's interval would: never two at a time in one container, and never again once one has passed.
/// </summary>
/// <param name="engine">The engine.</param>
/// <param name="memory">Remembers what has passed; null is the memory of this process.</param>
internal sealed class HealthProbing(IEngine engine, ProbedHealth? memory = null)
{
    private static readonly TimeSpan EngineDefaultTimeout = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, Probe> _probes = new(StringComparer.Ordinal);

    /// <summary>Runs the healthcheck once, as the engine would: same command, user and environment, same limit.</summary>
    /// <param name="container">The id of a running container.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>Whether it has passed; false also where it could not be run, or another wait is running it.</returns>
    public async Task<bool> PassesAsync(string container, CancellationToken token)
    {
        Probe probe = _probes.GetOrAdd(container, _ => new Probe());
        if (probe.IsGivenUp || !probe.TryBegin())
        {
            return probe.HasPassed;
        }

        try
        {
            if (!probe.HasPassed && await RunAsync(container, probe, token).ConfigureAwait(false))
            {
                probe.HasPassed = true;
                (memory ?? ProbedHealth.OfProcess).Passed(container);
            }

            return probe.HasPassed;
        }
        finally
        {
            probe.End();
        }
    }

    private async Task<bool> RunAsync(string container, Probe probe, CancellationToken token)
    {
        probe.Check ??= (await engine.InspectContainerAsync(container, token).ConfigureAwait(false))?.Healthcheck;
        if (Command(probe.Check) is not { } command)
        {
            return false;
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(token);
        limit.CancelAfter(probe.Check?.Timeout is { Ticks: > 0 } own ? own : EngineDefaultTimeout);
        try
        {
            return await ExecRunner.RunAsync(engine, container, new ExecSpec { Command = command }, limit.Token)
                .ConfigureAwait(false) is { ExitCode: 0 };
        }
        catch (OperationCanceledException) when (!token.IsCancellationRequested)
        {
            // The command is still running in the container and cannot be ended from here: the engine's own probes, which end theirs, have to do.
            probe.IsGivenUp = true;
            return false;
        }
        catch (EngineException fault) when (fault.StatusCode is not null)
        {
            // The container ended or was paused meanwhile; the next look at it says so.
            return false;
        }
    }

    private static IReadOnlyList<string>? Command(HealthcheckSpec? check) => (check?.Test ?? []) switch
    {
        { Count: > 1 } test when test[0] == "CMD" => [.. test.Skip(1)],
        { Count: 2 } test when test[0] == "CMD-SHELL" => ["/bin/sh", "-c", test[1]],
        _ => null,
    };

    /// <summary>What is known of one container's healthcheck.</summary>
    private sealed class Probe
    {
        private int _runs;
        private volatile bool _hasPassed;
        private volatile bool _isGivenUp;

        /// <summary>The healthcheck in force; null until it was read.</summary>
        public HealthcheckSpec? Check { get; set; }

        /// <summary>Whether a run has passed.</summary>
        public bool HasPassed
        {
            get => _hasPassed;
            set => _hasPassed = value;
        }

        /// <summary>Whether a run did not end in time; no other one is begun.</summary>
        public bool IsGivenUp
        {
            get => _isGivenUp;
            set => _isGivenUp = value;
        }

        /// <summary>Takes the container's one place for a run.</summary>
        /// <returns>False where a run is under way.</returns>
        public bool TryBegin() => Interlocked.Exchange(ref _runs, 1) == 0;

        /// <summary>Gives the place back.</summary>
        public void End() => Interlocked.Exchange(ref _runs, 0);
    }
}
