using System.Formats.Tar;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Planning;

namespace ComposeLab.Engine.Execution;

/// <summary>Copies files into a container as one archive.</summary>
internal static class ContainerFiles
{
    /// <summary>Copies files into a container; missing directories are created.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="container">Id or name of the container.</param>
    /// <param name="files">The files.</param>
    /// <param name="token">Cancels the copy.</param>
    /// <returns>Completes when the files are copied.</returns>
    public static async Task CopyAsync(
        IEngine engine, string container, IReadOnlyList<ContainerFile> files, CancellationToken token)
    {
        using MemoryStream archive = await ArchiveAsync(files, token).ConfigureAwait(false);
        await engine.CopyToContainerAsync(container, "/", archive, new ArchiveOptions(), token).ConfigureAwait(false);
    }

    /// <summary>Writes files as an archive. The format supports paths of any length and language, and any owner id.</summary>
    /// <param name="files">The files.</param>
    /// <param name="token">Cancels the writing.</param>
    /// <returns>The archive, positioned at its start.</returns>
    internal static async Task<MemoryStream> ArchiveAsync(IReadOnlyList<ContainerFile> files, CancellationToken token)
    {
        var archive = new MemoryStream();
        await using (var tar = new TarWriter(archive, TarEntryFormat.Pax, leaveOpen: true))
        {
            foreach (ContainerFile file in files)
            {
                var entry = new PaxTarEntry(TarEntryType.RegularFile, file.Path.TrimStart('/'))
                {
                    Mode = (UnixFileMode)file.Mode,
                    Uid = file.UserId,
                    Gid = file.GroupId,
                    ModificationTime = DateTimeOffset.UnixEpoch,
                    DataStream = new MemoryStream(file.Content.ToArray(), writable: false),
                };
                await tar.WriteEntryAsync(entry, token).ConfigureAwait(false);
            }
        }

        archive.Position = 0;
        return archive;
    }
}
