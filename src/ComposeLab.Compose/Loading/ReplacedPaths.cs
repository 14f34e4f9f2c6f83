using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Loading;

/// <summary>Removes from a model what a later document tagged <c>!reset</c> or <c>!override</c>.</summary>
internal static class ReplacedPaths
{
    public static MappingNode Remove(MappingNode model, IReadOnlyList<string[]> paths) =>
        paths.Aggregate(model, (current, path) => Remove(current, path));

    private static MappingNode Remove(MappingNode model, ReadOnlySpan<string> path)
    {
        if (path.IsEmpty || !model.TryGet(path[0], out Node? value))
        {
            return model;
        }

        if (path.Length == 1)
        {
            return model.Without(path[0]);
        }

        return value is MappingNode below ? model.With(path[0], Remove(below, path[1..])) : model;
    }
}
