using System.Runtime.ExceptionServices;

namespace ComposeLab.Database.Updates;

/// <summary>The phases of an update, in order.</summary>
internal enum UpdatePhase
{
    /// <summary>Writes are rejected, so that the dump contains everything.</summary>
    HoldWrites,

    /// <summary>The databases and roles are dumped.</summary>
    Dump,

    /// <summary>The new volume is created.</summary>
    CreateVolume,

    /// <summary>The dumps are restored and compared.</summary>
    Restore,

    /// <summary>The files of the project are changed.</summary>
    ChangeFiles,

    /// <summary>The service is recreated with the new image and volume.</summary>
    Recreate,

    /// <summary>The new server is checked.</summary>
    Check,
}

/// <summary>The work of the phases, and how each is undone.</summary>
internal interface IUpdateWork
{
    /// <summary>Does the work of a phase.</summary>
    /// <param name="phase">The phase.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>Completes with the work.</returns>
    Task RunAsync(UpdatePhase phase, CancellationToken token);

    /// <summary>Undoes the work of a phase, which may be incomplete.</summary>
    /// <param name="phase">The phase.</param>
    /// <returns>Completes when it is undone.</returns>
    Task UndoAsync(UpdatePhase phase);
}

/// <summary>Runs the phases of an update. If one fails or is canceled, what was done so far is undone in reverse order, so that the old server serves again.</summary>
internal static class UpdateSequence
{
    /// <summary>Runs the phases.</summary>
    /// <param name="work">The work.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>Completes when all phases are done.</returns>
    /// <exception cref="UpdateFault">A phase failed, or a canceled update could not be undone.</exception>
    /// <exception cref="OperationCanceledException">It was canceled, and everything was undone.</exception>
    public static async Task RunAsync(IUpdateWork work, CancellationToken token)
    {
        UpdatePhase phase = default;
        try
        {
            foreach (UpdatePhase next in Enum.GetValues<UpdatePhase>())
            {
                token.ThrowIfCancellationRequested();
                phase = next;
                await work.RunAsync(phase, token).ConfigureAwait(false);
            }
        }
        catch (Exception fault)
        {
            IReadOnlyList<Exception> failures = await UndoAsync(work, phase).ConfigureAwait(false);
            if (failures.Count == 0)
            {
                // After a cancellation, other errors are its consequences.
                token.ThrowIfCancellationRequested();
                if (fault is OperationCanceledException)
                {
                    ExceptionDispatchInfo.Throw(fault);
                }
            }

            throw new UpdateFault(phase, fault, failures);
        }
    }

    // What cannot be undone does not keep the rest from being undone.
    private static async Task<IReadOnlyList<Exception>> UndoAsync(IUpdateWork work, UpdatePhase last)
    {
        var failures = new List<Exception>();
        foreach (UpdatePhase phase in Enum.GetValues<UpdatePhase>().Where(phase => phase <= last).Reverse())
        {
            try
            {
                await work.UndoAsync(phase).ConfigureAwait(false);
            }
            catch (Exception fault)
            {
                failures.Add(fault);
            }
        }

        return failures;
    }
}

/// <summary>A phase of an update failed.</summary>
/// <param name="phase">The phase.</param>
/// <param name="cause">Its error.</param>
/// <param name="failures">The errors of undoing; empty if the old server serves again.</param>
internal sealed class UpdateFault(UpdatePhase phase, Exception cause, IReadOnlyList<Exception> failures) : Exception(cause.Message, cause)
{
    /// <summary>The phase.</summary>
    public UpdatePhase Phase => phase;

    /// <summary>The errors of undoing; empty if the old server serves again.</summary>
    public IReadOnlyList<Exception> Failures => failures;
}
