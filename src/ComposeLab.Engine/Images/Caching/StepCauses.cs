using ComposeLab.Engine.Images.Context;

namespace ComposeLab.Engine.Images.Caching;

/// <summary>Determines for each executed step why the cache was not used.</summary>
internal static class StepCauses
{
    /// <summary>Finds the causes.</summary>
    /// <param name="steps">The steps of a build.</param>
    /// <param name="changedPath">The file changed before the build, relative to the context, or null.</param>
    /// <returns>Each step with its cause; empty for a step from the cache.</returns>
    public static IReadOnlyList<(BuildStep Step, string Why)> Of(IReadOnlyList<BuildStep> steps, string? changedPath) =>
        [.. steps.Select(step => (step, step.Cached ? "" : Why(step, steps, changedPath)))];

    private static string Why(BuildStep step, IReadOnlyList<BuildStep> steps, string? changedPath)
    {
        string[] words = step.Instruction.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words[0] is "COPY" or "ADD")
        {
            string? from = Array.Find(words, word => word.StartsWith("--from=", StringComparison.Ordinal))?[7..];
            if (from is null && changedPath is not null && Copies(words, changedPath))
            {
                return $"it copies {changedPath}, which changed";
            }

            if (from is not null && steps.Any(other => !other.Cached && other.Stage == from))
            {
                return $"the files it copies from stage {from} were rebuilt";
            }
        }

        BuildStep? before = steps.Where(other => other.Stage == step.Stage && other.Number < step.Number && !other.Cached).MaxBy(other => other.Number);
        return before is not null
            ? $"it follows step {before.Position}, which ran"
            : words[0] == "FROM" ? "the base image was missing" : changedPath is null ? "it was not in the cache" : "an earlier step was rebuilt";
    }

    private static bool Copies(string[] words, string path)
    {
        IEnumerable<string> sources = words.Skip(1).Where(word => !word.StartsWith("--", StringComparison.Ordinal)).SkipLast(1).Select(source => source.Trim('[', ']', ',', '"'));
        return sources.Any(source => Covers(source, path));
    }

    // Sources use the patterns of ignore files, and a folder includes all its content.
    private static bool Covers(string source, string path)
    {
        if (IgnorePattern.Read(source) is not { } pattern)
        {
            return true;
        }

        for (int end = path.Length; end > 0; end = path.LastIndexOf('/', end - 1))
        {
            if (pattern.Matches(path[..end]))
            {
                return true;
            }
        }

        return false;
    }
}
