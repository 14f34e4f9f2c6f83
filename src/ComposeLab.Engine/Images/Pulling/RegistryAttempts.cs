using ComposeLab.Engine.Execution;
using ComposeLab.Engine.Planning;

namespace ComposeLab.Engine.Images.Pulling;

/// <summary>Repeats a pull or push after transient errors. An attempt without progress ends after a while.</summary>
/// <param name="limits">The limits of the transfer.</param>
/// <param name="time">Measures pauses and timeouts.</param>
internal sealed class RegistryAttempts(PullLimits limits, TimeProvider time)
{
    /// <summary>Runs the transfer until it succeeds.</summary>
    /// <param name="image">The image's name.</param>
    /// <param name="transfer">Makes one attempt. It calls the action for each sign of progress, and returns the engine's message if the attempt failed, otherwise an empty
    /// text.</param>
    /// <param name="failure">Creates the error from the engine's message, the number of attempts and the exception.</param>
    /// <param name="events">Receives the pauses.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>Completes when an attempt has succeeded.</returns>
    public async Task RunAsync(
        string image, Func<Action, CancellationToken, Task<string>> transfer, Func<string, int, Exception?, EngineException> failure, IEngineEvents events, CancellationToken token)
    {
        TimeSpan pause = limits.FirstPause;
        for (int attempt = 1; ; attempt++)
        {
            (string words, Exception? fault) = await TryAsync(transfer, token).ConfigureAwait(false);
            if (words.Length == 0)
            {
                return;
            }

            if (attempt >= limits.Attempts || !PullMessages.IsTransient(words))
            {
                throw failure(words, attempt, fault);
            }

            events.Report(new EngineEvent
            {
                Resource = ResourceId.Image(image),
                Phase = EventPhase.Working,
                Status = $"trying again in {pause.TotalSeconds:0} s",
            });
            await Task.Delay(pause, time, token).ConfigureAwait(false);
            pause *= 2;
        }
    }

    // An error is an exception before the first byte of progress, and a line in the progress afterwards.
    private async Task<(string Words, Exception? Fault)> TryAsync(Func<Action, CancellationToken, Task<string>> transfer, CancellationToken token)
    {
        using var silence = new CancellationTokenSource(limits.Silence, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(token, silence.Token);
        try
        {
            return (await transfer(() => silence.CancelAfter(limits.Silence), either.Token).ConfigureAwait(false), null);
        }
        catch (EngineException fault) when (fault.StatusCode is not null)
        {
            return (fault.Message, fault);
        }
        catch (OperationCanceledException fault) when (!token.IsCancellationRequested)
        {
            return ($"timeout: no progress for {limits.Silence.TotalSeconds:0} seconds", fault);
        }
    }
}
