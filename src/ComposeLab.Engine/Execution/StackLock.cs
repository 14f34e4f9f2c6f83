using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Planning;

namespace ComposeLab.Engine.Execution;

/// <summary>Lets one command at a time change a stack, among all processes of a user on this machine. The system gives it back when a process dies.</summary>
internal sealed class StackLock : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly FileStream? _file;

    private StackLock(FileStream? file, bool hasWaited)
    {
        _file = file;
        HasWaited = hasWaited;
    }

    /// <summary>Whether another command held it first, which may have changed what a plan was made for.</summary>
    public bool HasWaited { get; }

    /// <summary>Takes the lock.</summary>
    /// <param name="endpoint">The engine.</param>
    /// <param name="projectName">The stack's project.</param>
    /// <param name="patience">How long to wait for it; afterwards the command goes on without, as one that ends a stack whose start hangs must.</param>
    /// <param name="events">Is told when it takes time.</param>
    /// <param name="token">Ends the waiting.</param>
    /// <returns>The lock; the caller disposes it.</returns>
    public static async Task<StackLock> TakeAsync(
        EngineEndpoint endpoint, string projectName, TimeSpan patience, IEngineEvents events, CancellationToken token)
    {
        var waiting = Stopwatch.StartNew();
        if (PathOf(endpoint, projectName) is not { } path)
        {
            return new StackLock(null, hasWaited: false);
        }

        for (bool hasWaited = false; ; hasWaited = true)
        {
            try
            {
                return new StackLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1), hasWaited);
            }
            catch (UnauthorizedAccessException)
            {
                return new StackLock(null, hasWaited);
            }
            catch (IOException) when (!File.Exists(path))
            {
                return new StackLock(null, hasWaited);
            }
            catch (IOException)
            {
                if (!hasWaited)
                {
                    events.Report(new EngineEvent
                    {
                        Resource = ResourceId.Stack(projectName),
                        Phase = EventPhase.Working,
                        Status = "waiting for another command that changes it",
                    });
                }

                if (waiting.Elapsed > patience)
                {
                    return new StackLock(null, hasWaited: true);
                }

                await Task.Delay(Pause, token).ConfigureAwait(false);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file?.Dispose();

    // Without a place for the file the engine's own refusals must do: names are unique there.
    internal static string? PathOf(EngineEndpoint endpoint, string projectName)
    {
        string folder = Path.Combine(Path.GetTempPath(), "composelab-" + Environment.UserName);
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null;
        }

        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{endpoint.Address.OriginalString}\n{projectName}"));
        return Path.Combine(folder, Convert.ToHexString(hash)[..16] + ".lock");
    }
}
