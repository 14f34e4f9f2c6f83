using System.Text.Json;

namespace ComposeLab.Engine.Docker;

/// <summary>What an engine says about itself and its machine.</summary>
public sealed record EngineDescription
{
    /// <summary>The name of its machine.</summary>
    public string Host { get; init; } = "";

    /// <summary>The operating system of its machine, such as <c>Debian GNU/Linux 12 (bookworm)</c>.</summary>
    public string HostSystem { get; init; } = "";

    /// <summary>The number of processors.</summary>
    public int Processors { get; init; }

    /// <summary>The memory of the machine, in bytes.</summary>
    public long Memory { get; init; }

    /// <summary>How images are stored, such as <c>overlay2</c>, or <c>overlayfs</c> with containerd's store.</summary>
    public string StorageDriver { get; init; } = "";

    /// <summary>Whether images are in containerd's store, which keeps the compressed layers too.</summary>
    public bool UsesContainerdStore { get; init; }

    /// <summary>The state of swarm mode in the engine's words: <c>inactive</c>, <c>active</c>, <c>pending</c>, <c>locked</c>, <c>error</c>.</summary>
    public string SwarmState { get; init; } = "";

    /// <summary>Whether the engine is a manager of a swarm.</summary>
    public bool IsSwarmManager { get; init; }

    /// <summary>Whether the engine belongs to a swarm, even if it has lost it.</summary>
    public bool IsInSwarm => SwarmState is not ("" or "inactive");

    /// <summary>The id of its node in a swarm; empty if it is in none.</summary>
    public string SwarmNodeId { get; init; } = "";

    /// <summary>The number of containers.</summary>
    public int Containers { get; init; }

    /// <summary>The number of running containers.</summary>
    public int RunningContainers { get; init; }

    /// <summary>The number of images.</summary>
    public int Images { get; init; }
}

/// <summary>How much disk an engine uses for one kind of object.</summary>
/// <param name="Count">The number of objects.</param>
/// <param name="Size">Their size, in bytes; shared layers are counted once.</param>
/// <param name="Reclaimable">The size of those that nothing uses, in bytes.</param>
public sealed record DiskUse(int Count, long Size, long Reclaimable);

/// <summary>How much disk an engine uses.</summary>
/// <param name="Images">Images, without the containers' own layers.</param>
/// <param name="Containers">The writable layers of containers.</param>
/// <param name="Volumes">Local volumes.</param>
/// <param name="BuildCache">The build cache.</param>
public sealed record EngineDiskUse(DiskUse Images, DiskUse Containers, DiskUse Volumes, DiskUse BuildCache)
{
    /// <summary>Reads the engine's answer.</summary>
    /// <param name="root">The answer to <c>GET /system/df</c> of API 1.41 to 1.51.</param>
    /// <returns>The use.</returns>
    internal static EngineDiskUse Read(JsonElement root)
    {
        JsonElement[] images = [.. root.Rows("Images")];
        JsonElement[] containers = [.. root.Rows("Containers")];
        JsonElement[] volumes = [.. root.Rows("Volumes")];
        JsonElement[] cache = [.. root.Rows("BuildCache")];
        long layers = root.Whole("LayersSize");
        // What an image has alone is free when nothing uses it; shared layers stay as long as one image needs them.
        long used = images.Where(image => image.Whole("Containers") != 0).Sum(image => Math.Max(0, image.Whole("Size") - Math.Max(0, image.Whole("SharedSize"))));
        bool anyUsed = images.Any(image => image.Whole("Containers") != 0);
        long shared = images.Where(image => image.Whole("Containers") != 0).Select(image => Math.Max(0, image.Whole("SharedSize"))).DefaultIfEmpty(0).Max();
        return new EngineDiskUse(
            new DiskUse(images.Length, layers, anyUsed ? Math.Max(0, layers - used - shared) : layers),
            new DiskUse(
                containers.Length,
                containers.Sum(container => container.Whole("SizeRw")),
                containers.Where(container => container.Text("State") is not ("running" or "paused" or "restarting")).Sum(container => container.Whole("SizeRw"))),
            new DiskUse(volumes.Length, volumes.Sum(volume => VolumeSize(volume)), volumes.Where(volume => VolumeUsers(volume) == 0).Sum(VolumeSize)),
            new DiskUse(
                cache.Length,
                cache.Where(record => !record.Flag("Shared")).Sum(record => record.Whole("Size")),
                cache.Where(record => !record.Flag("Shared") && !record.Flag("InUse")).Sum(record => record.Whole("Size"))));
    }

    private static long VolumeSize(JsonElement volume) => Math.Max(0, volume.Member("UsageData").Whole("Size"));

    private static long VolumeUsers(JsonElement volume) => volume.Member("UsageData").ValueKind == JsonValueKind.Object ? volume.Member("UsageData").Whole("RefCount") : -1;
}
