using ComposeLab.Bench.Harness;

namespace ComposeLab.Bench.Api;

/// <summary>The names of the base images on this machine, where they are not the public ones.</summary>
internal static class MachineImages
{
    /// <summary>Reads them from the lab's <c>.env</c>.</summary>
    /// <returns>Image names by variable.</returns>
    public static IReadOnlyDictionary<string, string?> Named()
    {
        var file = Repository.At("compose/.env");
        return (File.Exists(file) ? File.ReadAllLines(file) : [])
            .Select(line => line.Split('=', 2))
            .Where(pair => pair.Length == 2 && !pair[0].StartsWith('#') && pair[0].EndsWith("_IMAGE", StringComparison.Ordinal))
            .ToDictionary(pair => pair[0], string? (pair) => pair[1], StringComparer.Ordinal);
    }
}
