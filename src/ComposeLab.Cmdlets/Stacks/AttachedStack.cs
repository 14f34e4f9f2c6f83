using ComposeLab.Compose.Model;
using ComposeLab.Engine;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Execution;
using ComposeLab.Engine.Logs;
using ComposeLab.Engine.Planning;
using ComposeLab.Engines;
using ComposeLab.Pipeline;
using ComposeLab.Plans;

namespace ComposeLab.Stacks;

/// <summary>When a stack that is attached to the pipeline is stopped.</summary>
internal enum StopWhen
{
    /// <summary>When the user stops the command.</summary>
    Stopped,

    /// <summary>When a container exits.</summary>
    AnyExit,

    /// <summary>When a container exits with another code than 0.</summary>
    Failure,
}

/// <summary>Follows a stack from its start to its end: writes its log lines, and stops it when a container exits or the user stops the command.</summary>
/// <param name="session">The engine.</param>
/// <param name="project">The project.</param>
/// <param name="output">Receives the log lines, progress and the exit code.</param>
internal sealed class AttachedStack(EngineSession session, ComposeProject project, IPipelineOutput output)
{
    // After the user has stopped the command, containers may take their own time to stop, but not forever.
    private static readonly TimeSpan StopLimit = TimeSpan.FromMinutes(2);

    // Clocks of this machine and of the engine's machine can differ.
    private static readonly TimeSpan ClockDifference = TimeSpan.FromSeconds(1);

    private volatile bool _hasEnded;

    /// <summary>The services to follow and to stop; empty for all.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];

    /// <summary>When the stack is stopped. It also ends when no container is running any more.</summary>
    public StopWhen StopWhen { get; init; }

    /// <summary>The service whose exit code is reported; null for the container that caused the stop.</summary>
    public string? ExitCodeFrom { get; init; }

    /// <summary>Whether the stack is removed after it was stopped.</summary>
    public bool RemoveAfter { get; init; }

    // A stack can also have containers of services that are not part of this start: of other Compose profiles, or of earlier files.
    private IReadOnlyList<string> Followed => Services.Count > 0 ? Services : [.. project.Services.Keys];

    /// <summary>Starts the stack and follows it to its end.</summary>
    /// <param name="start">Executes the start.</param>
    /// <param name="token">Canceled when the user stops the command: the stack is then stopped.</param>
    /// <returns>Completes when the stack has been stopped.</returns>
    public async Task RunAsync(Func<Task> start, CancellationToken token)
    {
        int? exitCode;
        try
        {
            exitCode = await FollowAsync(start, token).ConfigureAwait(false);
        }
        catch (EngineException fault) when (StopWhen != StopWhen.Stopped || RemoveAfter)
        {
            output.ExitCode(fault.Evidence?.ExitCode is { } code and not 0 ? code : 1);
            await EndAsync(token).ConfigureAwait(false);
            throw;
        }
        catch (OperationCanceledException)
        {
            using var limit = new CancellationTokenSource(StopLimit);
            await EndAsync(limit.Token).ConfigureAwait(false);
            throw;
        }

        if (exitCode is { } reported)
        {
            output.ExitCode(reported);
        }

        if (RemoveAfter)
        {
            await RemoveAsync(token).ConfigureAwait(false);
        }
    }

    private async Task<int?> FollowAsync(Func<Task> start, CancellationToken token)
    {
        DateTimeOffset begin = DateTimeOffset.UtcNow - ClockDifference;
        await start().ConfigureAwait(false);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(token);
        Task logs = LogOutput.WriteAsync(new FollowedLog(session.Engine, ListAsync, Skip).ReadAsync(new LogQuery { Since = begin }, ending.Token), LogOutput.Line, output);
        try
        {
            Task<ObservedContainer?> cause = CauseAsync(ending.Token);
            await (await Task.WhenAny(cause, logs).ConfigureAwait(false)).ConfigureAwait(false);
            ObservedContainer? first = await cause.ConfigureAwait(false);
            if (first is not null)
            {
                output.Verbose($"{first.Name} exited with code {first.Summary.ExitCode}. Stopping the stack.");
                await StopAsync(token).ConfigureAwait(false);
            }

            int? exitCode = await ExitCodeAsync(first, token).ConfigureAwait(false);
            _hasEnded = true;
            await logs.ConfigureAwait(false);
            return exitCode;
        }
        finally
        {
            await ending.CancelAsync().ConfigureAwait(false);
            await logs.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        void Skip(ObservedContainer container, EngineException fault) => output.Warning($"{fault.Message} It is skipped.");
    }

    // Null when all containers have exited and none of them is a reason to stop the others.
    private async Task<ObservedContainer?> CauseAsync(CancellationToken token)
    {
        await foreach (ObservedContainer container in new StackExits(session.Engine, project.Name, Followed).ReadAsync(token).ConfigureAwait(false))
        {
            if (StopWhen == StopWhen.AnyExit || (StopWhen == StopWhen.Failure && container.Summary.ExitCode is not 0))
            {
                return container;
            }
        }

        return null;
    }

    private async Task<int?> ExitCodeAsync(ObservedContainer? cause, CancellationToken token)
    {
        if (ExitCodeFrom is null)
        {
            return StopWhen == StopWhen.Stopped ? null : cause?.Summary.ExitCode ?? 0;
        }

        IReadOnlyList<ObservedContainer> containers = await session.Stacks.ListServicesAsync(project.Name, token).ConfigureAwait(false);
        return containers.FirstOrDefault(container => container.Service == ExitCodeFrom)?.Summary.ExitCode;
    }

    // The list is empty at the end, which ends the log after its last line.
    private async Task<IReadOnlyList<ObservedContainer>> ListAsync(CancellationToken token) => _hasEnded
        ? []
        :
        [
            .. (await session.Stacks.ListServicesAsync(project.Name, token).ConfigureAwait(false)).Where(container =>
                Followed.Contains(container.Service, StringComparer.Ordinal)
                && project.Services.GetValueOrDefault(container.Service)?.Attach is not false),
        ];

    private Task EndAsync(CancellationToken token) => RemoveAfter ? RemoveAsync(token) : StopAsync(token);

    private async Task StopAsync(CancellationToken token) => await ExecuteAsync(
        await session.Stacks.PlanStopAsync(project.Name, project, new StopOptions { Services = Services }, token).ConfigureAwait(false), "Stop", token).ConfigureAwait(false);

    private async Task RemoveAsync(CancellationToken token) => await ExecuteAsync(
        await session.Stacks.PlanRemoveAsync(project.Name, project, new RemoveOptions(), token).ConfigureAwait(false), "Remove", token).ConfigureAwait(false);

    private Task ExecuteAsync(StackPlan plan, string verb, CancellationToken token) =>
        new PlanProgress(session, plan, null, $"{verb} {project.Name}", output).RunAsync(write: false, token);
}
