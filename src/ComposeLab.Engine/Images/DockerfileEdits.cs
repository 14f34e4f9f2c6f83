using ComposeLab.Compose.Dockerfiles;

namespace ComposeLab.Engine.Images;

/// <summary>
/// Changes the text of a Dockerfile so that the engine's build API can do what only a client session could tell the builder: further contexts that are images,
/// and stages that are not taken from the cache. What is built and its history are the same.
/// </summary>
internal static class DockerfileEdits
{
    // A mount changes the cache key of a step. This one is on a file system that the builder mounts itself, so the image is unchanged; the history has no flags.
    private const string CacheMount = " --mount=type=tmpfs,target=/dev/.no-cache-";

    /// <summary>Replaces the names of additional contexts in the Dockerfile with their images.</summary>
    /// <param name="text">The Dockerfile.</param>
    /// <param name="arguments">The build's arguments.</param>
    /// <param name="contexts">The images by the contexts' names.</param>
    /// <returns>The changed text.</returns>
    public static string WithContexts(string text, IReadOnlyDictionary<string, string?> arguments, IReadOnlyDictionary<string, string> contexts)
    {
        if (contexts.Count == 0)
        {
            return text;
        }

        var images = new Dictionary<string, string>(contexts, StringComparer.OrdinalIgnoreCase);
        return Replace(text, DockerfileStages.Of(DockerfileSyntax.Parse(text), arguments).SelectMany(stage => stage.Sources)
            .Where(source => source.Name is not null && images.ContainsKey(source.Name))
            .Select(source => (source.Place.Start, source.Place.End, images[source.Name!])));
    }

    /// <summary>Makes the commands of stages run even if their results are cached.</summary>
    /// <param name="text">The Dockerfile.</param>
    /// <param name="arguments">The build's arguments.</param>
    /// <param name="stages">The stages' names.</param>
    /// <param name="mark">A text that was never used before.</param>
    /// <returns>The changed text.</returns>
    public static string WithoutCache(string text, IReadOnlyDictionary<string, string?> arguments, IReadOnlyList<string> stages, string mark) => stages.Count == 0
        ? text
        : Replace(text, DockerfileStages.Of(DockerfileSyntax.Parse(text), arguments)
            .Where(stage => stage.Name is { } name && stages.Contains(name, StringComparer.OrdinalIgnoreCase))
            .SelectMany(stage => stage.Instructions)
            .Where(instruction => instruction.Keyword == "RUN")
            .Select(instruction => (instruction.KeywordEnd, instruction.KeywordEnd, CacheMount + mark)));

    /// <summary>Removes the changes of <see cref="WithoutCache"/> from a step's instruction.</summary>
    /// <param name="instruction">The instruction as the builder shows it.</param>
    /// <returns>The instruction as the user wrote it.</returns>
    public static string Shown(string instruction)
    {
        int start = instruction.IndexOf(CacheMount, StringComparison.Ordinal);
        if (start < 0)
        {
            return instruction;
        }

        int end = instruction.IndexOf(' ', start + CacheMount.Length);
        return instruction.Remove(start, (end < 0 ? instruction.Length : end) - start);
    }

    private static string Replace(string text, IEnumerable<(int Start, int End, string Text)> edits)
    {
        foreach ((int start, int end, string inserted) in edits.OrderByDescending(edit => edit.Start))
        {
            text = string.Concat(text.AsSpan(0, start), inserted, text.AsSpan(end));
        }

        return text;
    }
}
