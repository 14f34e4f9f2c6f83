namespace ComposeLab;

/// <summary>
/// Lists as scripts expect them: <c>$build.Steps[0]</c>. PowerShell can index an array, but of the lists that the compiler makes of a collection expression it
/// takes the whole as the first element.
/// </summary>
internal static class Indexable
{
    /// <summary>Makes one.</summary>
    /// <typeparam name="T">The type of its elements.</typeparam>
    /// <param name="list">The elements.</param>
    /// <returns>An array.</returns>
    public static IReadOnlyList<T> Of<T>(IReadOnlyList<T> list) => list as T[] ?? list.ToArray();
}
