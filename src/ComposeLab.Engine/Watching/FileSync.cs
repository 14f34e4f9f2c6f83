using System.Formats.Tar;
using ComposeLab.Engine.Copying;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Execution;

namespace ComposeLab.Engine.Watching;

/// <summary>Copies changed files to containers, and deletes there what was deleted here.</summary>
/// <param name="engine">The engine.</param>
internal sealed class FileSync(IEngine engine)
{
    // Below the limits of every system for the arguments of a program.
    private const int RemovedAtOnce = 500;

    /// <summary>Copies and deletes.</summary>
    /// <param name="containers">The ids of the containers.</param>
    /// <param name="files">The files and folders.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>Completes when all containers have the changes.</returns>
    /// <exception cref="EngineException">A container does not accept them, or it has no <c>rm</c>.</exception>
    public Task RunAsync(IReadOnlyList<string> containers, IReadOnlyList<SyncedPath> files, CancellationToken token)
    {
        ILookup<bool, SyncedPath> byExistence = files.ToLookup(file => Path.Exists(file.Source) || new FileInfo(file.Source).LinkTarget is not null);
        return Task.WhenAll(containers.Select(async container =>
        {
            await RemoveAsync(container, [.. byExistence[false].Select(file => file.Target)], token).ConfigureAwait(false);
            await CopyAsync(container, [.. byExistence[true]], token).ConfigureAwait(false);
        }));
    }

    private async Task RemoveAsync(string container, IReadOnlyList<string> paths, CancellationToken token)
    {
        foreach (string[] part in paths.Chunk(RemovedAtOnce))
        {
            ExecResult result = await ExecRunner.RunAsync(engine, container, new ExecSpec { Command = ["rm", "-rf", "--", .. part] }, token).ConfigureAwait(false);
            if (result.ExitCode != 0)
            {
                throw new EngineException(EngineErrorId.CommandFailed, $"Could not delete files in the container: {result.Error.Trim()}", "Fix the problem in the message");
            }
        }
    }

    private async Task CopyAsync(string container, IReadOnlyList<SyncedPath> files, CancellationToken token)
    {
        var copied = new List<SyncedPath>();
        foreach (SyncedPath file in files)
        {
            // A folder that the container has, possibly behind a link, must not be replaced.
            if (!IsFolder(file.Source) || await engine.StatContainerPathAsync(container, file.Target, token).ConfigureAwait(false) is null)
            {
                copied.Add(file);
            }
        }

        if (copied.Count == 0)
        {
            return;
        }

        using var late = new LateStop(token);
        await TreeArchive.SendAsync(
            engine, container, "/", new ArchiveOptions { ReplaceDirectories = false }, (tar, stop) => Write(tar, copied, stop), late, token).ConfigureAwait(false);
    }

    private static void Write(TarWriter tar, IReadOnlyList<SyncedPath> files, CancellationToken token)
    {
        foreach (SyncedPath file in files.TakeWhile(_ => !token.IsCancellationRequested))
        {
            try
            {
                TreeArchive.Add(tar, file.Source, file.Target.TrimStart('/'), IsFolder(file.Source), new FileInfo(file.Source), keepOwners: false);
            }
            catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
            {
                // It was deleted since; that is another batch.
            }
        }
    }

    private static bool IsFolder(string path) => new DirectoryInfo(path) is { Exists: true, LinkTarget: null };
}
