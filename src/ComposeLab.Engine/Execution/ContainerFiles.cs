using System.Formats.Tar;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Planning;

namespace ComposeLab.Engine.Execution;

/// <summary>Puts files into a container as one archive.</summary>
internal static class ContainerFiles
{
    /// <summary>Copies files into a container; missing directories are made.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="container">Id or name of the container.</param>
    /// <param name="files">The files.</param>
    /// <param name="token">Cancels the copy.</param>
    /// <returns>Completes when the files are there.</returns>
    public static async Task CopyAsync(
        IEngine engine, string container, IReadOnlyList<ContainerFile> files, CancellationToken token)
    {
        using var archive = new MemoryStream();
        await using (var tar = new TarWriter(archive, TarEntryFormat.Ustar, leaveOpen: true))
        {
            foreach (ContainerFile file in files)
            {
                var entry = new UstarTarEntry(TarEntryType.RegularFile, file.Path.TrimStart('/'))
                {
                    Mode = (UnixFileMode)file.Mode,
                    Uid = file.UserId,
                    Gid = file.GroupId,
                    DataStream = new MemoryStream(file.Content.ToArray(), writable: false),
                };
                await tar.WriteEntryAsync(entry, token).ConfigureAwait(false);
            }
        }

        archive.Position = 0;
        await engine.CopyToContainerAsync(container, "/", archive, token).ConfigureAwait(false);
    }
}
