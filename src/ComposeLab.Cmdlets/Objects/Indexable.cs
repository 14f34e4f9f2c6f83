namespace ComposeLab;

/// <summary>
/// Lists as scripts expect them: <c>$build.Steps[0]</c>. PowerShell can index an array, but it treats a list that the compiler creates for a collection expression
/// as a single element.
/// </summary>
internal static class Indexable
{
    /// <summary>Creates an array.</summary>
    /// <typeparam name="T">The type of its elements.</typeparam>
    /// <param name="list">The elements.</param>
    /// <returns>An array.</returns>
    public static IReadOnlyList<T> Of<T>(IReadOnlyList<T> list) => list as T[] ?? list.ToArray();
}
