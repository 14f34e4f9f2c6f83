using System.Globalization;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Planning;

namespace ComposeLab.Engine.Execution;

/// <summary>Runs init containers (<c>pre_start</c>). Each is removed again, however it ends.</summary>
/// <param name="engine">The engine.</param>
/// <param name="watch">Shows the containers, and wakes the wait when something happens.</param>
/// <param name="projectName">The project's name.</param>
/// <param name="errors">Describes a container that failed.</param>
internal sealed class InitContainerRunner(IEngine engine, StackWatch watch, string projectName, WaitErrors errors)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RemoveLimit = TimeSpan.FromSeconds(10);

    /// <summary>Runs an init container to its end.</summary>
    /// <param name="run">The step.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>Completes when it has ended with exit code 0 and is removed.</returns>
    /// <exception cref="EngineException">CommandFailed: it ended with another code. TimedOut: it did not end in time. Both carry the container's last log lines.</exception>
    public async Task RunAsync(RunContainerOperation run, CancellationToken token)
    {
        string? id = null;
        try
        {
            id = (await engine.CreateContainerAsync(run.Spec, token).ConfigureAwait(false)).Id;
            foreach ((string network, EndpointSpec endpoint) in run.FurtherNetworks)
            {
                await engine.ConnectNetworkAsync(network, id, endpoint, token).ConfigureAwait(false);
            }

            if (run.Files.Count > 0)
            {
                await ContainerFiles.CopyAsync(engine, id, run.Files, token).ConfigureAwait(false);
            }

            await engine.StartContainerAsync(id, token).ConfigureAwait(false);
            await WaitAsync(run, id, token).ConfigureAwait(false);
        }
        finally
        {
            await RemoveAsync(run, id, token).ConfigureAwait(false);
        }
    }

    private async Task WaitAsync(RunContainerOperation run, string id, CancellationToken token)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(token);
        limit.CancelAfter(run.Limit);
        ContainerSummary? last = null;
        try
        {
            while (true)
            {
                Task changed = watch.Changed;
                last = await watch.LookAsync(id, limit.Token).ConfigureAwait(false) ?? throw Gone(run);
                if (last.State is ContainerState.Exited or ContainerState.Dead)
                {
                    break;
                }

                await StackWatch.NextAsync(changed, Pause, limit.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (!token.IsCancellationRequested)
        {
            throw new EngineException(
                EngineErrorId.TimedOut,
                string.Create(CultureInfo.InvariantCulture, $"{Title(run)} is still running after {run.Limit.TotalSeconds:0.#} s; expected it to end with exit code 0 by then."),
                "Allow it more time")
            {
                Remedies = [Remedy.RaiseTimeLimit()],
                Service = run.Service,
                Evidence = last is null ? null : await errors.EvidenceAsync(last, token).ConfigureAwait(false),
            };
        }

        if (last.ExitCode != 0)
        {
            throw await FailedAsync(run, last, token).ConfigureAwait(false);
        }
    }

    private async Task<EngineException> FailedAsync(RunContainerOperation run, ContainerSummary container, CancellationToken token)
    {
        ServiceEvidence evidence = await errors.EvidenceAsync(container, token).ConfigureAwait(false);
        string why = evidence.OutOfMemory ? " (out of memory)" : "";
        string said = evidence.LogTail.Count == 0 ? "" : $" It said: {string.Join('\n', evidence.LogTail)}";
        return new EngineException(
            EngineErrorId.CommandFailed,
            string.Create(CultureInfo.InvariantCulture, $"{Title(run)} ended with exit code {evidence.ExitCode ?? container.ExitCode}{why}; expected 0, so the service was not started.{said}"),
            "Fix the hook's command, and start again.")
        {
            Service = run.Service,
            Evidence = evidence,
        };
    }

    private static EngineException Gone(RunContainerOperation run) => new(
        EngineErrorId.CommandFailed,
        $"{Title(run)} was removed by something else while it ran; expected it to end with exit code 0.",
        "Run the command again.")
    {
        Service = run.Service,
    };

    private static string Title(RunContainerOperation run) => $"{run.Path} of service '{run.Service}'";

    // It is removed even after a cancellation, so there is a separate limit. An interrupted creation may still have succeeded.
    private async Task RemoveAsync(RunContainerOperation run, string? id, CancellationToken token)
    {
        if (id is null && !token.IsCancellationRequested)
        {
            return;
        }

        using var limit = new CancellationTokenSource(RemoveLimit);
        try
        {
            string? made = id ?? (await engine.ListContainersAsync([$"{StackLabels.Project}={projectName}", StackLabels.Hook], limit.Token).ConfigureAwait(false))
                .FirstOrDefault(container => container.Name == run.Spec.Name)?.Id;
            if (made is not null)
            {
                await new ContainerRemoval(engine).RunAsync(made, anonymousVolumes: true, limit.Token).ConfigureAwait(false);
            }
        }
        catch (Exception fault) when (fault is EngineException or OperationCanceledException)
        {
            // If the engine does not remove it now, the next start or the removal of the stack does. The original error must be reported.
        }
    }
}
