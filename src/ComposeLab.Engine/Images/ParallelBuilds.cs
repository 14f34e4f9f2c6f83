using System.Runtime.CompilerServices;
using System.Threading.Channels;
using ComposeLab.Engine.Execution;

namespace ComposeLab.Engine.Images;

/// <summary>Builds several images in parallel.</summary>
public static class ParallelBuilds
{
    // A single build already uses several CPUs; more parallel builds only make each slower.
    private const int AtOnce = 4;

    /// <summary>Builds images; the first that fails stops the others.</summary>
    /// <param name="images">Builds them.</param>
    /// <param name="builds">What to build.</param>
    /// <param name="events">Receives the steps as they begin and end.</param>
    /// <param name="token">Cancels the builds.</param>
    /// <returns>Each build when its image is complete, in that order.</returns>
    /// <exception cref="EngineException">ImageBuildFailed, from the first that failed.</exception>
    public static async IAsyncEnumerable<(BuildSpec Build, ImageBuildResult Result)> RunAsync(
        EngineImages images, IReadOnlyList<BuildSpec> builds, IEngineEvents events, [EnumeratorCancellation] CancellationToken token)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(token);
        var finished = Channel.CreateUnbounded<(BuildSpec, ImageBuildResult)>();
        IReadOnlyList<IReadOnlyList<int>> needs = BuildOrder.Of(builds);
        TaskCompletionSource[] built = [.. builds.Select(_ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously))];
        using var slots = new SemaphoreSlim(AtOnce);
        Task working = Task.WhenAll(builds.Select((build, index) => BuildAsync(build, index)));
        Task closing = working.ContinueWith(
            done => finished.Writer.Complete(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        try
        {
            await foreach ((BuildSpec, ImageBuildResult) build in finished.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
            {
                yield return build;
            }

            // The engine's error has priority over the cancellations that it causes.
            if (working.Exception?.Flatten().InnerExceptions.OfType<EngineException>().FirstOrDefault() is { } fault)
            {
                throw fault;
            }

            await working.ConfigureAwait(false);
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await working.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await closing.ConfigureAwait(false);
        }

        async Task BuildAsync(BuildSpec build, int index)
        {
            try
            {
                await Task.WhenAll(needs[index].Select(other => built[other].Task)).WaitAsync(stop.Token).ConfigureAwait(false);
                await slots.WaitAsync(stop.Token).ConfigureAwait(false);
                try
                {
                    ImageBuildResult result = await images.BuildAsync(build, events, stop.Token).ConfigureAwait(false);
                    built[index].SetResult();
                    await finished.Writer.WriteAsync((build, result), stop.Token).ConfigureAwait(false);
                }
                finally
                {
                    slots.Release();
                }
            }
            catch
            {
                // If one fails, the others are canceled, because the result would be incomplete.
                await stop.CancelAsync().ConfigureAwait(false);
                throw;
            }
        }
    }
}
