using ComposeLab.Compose.Diagnostics;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Loading;

/// <summary>Removes what <c>!reset</c> and <c>!override</c> replace from the model of the earlier files.</summary>
internal static class ReplacedPaths
{
    /// <summary>Removes the values at places.</summary>
    /// <param name="model">The model.</param>
    /// <param name="paths">The places.</param>
    public static MappingNode Remove(MappingNode model, IReadOnlyList<ModelPath> paths) => paths.Aggregate(model, (current, path) => Remove(current, path.Parts));

    /// <summary>Removes the values at places of one member of a section.</summary>
    /// <param name="member">The member, such as a service.</param>
    /// <param name="section">The section, such as <c>services</c>.</param>
    /// <param name="name">The member's name.</param>
    /// <param name="paths">The places, from the top of the model.</param>
    public static MappingNode Remove(MappingNode member, string section, string name, IReadOnlyList<ModelPath> paths)
    {
        foreach (ModelPath path in paths)
        {
            if (path.Parts is [var first, var second, .. { Length: > 0 } rest] && first == section && second == name)
            {
                member = Remove(member, rest);
            }
        }

        return member;
    }

    private static MappingNode Remove(MappingNode model, ReadOnlySpan<string> path) =>
        path.IsEmpty || !model.TryGet(path[0], out Node? value) ? model
        : path.Length == 1 ? model.Without(path[0])
        : value is MappingNode below ? model.With(path[0], Remove(below, path[1..]))
        : model;
}
