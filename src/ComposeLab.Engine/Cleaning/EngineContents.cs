using System.Globalization;
using System.Text.Json;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Planning;

namespace ComposeLab.Engine.Cleaning;

/// <summary>A kind of object that takes space on an engine.</summary>
public enum EngineItemKind
{
    /// <summary>A container that does not run.</summary>
    Container,

    /// <summary>A network of no container.</summary>
    Network,

    /// <summary>An image without a name, which a newer build or pull has replaced.</summary>
    DanglingImage,

    /// <summary>An image that no container uses.</summary>
    Image,

    /// <summary>A volume without a name, which a container left behind.</summary>
    AnonymousVolume,

    /// <summary>A volume with a name that no container uses.</summary>
    Volume,

    /// <summary>The build cache that no build is using.</summary>
    BuildCache,
}

/// <summary>An object on an engine.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Id">Its id; for an image with names, one of them, because a removal by id would remove all.</param>
/// <param name="Name">Its name for people.</param>
/// <param name="Project">The Compose project that it belongs to; null for none.</param>
/// <param name="Created">When it was created, or for the build cache last used; null if the engine does not tell.</param>
/// <param name="Size">What its removal frees at least, in bytes.</param>
public sealed record EngineItem(EngineItemKind Kind, string Id, string Name, string? Project, DateTimeOffset? Created, long Size);

/// <summary>A container, as far as it keeps other objects in use.</summary>
/// <param name="Object">The container.</param>
/// <param name="IsRunning">Whether it runs or is paused.</param>
/// <param name="ImageId">The id of its image.</param>
/// <param name="Networks">The names and ids of its networks.</param>
/// <param name="Volumes">The names of its volumes.</param>
public sealed record ContainerUse(EngineItem Object, bool IsRunning, string ImageId, IReadOnlySet<string> Networks, IReadOnlySet<string> Volumes);

/// <summary>Everything on an engine that takes space.</summary>
/// <param name="Containers">The containers.</param>
/// <param name="Images">The images, with their ids; one for each name.</param>
/// <param name="Volumes">The volumes.</param>
/// <param name="Networks">The networks, without those that every engine has.</param>
/// <param name="Cache">The records of the build cache that no build is using.</param>
public sealed record EngineContents(
    IReadOnlyList<ContainerUse> Containers,
    IReadOnlyList<(string Id, EngineItem Object)> Images,
    IReadOnlyList<EngineItem> Volumes,
    IReadOnlyList<EngineItem> Networks,
    IReadOnlyList<EngineItem> Cache)
{
    // Docker names a volume without a name by 64 hexadecimal digits; newer engines label it, too.
    private const int AnonymousLength = 64;
    private const string AnonymousLabel = "com.docker.volume.anonymous";

    private static readonly HashSet<string> Predefined = new(StringComparer.Ordinal) { "bridge", "host", "none", "ingress", "docker_gwbridge", "nat", "default" };

    /// <summary>Reads the engine's answers.</summary>
    /// <param name="disk">The answer to <c>GET /system/df</c> of API 1.41 to 1.51.</param>
    /// <param name="networks">The answer to <c>GET /networks</c>.</param>
    /// <returns>The contents.</returns>
    internal static EngineContents Read(JsonElement disk, JsonElement networks) => new(
        [.. disk.Rows("Containers").Select(Container)],
        [.. disk.Rows("Images").SelectMany(Image)],
        [.. disk.Rows("Volumes").Select(Volume)],
        [.. networks.Rows().Where(network => !Predefined.Contains(network.Text("Name"))).Select(Network)],
        [.. disk.Rows("BuildCache").Where(record => !record.Flag("Shared") && !record.Flag("InUse")).Select(Record)]);

    private static ContainerUse Container(JsonElement row)
    {
        string name = row.Texts("Names").FirstOrDefault()?.TrimStart('/') ?? row.Text("Id");
        var networks = row.Member("NetworkSettings").Member("Networks").Properties()
            .SelectMany(network => new[] { network.Name, network.Value.Text("NetworkID") }).ToHashSet(StringComparer.Ordinal);
        networks.Remove("");
        return new ContainerUse(
            new EngineItem(EngineItemKind.Container, row.Text("Id"), name, Project(row), Seconds(row), row.Whole("SizeRw")),
            row.Text("State") is "running" or "paused" or "restarting",
            row.Text("ImageID"),
            networks,
            row.Rows("Mounts").Where(mount => mount.Text("Type") == "volume").Select(mount => mount.Text("Name")).ToHashSet(StringComparer.Ordinal));
    }

    private static IEnumerable<(string, EngineItem)> Image(JsonElement row)
    {
        string id = row.Text("Id");
        // Shared layers stay as long as another image needs them. -1: the engine did not count them.
        long own = Math.Max(0, row.Whole("Size") - Math.Max(0, row.Whole("SharedSize")));
        string[] names = [.. row.Texts("RepoTags").Where(name => name != "<none>:<none>")];
        string? digest = row.Texts("RepoDigests").FirstOrDefault(name => !name.StartsWith("<none>", StringComparison.Ordinal));
        if (names.Length > 0 || digest is not null)
        {
            return names.DefaultIfEmpty(digest!).Select((name, index) => (id, new EngineItem(EngineItemKind.Image, name, name, Project(row), Seconds(row), index == 0 ? own : 0)));
        }

        return [(id, new EngineItem(EngineItemKind.DanglingImage, id, Short(id), Project(row), Seconds(row), own))];
    }

    private static EngineItem Volume(JsonElement row)
    {
        string name = row.Text("Name");
        bool isAnonymous = row.Member("Labels").Properties().Any(label => label.Name == AnonymousLabel)
            || (name.Length == AnonymousLength && name.All(char.IsAsciiHexDigitLower));
        return new EngineItem(
            isAnonymous ? EngineItemKind.AnonymousVolume : EngineItemKind.Volume,
            name,
            isAnonymous ? Short(name) : name,
            Project(row),
            Moment(row.Text("CreatedAt")),
            Math.Max(0, row.Member("UsageData").Whole("Size")));
    }

    private static EngineItem Network(JsonElement row) =>
        new(EngineItemKind.Network, row.Text("Id"), row.Text("Name"), Project(row), Moment(row.Text("Created")), 0);

    private static EngineItem Record(JsonElement row) => new(
        EngineItemKind.BuildCache,
        row.Text("ID"),
        row.Text("Description"),
        null,
        Moment(row.Text("LastUsedAt")) ?? Moment(row.Text("CreatedAt")),
        row.Whole("Size"));

    private static string? Project(JsonElement row) => row.Member("Labels").Text(StackLabels.Project) is { Length: > 0 } project ? project : null;

    private static DateTimeOffset? Seconds(JsonElement row) => row.Whole("Created") is > 0 and < 253402300800 and var seconds ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;

    private static DateTimeOffset? Moment(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time) && time.Year > 1 ? time : null;

    private static string Short(string id) => id[(id.IndexOf(':', StringComparison.Ordinal) + 1)..] is { Length: > 12 } digits ? digits[..12] : id;
}
