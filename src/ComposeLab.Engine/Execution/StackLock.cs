using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Planning;

namespace ComposeLab.Engine.Execution;

/// <summary>
/// Lets one command at a time change a stack, among all processes of a user on this machine. It is a locked file in a folder that only this user can write to;
/// the system releases it when a process dies.
/// </summary>
internal sealed class StackLock : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly FileStream? _file;

    private StackLock(FileStream? file, bool hasWaited)
    {
        _file = file;
        HasWaited = hasWaited;
    }

    /// <summary>Whether another command had the lock first, which may have changed the stack since the plan was created.</summary>
    public bool HasWaited { get; }

    /// <summary>Acquires the lock.</summary>
    /// <param name="endpoint">The engine.</param>
    /// <param name="projectName">The stack's project.</param>
    /// <param name="limit">How long to wait for another command.</param>
    /// <param name="isRequired">False to continue without the lock after the limit, which a command needs to remove a stack with a hanging start.</param>
    /// <param name="events">Receives a message if it has to wait.</param>
    /// <param name="token">Cancels the wait.</param>
    /// <returns>The lock; the caller disposes it.</returns>
    /// <exception cref="EngineException">StackBusy: another command still has it after the limit.</exception>
    public static async Task<StackLock> TakeAsync(
        EngineEndpoint endpoint, string projectName, TimeSpan limit, bool isRequired, IEngineEvents events, CancellationToken token)
    {
        // Without a place for the file, only the engine's own checks apply: names are unique there.
        if (PathOf(endpoint, projectName) is not { } path)
        {
            return new StackLock(null, hasWaited: false);
        }

        var waiting = Stopwatch.StartNew();
        for (bool hasWaited = false; ; hasWaited = true)
        {
            try
            {
                if (Open(path) is { } file)
                {
                    return new StackLock(file, hasWaited);
                }
            }
            catch (UnauthorizedAccessException)
            {
                return new StackLock(null, hasWaited);
            }
            catch (IOException) when (!Directory.Exists(Path.GetDirectoryName(path)))
            {
                return new StackLock(null, hasWaited);
            }
            catch (IOException)
            {
                if (!hasWaited)
                {
                    events.Report(new EngineEvent
                    {
                        Resource = new ResourceId(ResourceKind.Stack, projectName),
                        Phase = EventPhase.Working,
                        Status = $"waiting for {HolderOf(path)}, which is changing it",
                    });
                }

                if (waiting.Elapsed > limit)
                {
                    return isRequired ? throw Busy(projectName, path, limit) : new StackLock(null, hasWaited: true);
                }

                await Task.Delay(Pause, token).ConfigureAwait(false);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file?.Dispose();

    /// <summary>The lock file.</summary>
    /// <param name="endpoint">The engine.</param>
    /// <param name="projectName">The stack's project.</param>
    /// <returns>Its path; null if this user has no private folder.</returns>
    internal static string? PathOf(EngineEndpoint endpoint, string projectName)
    {
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{endpoint.Address.OriginalString}\n{projectName}"));
        return PrivateFolder.OfSession() is { } folder ? Path.Combine(folder, Convert.ToHexString(hash)[..16] + ".lock") : null;
    }

    // The file goes away with its lock. A command that had opened it just before then has a lock on a file that no other user can see, and tries again. A locked
    // file cannot be read, but looked at: its length is the holder's process id, and its time a random number that tells one file from its successor.
    private static FileStream? Open(string path)
    {
        var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        var mark = new DateTime(RandomNumberGenerator.GetInt32(1, int.MaxValue) * TimeSpan.TicksPerSecond, DateTimeKind.Utc).AddYears(1970);
        file.SetLength(Environment.ProcessId);
        File.SetLastWriteTimeUtc(file.SafeFileHandle, mark);
        if (File.GetLastWriteTimeUtc(path) == mark)
        {
            return file;
        }

        file.Dispose();
        return null;
    }

    private static string HolderOf(string path)
    {
        try
        {
            int id = (int)new FileInfo(path).Length;
            using Process process = Process.GetProcessById(id);
            return $"process {id} ({process.ProcessName})";
        }
        catch (Exception gone) when (gone is IOException or ArgumentException or InvalidOperationException)
        {
            return "another command";
        }
    }

    private static EngineException Busy(string projectName, string path, TimeSpan limit) => new(
        EngineErrorId.StackBusy,
        $"Stack '{projectName}' is still being changed by {HolderOf(path)} after {limit.TotalMinutes:0} minutes.",
        "Wait until it has finished, or end that process");
}
