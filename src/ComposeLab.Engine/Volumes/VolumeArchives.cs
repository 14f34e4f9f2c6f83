using System.Globalization;
using ComposeLab.Engine.Docker;

namespace ComposeLab.Engine.Volumes;

/// <summary>
/// Reads and writes all files of a volume as a tar archive, with owners, modes and links. The engine's archive calls need a container, so one is created that mounts the
/// volume. It is never started, and removed afterwards.
/// </summary>
/// <param name="engine">The engine.</param>
public sealed class VolumeArchives(IEngine engine)
{
    // Not a folder of any image: the engine would copy its files to an empty volume.
    private const string Mounted = "/composelab-volume";

    /// <summary>Reads a volume.</summary>
    /// <param name="volume">The volume's name.</param>
    /// <param name="handle">Receives the archive; its first component is a folder.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>Completes when the archive has been handled.</returns>
    /// <exception cref="EngineException">ImageNotFound: the engine has no image at all; VolumeNotFound.</exception>
    public Task ReadAsync(string volume, Func<Stream, Task> handle, CancellationToken token) => WithContainerAsync(
        volume,
        isReadOnly: true,
        async container =>
        {
            ContainerArchive archive = await engine.CopyFromContainerAsync(container, Mounted, token).ConfigureAwait(false)
                ?? throw new EngineException(EngineErrorId.EngineRefused, $"The engine returned no files of volume '{volume}'.", "See the Docker engine log.");
            await using (archive.Tar)
            {
                await handle(archive.Tar).ConfigureAwait(false);
            }
        },
        token);

    /// <summary>Writes files to a volume.</summary>
    /// <param name="volume">The volume's name.</param>
    /// <param name="tar">An archive of <see cref="ReadAsync"/>.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>Completes when the volume has the files.</returns>
    /// <exception cref="EngineException">ImageNotFound: the engine has no image at all; DiskFull.</exception>
    public Task WriteAsync(string volume, Stream tar, CancellationToken token) => WithContainerAsync(
        volume,
        isReadOnly: false,
        container => engine.CopyToContainerAsync(container, "/", tar, new ArchiveOptions { IsLarge = true }, token),
        token);

    /// <summary>Creates a volume with the files of an archive, instead of one that may exist. A volume that could not be filled is removed.</summary>
    /// <param name="volume">The volume.</param>
    /// <param name="replaces">Whether a volume of this name exists; it is removed first, with its data.</param>
    /// <param name="tar">An archive of <see cref="ReadAsync"/>.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>Completes when the volume has the files.</returns>
    /// <exception cref="EngineException">ImageNotFound: the engine has no image at all; DiskFull.</exception>
    public async Task CreateAsync(VolumeSpec volume, bool replaces, Stream tar, CancellationToken token)
    {
        if (replaces)
        {
            await engine.RemoveVolumeAsync(volume.Name, token).ConfigureAwait(false);
        }

        await engine.CreateVolumeAsync(volume, token).ConfigureAwait(false);
        try
        {
            await WriteAsync(volume.Name, tar, token).ConfigureAwait(false);
        }
        catch
        {
            await RemoveAsync(volume.Name).ConfigureAwait(false);
            throw;
        }
    }

    private async Task RemoveAsync(string volume)
    {
        try
        {
            await engine.RemoveVolumeAsync(volume, CancellationToken.None).ConfigureAwait(false);
        }
        catch (EngineException)
        {
            // The error of the work, or its cancellation, matters more.
        }
    }

    private async Task WithContainerAsync(string volume, bool isReadOnly, Func<string, Task> work, CancellationToken token)
    {
        var spec = new ContainerSpec
        {
            Name = string.Create(CultureInfo.InvariantCulture, $"composelab-volume-{Guid.NewGuid():N}"),
            Image = await ImageAsync(volume, token).ConfigureAwait(false),
            Entrypoint = ["never-started"],
            Command = [],
            Mounts = [new MountSpec { Type = "volume", Source = volume, Target = Mounted, NoCopy = true, ReadOnly = isReadOnly }],
        };
        try
        {
            await TemporaryContainers.CreateAsync(engine, spec, token).ConfigureAwait(false);
            await work(spec.Name).ConfigureAwait(false);
        }
        finally
        {
            await TemporaryContainers.RemoveAsync(engine, spec.Name).ConfigureAwait(false);
        }
    }

    // Any image will do. One that a container of the volume uses is certainly complete.
    private async Task<string> ImageAsync(string volume, CancellationToken token)
    {
        IReadOnlyList<ContainerSummary> containers = await engine.ListContainersAsync([], token).ConfigureAwait(false);
        if (containers.OrderByDescending(container => container.Mounts.Any(mount => mount.Name == volume)).Select(container => container.ImageId).FirstOrDefault() is { } used)
        {
            return used;
        }

        IReadOnlyList<ImageSummary> images = await engine.ListImagesAsync([], token).ConfigureAwait(false);
        return images.Select(image => image.Id).FirstOrDefault() ?? throw new EngineException(
            EngineErrorId.ImageNotFound, "The engine has no image. A volume is read and written through a container, which needs one.", "Pull or build any image");
    }
}
