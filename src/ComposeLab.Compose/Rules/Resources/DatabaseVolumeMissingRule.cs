using ComposeLab.Compose.Model;
using ComposeLab.Compose.Rules.Images;
using static ComposeLab.Compose.Rules.FindingSeverity;

namespace ComposeLab.Compose.Rules.Resources;

/// <summary>The data of a database must outlive its container.</summary>
internal sealed class DatabaseVolumeMissingRule() : ServiceRule(new RuleInfo(
    "DatabaseVolumeMissing",
    Warning,
    Error,
    "a database without a named volume for its data, or with one in the wrong place: the data is lost with the container",
    "Mount a named volume at the folder in the message."))
{
    /// <inheritdoc/>
    protected override IEnumerable<RuleMatch> Find(RuleContext context, ServiceDefinition service)
    {
        ImageReference? image = context.ImageOf(service);
        if (DatabaseImage.Of(image) is not { DataFolders: [var folder, ..] folders } database || service.Replicas == 0 || service.VolumesFrom.Count > 0)
        {
            yield break;
        }

        string? moved = service.Environment.GetValueOrDefault("PGDATA");
        MountDefinition[] mounts = service.Volumes.Where(mount => mount.Source is not null || mount.Type == MountType.Tmpfs).ToArray();
        if (mounts.Any(mount => folders.Any(data => Keeps(mount, data)) || (moved is not null && Covers(mount.Target!, moved)))
            || service.Tmpfs.Any(tmpfs => Covers(tmpfs.Split(':')[0], folder)))
        {
            yield break;
        }

        // Only the exact folder of the official image is known; other images may use a slightly different one.
        MountDefinition? near = Array.Find(mounts, mount => IsNear(mount.Target!, folder));
        if (near is not null && image!.Repository.Contains('/', StringComparison.Ordinal) && !image.Repository.StartsWith("library/", StringComparison.Ordinal))
        {
            yield break;
        }

        string volume = $"{service.Name}data:{folder}";
        yield return near is null
            ? context.At(
                service, $"{database.Product} keeps its data in {folder}, where {service.Name} has no named volume: removing the container loses the data.", $"volumes: [{volume}]")
            : context.At(
                service,
                $"volumes[{service.Volumes.ToList().IndexOf(near)}]",
                near.Node,
                $"{near.Target} is not where {image!.Repository}:{image.Tag ?? "latest"} keeps its data ({folder}): removing the container loses the data.",
                $"Mount it there: {near.Source}:{folder}");
    }

    // The image declares its folder as a volume. A mount above it stays empty, because an anonymous volume covers it.
    private static bool Keeps(MountDefinition mount, string data) => mount.Target == data || (data.StartsWith("/bitnami", StringComparison.Ordinal) && Covers(mount.Target!, data));

    private static bool Covers(string target, string folder) => folder == target || folder.StartsWith(target.TrimEnd('/') + "/", StringComparison.Ordinal);

    private static bool IsNear(string target, string folder) => Covers(target, folder) || Covers(folder, target)
        || (target.StartsWith("/var/lib/postgres", StringComparison.Ordinal) && folder.StartsWith("/var/lib/postgres", StringComparison.Ordinal));
}
