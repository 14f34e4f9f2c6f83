namespace ComposeLab.Bench.Harness;

/// <summary>Every benchmark of this program.</summary>
internal static class BenchmarkList
{
    /// <summary>All of them, by name.</summary>
    public static IReadOnlyList<IBenchmark> All { get; } = typeof(BenchmarkList).Assembly.GetTypes()
        .Where(type => type.IsClass && !type.IsAbstract && type.IsAssignableTo(typeof(IBenchmark)))
        .Select(type => (IBenchmark)Activator.CreateInstance(type)!)
        .OrderBy(benchmark => benchmark.Name, StringComparer.Ordinal)
        .ToList();

    /// <summary>Those with a name that starts with one of the words.</summary>
    /// <param name="words">The words; none chooses all.</param>
    public static IReadOnlyList<IBenchmark> Matching(IReadOnlyList<string> words) =>
        [.. All.Where(benchmark => words.Count == 0 || words.Any(word => benchmark.Name.StartsWith(word, StringComparison.OrdinalIgnoreCase)))];
}
