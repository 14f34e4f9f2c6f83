using System.Collections.Concurrent;
using ComposeLab.Engine.Docker;

namespace ComposeLab.Engine.Execution;

/// <summary>
/// Runs the healthchecks of containers earlier than the engine: never two at a time in one container, and never again after one has passed.
/// </summary>
/// <param name="engine">The engine.</param>
/// <param name="probed">Keeps what the probes saw, for later queries.</param>
/// <param name="time">The clock; null for the system clock.</param>
internal sealed class HealthProbing(IEngine engine, ProbedHealth probed, TimeProvider? time = null)
{
    private static readonly TimeSpan EngineDefaultTimeout = TimeSpan.FromSeconds(30);

    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly ConcurrentDictionary<string, Probe> _probes = new(StringComparer.Ordinal);

    /// <summary>Runs the healthcheck once, like the engine: same command, user, environment and time limit.</summary>
    /// <param name="container">The id of a running container.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>Whether it has passed; also false if it could not be run, or if another wait is running it.</returns>
    public async Task<bool> PassesAsync(string container, CancellationToken token)
    {
        Probe probe = _probes.GetOrAdd(container, _ => new Probe());
        if (probe.IsGivenUp || !probe.TryBegin())
        {
            return probe.HasPassed;
        }

        try
        {
            DateTimeOffset began = _time.GetUtcNow();
            if (!probe.HasPassed && await RunAsync(container, probe, token).ConfigureAwait(false))
            {
                probe.HasPassed = true;
                if (await engine.InspectContainerAsync(container, token).ConfigureAwait(false) is { } details)
                {
                    probed.Passed(details, began, _time.GetUtcNow());
                }
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
            // The command is still running in the container and cannot be stopped from here. Only the engine's own probes, which are stopped after a timeout, are used from now on.
            probe.IsGivenUp = true;
            return false;
        }
        catch (EngineException fault) when (fault.Id != EngineErrorId.EngineUnreachable)
        {
            // The container exited or was paused in the meantime, which the next check shows.
            return false;
        }
    }

    private static IReadOnlyList<string>? Command(HealthcheckSpec? check) => (check?.Test ?? []) switch
    {
        { Count: > 1 } test when test[0] == "CMD" => [.. test.Skip(1)],
        { Count: 2 } test when test[0] == "CMD-SHELL" => ["/bin/sh", "-c", test[1]],
        _ => null,
    };

    /// <summary>The state of one container's healthcheck.</summary>
    private sealed class Probe
    {
        private int _runs;
        private volatile bool _hasPassed;
        private volatile bool _isGivenUp;

        /// <summary>The effective healthcheck; null until it was read.</summary>
        public HealthcheckSpec? Check { get; set; }

        /// <summary>Whether a run has passed.</summary>
        public bool HasPassed
        {
            get => _hasPassed;
            set => _hasPassed = value;
        }

        /// <summary>Whether a run timed out; no other one is started.</summary>
        public bool IsGivenUp
        {
            get => _isGivenUp;
            set => _isGivenUp = value;
        }

        /// <summary>Reserves the container for a run.</summary>
        /// <returns>False if a run is under way.</returns>
        public bool TryBegin() => Interlocked.Exchange(ref _runs, 1) == 0;

        /// <summary>Releases the reservation.</summary>
        public void End() => Interlocked.Exchange(ref _runs, 0);
    }
}
