using System.Globalization;
using ComposeLab.Compose.Model;
using ComposeLab.Compose.Secrets;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Planning;

namespace ComposeLab.Engine.Execution;

/// <summary>Runs a one-off container that a plan has created.</summary>
/// <param name="engine">The engine.</param>
/// <param name="service">Its service, with the name of the container.</param>
/// <param name="slug">The random text in its label, by which it is found.</param>
/// <param name="mask">Knows the project's secrets.</param>
/// <param name="written">Receives each line that a hook wrote, with masked secrets.</param>
public sealed class OneOffRunner(IEngine engine, ServiceDefinition service, string slug, SecretMask mask, Action<string> written)
{
    // A user who pressed Ctrl-C waits for it.
    private static readonly TimeSpan CancelLimit = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RemoveLimit = TimeSpan.FromSeconds(30);

    /// <summary>The container's name.</summary>
    public string Container => service.ContainerName ?? "";

    /// <summary>Finds the container on the engine.</summary>
    /// <param name="token">Cancels it.</param>
    /// <returns>The container; null if it does not exist.</returns>
    public async Task<ObservedContainer?> FindAsync(CancellationToken token)
    {
        IReadOnlyList<ContainerSummary> found = await engine.ListContainersAsync([$"{StackLabels.Slug}={slug}"], token).ConfigureAwait(false);
        return found.Count == 0 ? null : new ObservedContainer(found[0]);
    }

    /// <summary>Starts the container.</summary>
    /// <param name="token">Cancels the start.</param>
    /// <returns>Completes when it runs and its post_start hooks have succeeded.</returns>
    /// <exception cref="EngineException">It cannot be started, or a hook failed.</exception>
    public async Task StartAsync(CancellationToken token)
    {
        await engine.StartContainerAsync(Container, token).ConfigureAwait(false);
        foreach (HookDefinition hook in service.PostStart)
        {
            var operation = new HookOperation(Container, InlineFiles.Hook(hook))
            {
                Id = string.Create(CultureInfo.InvariantCulture, $"post_start {Container}"),
                Resource = ResourceId.Container(Container),
                Service = service.Name,
                Cause = "post_start",
            };
            await HookRunner.RunAsync(engine, operation, mask, written, token).ConfigureAwait(false);
        }
    }

    /// <summary>Starts the container, and passes on its output until it exits.</summary>
    /// <param name="input">The standard input; null if the container has none.</param>
    /// <param name="output">Receives standard output.</param>
    /// <param name="error">Receives standard error.</param>
    /// <param name="token">Cancels it: the container is then killed.</param>
    /// <returns>Its exit code.</returns>
    /// <exception cref="EngineException">It cannot be started, a hook failed, or it was removed by something else.</exception>
    /// <exception cref="ExecCanceledException">The token was canceled; the exception shows whether the container was stopped.</exception>
    public async Task<int> RunAsync(ReadOnlyMemory<byte>? input, Stream output, Stream error, CancellationToken token)
    {
        using IExecSession session = await engine.AttachContainerAsync(Container, input is not null, token).ConfigureAwait(false);
        Task reading = session.CopyOutputAsync(output, error, token);
        try
        {
            await StartAsync(token).ConfigureAwait(false);
            if (input is { } bytes)
            {
                await CommandInput.SendAsync(session, new MemoryStream(bytes.ToArray(), writable: false), reading, token).ConfigureAwait(false);
            }

            await reading.ConfigureAwait(false);
            return await session.ReadExitCodeAsync(token).ConfigureAwait(false) ?? throw StillRunning();
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            throw new ExecCanceledException(await KillAsync().ConfigureAwait(false), token);
        }
        finally
        {
            if (!reading.IsCompleted)
            {
                session.Dispose();
                await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>Removes the container with its anonymous volumes. Nothing happens if it does not exist.</summary>
    /// <param name="canceled">Whether the user is waiting after a cancellation; then it takes at most a second.</param>
    /// <returns>Whether it is removed.</returns>
    public async Task<bool> RemoveAsync(bool canceled)
    {
        using var limit = new CancellationTokenSource(canceled ? CancelLimit : RemoveLimit);
        try
        {
            // Its name could belong to another container, if it was never created.
            if (await FindAsync(limit.Token).ConfigureAwait(false) is { } container)
            {
                await new ContainerRemoval(engine).RunAsync(container.Id, anonymousVolumes: true, limit.Token).ConfigureAwait(false);
            }

            return true;
        }
        catch (EngineException fault)
        {
            // The engine may be removing it by itself.
            return fault.IsNotFound || fault.IsConflict;
        }
        catch (OperationCanceledException)
        {
            // The engine continues with the removal.
            return false;
        }
    }

    private async Task<bool> KillAsync()
    {
        using var limit = new CancellationTokenSource(CancelLimit);
        try
        {
            await engine.KillContainerAsync(Container, "SIGKILL", limit.Token).ConfigureAwait(false);
            return true;
        }
        catch (EngineException fault)
        {
            // It has exited by itself, or something else removed it.
            return fault.IsConflict || fault.IsNotFound;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private EngineException StillRunning() => new(
        EngineErrorId.EngineUnreachable,
        $"The connection to {Container} ended, but the container is still running.",
        "Check the engine, and run the command again")
    {
        Service = service.Name,
    };
}
