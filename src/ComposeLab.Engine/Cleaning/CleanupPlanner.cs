namespace ComposeLab.Engine.Cleaning;

/// <summary>What to remove from an engine.</summary>
/// <param name="Kinds">The kinds of objects. <see cref="EngineItemKind.Image"/> includes <see cref="EngineItemKind.DanglingImage"/>.</param>
/// <param name="Before">Only objects that were created before this time; null for all.</param>
public sealed record CleanupRequest(IReadOnlySet<EngineItemKind> Kinds, DateTimeOffset? Before)
{
    /// <summary>The kinds that hold no data of their own: what <c>docker system prune</c> removes.</summary>
    public static IReadOnlySet<EngineItemKind> DefaultKinds { get; } =
        new HashSet<EngineItemKind> { EngineItemKind.Container, EngineItemKind.Network, EngineItemKind.DanglingImage, EngineItemKind.BuildCache };
}

/// <summary>Decides which objects of an engine nothing uses.</summary>
public static class CleanupPlanner
{
    /// <summary>Plans a cleanup. An object is used if a container that stays uses it.</summary>
    /// <param name="contents">What is on the engine.</param>
    /// <param name="request">What to remove.</param>
    /// <returns>The objects in the order of their removal.</returns>
    public static IReadOnlyList<EngineItem> Plan(EngineContents contents, CleanupRequest request)
    {
        // A finished one-time job belongs to its running stack: the next start would run it again.
        HashSet<string> running = [.. contents.Containers.Where(container => container.IsRunning).Select(container => container.Object.Project).OfType<string>()];
        ContainerUse[] removed = [.. contents.Containers.Where(container => !container.IsRunning
            && (container.Object.Project is not { } project || !running.Contains(project))
            && IsSelected(container.Object, request))];
        ContainerUse[] staying = [.. contents.Containers.Except(removed)];
        HashSet<string> images = [.. staying.Select(container => container.ImageId)];
        HashSet<string> networks = [.. staying.SelectMany(container => container.Networks)];
        HashSet<string> volumes = [.. staying.SelectMany(container => container.Volumes)];
        return
        [
            .. removed.Select(container => container.Object),
            .. contents.Networks.Where(network => !networks.Contains(network.Id) && !networks.Contains(network.Name) && IsSelected(network, request)),
            .. contents.Images.Where(image => !images.Contains(image.Id) && IsSelected(image.Object, request)).Select(image => image.Object),
            .. contents.Volumes.Where(volume => !volumes.Contains(volume.Id) && IsSelected(volume, request)),
            .. contents.Cache.Where(record => IsSelected(record, request)),
        ];
    }

    // What the engine does not know the age of stays if an age is asked for.
    private static bool IsSelected(EngineItem found, CleanupRequest request) =>
        (request.Kinds.Contains(found.Kind) || (found.Kind == EngineItemKind.DanglingImage && request.Kinds.Contains(EngineItemKind.Image)))
        && (request.Before is not { } before || found.Created < before);
}
