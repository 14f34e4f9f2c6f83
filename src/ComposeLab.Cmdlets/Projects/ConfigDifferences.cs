using ComposeLab.Compose.Comparing;
using ComposeLab.Compose.Model;
using ComposeLab.Compose.Secrets;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Projects;

/// <summary>Compares two projects.</summary>
/// <param name="left">The reference.</param>
/// <param name="right">The other one.</param>
/// <param name="mask">Hides secret values; null shows them.</param>
internal sealed class ConfigDifferences(ComposeProject left, ComposeProject right, SecretMask? mask)
{
    private readonly SourceLocations _left = new(left);
    private readonly SourceLocations _right = new(right);

    /// <summary>Lists the differences.</summary>
    public IEnumerable<LabConfigDifference> All() => ConfigComparison.Compare(left.Tree, right.Tree).Select(Of);

    private LabConfigDifference Of(ConfigDifference difference)
    {
        string? before = Text(difference, difference.Left);
        string? after = Text(difference, difference.Right);
        // The short forms of ports and mounts omit details. If those are the difference, the full form is shown.
        if (before == after && difference.Left is MappingNode && difference.Right is MappingNode)
        {
            before = Flow.Whole(difference.Name, difference.Left, mask);
            after = Flow.Whole(difference.Name, difference.Right, mask);
        }

        return new LabConfigDifference
        {
            Service = difference.Service,
            Path = difference.Path,
            Kind = difference.Kind switch
            {
                DifferenceKind.Added => LabDifferenceKind.Added,
                DifferenceKind.Removed => LabDifferenceKind.Removed,
                _ => LabDifferenceKind.Changed,
            },
            ReferenceValue = before,
            DifferenceValue = after,
            ReferenceOrigin = _left.Of(difference.Left?.Origin),
            DifferenceOrigin = _right.Of(difference.Right?.Origin),
        };
    }

    private string? Text(ConfigDifference difference, Node? value) => value switch
    {
        null => null,
        // A whole service is shown by its image or build context. Its attributes would fill a page.
        MappingNode service when difference.Path == $"services.{difference.Service}" =>
            service["image"] is { } image ? Flow.Of(image) : service["build"] is MappingNode build ? $"build {Flow.Of(build["context"])}" : "a service",
        _ => Flow.Of(difference.Name, value, mask),
    };
}
