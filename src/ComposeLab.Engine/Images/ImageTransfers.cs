using System.Runtime.CompilerServices;
using System.Threading.Channels;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Execution;
using ComposeLab.Engine.Planning;

namespace ComposeLab.Engine.Images;

/// <summary>A finished pull or push.</summary>
/// <param name="Image">What was transferred.</param>
/// <param name="Details">The image on the engine; null if it does not exist.</param>
/// <param name="IsChanged">Whether the engine has another image than before.</param>
/// <param name="Fault">Why it failed; null if it has not.</param>
public sealed record ImageTransfer(SelectedImage Image, ImageDetails? Details, bool IsChanged, EngineException? Fault);

/// <summary>Pulls or pushes several images in parallel. One that fails does not stop the others.</summary>
/// <param name="engine">The engine.</param>
/// <param name="images">Pulls and pushes them.</param>
public sealed class ImageTransfers(IEngine engine, EngineImages images)
{
    // The engine itself downloads three layers of an image at a time.
    private const int AtOnce = 4;

    /// <summary>Pulls images.</summary>
    /// <param name="selected">The images; those to skip are returned first.</param>
    /// <param name="events">Receives the progress.</param>
    /// <param name="token">Cancels the pulls.</param>
    /// <returns>Each pull when it has ended.</returns>
    /// <exception cref="EngineException">EngineUnreachable.</exception>
    public IAsyncEnumerable<ImageTransfer> PullAsync(IReadOnlyList<SelectedImage> selected, IEngineEvents events, CancellationToken token) =>
        RunAsync(selected, image => images.PullAsync(image.Image, image.Platform, events, token), "pulled", events, token);

    /// <summary>Pushes images.</summary>
    /// <param name="selected">The images; those to skip are returned first.</param>
    /// <param name="events">Receives the progress.</param>
    /// <param name="token">Cancels the pushes.</param>
    /// <returns>Each push when it has ended.</returns>
    /// <exception cref="EngineException">EngineUnreachable.</exception>
    public IAsyncEnumerable<ImageTransfer> PushAsync(IReadOnlyList<SelectedImage> selected, IEngineEvents events, CancellationToken token) =>
        RunAsync(selected, image => images.PushAsync(image.Image, events, token), "pushed", events, token);

    private async IAsyncEnumerable<ImageTransfer> RunAsync(
        IReadOnlyList<SelectedImage> selected, Func<SelectedImage, Task> transfer, string status, IEngineEvents events, [EnumeratorCancellation] CancellationToken token)
    {
        foreach (SelectedImage image in selected.Where(image => image.Skipped is not null))
        {
            yield return new ImageTransfer(image, await engine.InspectImageAsync(image.Image, token).ConfigureAwait(false), false, null);
        }

        var finished = Channel.CreateUnbounded<ImageTransfer>();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(token);
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stop.Token };
        Task working = Parallel.ForEachAsync(selected.Where(image => image.Skipped is null), options, async (image, stopped) =>
            finished.Writer.TryWrite(await OneAsync(image, transfer, status, events, stopped).ConfigureAwait(false)));
        Task closing = working.ContinueWith(
            done => finished.Writer.Complete(done.Exception?.InnerException), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        try
        {
            await foreach (ImageTransfer done in finished.Reader.ReadAllAsync(token).ConfigureAwait(false))
            {
                yield return done;
            }
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await working.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await closing.ConfigureAwait(false);
        }
    }

    private async Task<ImageTransfer> OneAsync(SelectedImage image, Func<SelectedImage, Task> transfer, string status, IEngineEvents events, CancellationToken token)
    {
        ImageDetails? before = await engine.InspectImageAsync(image.Image, token).ConfigureAwait(false);
        try
        {
            await transfer(image).WaitAsync(token).ConfigureAwait(false);
        }
        catch (EngineException fault) when (fault.Id is EngineErrorId.ImagePullFailed or EngineErrorId.ImagePushFailed or EngineErrorId.ImageNotFound)
        {
            return new ImageTransfer(image, before, false, fault);
        }

        events.Report(new EngineEvent { Resource = ResourceId.Image(image.Image), Phase = EventPhase.Done, Status = status });
        ImageDetails? after = await engine.InspectImageAsync(image.Image, token).ConfigureAwait(false);
        return new ImageTransfer(image, after, after?.Id != before?.Id, null);
    }
}
