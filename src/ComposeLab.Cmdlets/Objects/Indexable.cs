using System.Collections.ObjectModel;

namespace ComposeLab;

/// <summary>
/// A list in an object of the module. Scripts can index it (<c>$build.Steps[0]</c>), and its text is its elements, so that <c>Export-Csv</c> includes them.
/// </summary>
/// <typeparam name="T">The type of its elements.</typeparam>
/// <param name="items">The elements.</param>
public sealed class LabList<T>(IList<T> items) : ReadOnlyCollection<T>(items)
{
    /// <summary>The elements on one line.</summary>
    /// <returns>Their texts, separated by a comma and a space.</returns>
    public override string ToString() => string.Join(", ", Items);
}

/// <summary>
/// Lists as scripts expect them. PowerShell treats a list that the compiler creates for a collection expression as a single element.
/// </summary>
internal static class Indexable
{
    /// <summary>Creates a list that can be indexed.</summary>
    /// <typeparam name="T">The type of its elements.</typeparam>
    /// <param name="list">The elements.</param>
    /// <returns>The list.</returns>
    public static IReadOnlyList<T> Of<T>(IReadOnlyList<T> list) => list as LabList<T> ?? new LabList<T>([.. list]);
}
