using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Comparing;

/// <summary>A place at which two models differ.</summary>
/// <param name="Path">The place, such as <c>services.db.ports[5432/tcp]</c>.</param>
/// <param name="Service">The service it belongs to; null: none.</param>
/// <param name="Name">The key of the value: what it says decides whether the value is a secret.</param>
/// <param name="Left">The left value; null when there is none.</param>
/// <param name="Right">The right value; null when there is none.</param>
public sealed record ConfigDifference(string Path, string? Service, string Name, Node? Left, Node? Right)
{
    /// <summary>How they differ.</summary>
    public DifferenceKind Kind => Left is null ? DifferenceKind.Added : Right is null ? DifferenceKind.Removed : DifferenceKind.Changed;
}
