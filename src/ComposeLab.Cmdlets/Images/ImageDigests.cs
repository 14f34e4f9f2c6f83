using System.Collections.Concurrent;
using ComposeLab.Compose.Model;
using ComposeLab.Engine.Images;

namespace ComposeLab.Images;

/// <summary>Reads the digests of a project's images from their registries.</summary>
internal static class ImageDigests
{
    /// <summary>Reads them. Images that a service builds are left out: only the engine that built them has them.</summary>
    /// <param name="project">The project.</param>
    /// <param name="images">Reads the digest of an image.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>The names with digests, by the names in the project.</returns>
    /// <exception cref="Engine.EngineException">ImageDigestUnknown.</exception>
    public static async Task<IReadOnlyDictionary<string, string>> ReadAsync(ComposeProject project, EngineImages images, CancellationToken token)
    {
        var pinned = new ConcurrentDictionary<string, string>(StringComparer.Ordinal);
        IEnumerable<string> names = project.Services.Values.Where(service => service.Build is null && !string.IsNullOrEmpty(service.Image)).Select(service => service.Image!)
            .Concat(project.Services.Values.SelectMany(service => service.PreStart).Select(hook => hook.Image ?? ""))
            .Where(name => name.Length > 0 && !ImageName.IsPinned(name))
            .Distinct(StringComparer.Ordinal);
        HashSet<string> built = [.. project.Services.Values.Where(service => service.Build is not null).Select(service => service.Image ?? "")];
        await Parallel.ForEachAsync(names.Where(name => !built.Contains(name)), new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = token }, async (name, stopped) =>
            pinned[name] = $"{name}@{await images.ReadDigestAsync(name, stopped).ConfigureAwait(false)}").ConfigureAwait(false);
        return pinned;
    }
}
