using System.Globalization;
using System.Text.RegularExpressions;
using ComposeLab.Compose.Dockerfiles;

namespace ComposeLab.Engine.Images;

/// <summary>
/// Changes the text of a Dockerfile so that the engine's build API can do what only a client session could tell the builder: further contexts that are images,
/// stages that are not taken from the cache, and a Dockerfile that is not part of the context. What is built is the same, and so is its
/// history, except that <c>ADD</c> names the folder of the context.
/// </summary>
internal static partial class DockerfileEdits
{
    /// <summary>The stage that holds the context where the Dockerfile is sent beside it.</summary>
    public const string ContextStage = "composelab-context";

    /// <summary>The folder of the archive that the context is in then.</summary>
    public const string ContextFolder = "context/";

    private const string MountFlag = "--mount=";
    private const string FromContext = $" --from={ContextStage}";
    private const string MountFromContext = $",from={ContextStage}";

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

    /// <summary>
    /// Runs the <c>ONBUILD</c> instructions of a stage as normal instructions of the stages that are based on it: the following changes do not reach an instruction that
    /// the builder takes out of a stage's settings. Those of the stage that is built are kept, because they belong to its image.
    /// </summary>
    /// <param name="text">The Dockerfile.</param>
    /// <param name="arguments">The build's arguments.</param>
    /// <param name="target">The stage to build; null for the last one.</param>
    /// <returns>The changed text.</returns>
    public static string WithTriggers(string text, IReadOnlyDictionary<string, string?> arguments, string? target)
    {
        IReadOnlyList<DockerfileStage> stages = DockerfileStages.Of(DockerfileSyntax.Parse(text), arguments);
        DockerfileStage? built = target is null ? stages.LastOrDefault() : stages.FirstOrDefault(stage => stage.IsNamed(target));
        var edits = new List<(int Start, int End, string Text)>();
        foreach (DockerfileStage stage in stages.Where(stage => stage != built && stage.Name is not null))
        {
            DockerfileInstruction[] triggers = [.. stage.Instructions.Where(instruction => instruction is { Keyword: "ONBUILD", Words.Count: > 0 })];
            DockerfileStage[] users = [.. stages.Skip(stage.Index + 1).Where(other => stage.Name!.Equals(other.Image, StringComparison.OrdinalIgnoreCase))];
            if (triggers.Length == 0 || users.Length == 0)
            {
                continue;
            }

            string run = string.Concat(triggers.Select(trigger => "\n" + trigger.Text[trigger.Words[0].At..]));
            edits.AddRange(triggers.Select(trigger => (trigger.Places[0], trigger.Places[^1] + 1, "")));
            edits.AddRange(users.Select(user => user.From.PlaceOf(user.From.Words[^1]).End).Select(end => (end, end, run)));
        }

        return Replace(text, edits);
    }

    /// <summary>Whether a step can see every file of the context's top folder: <c>COPY . .</c>, patterns, and what only the builder knows.</summary>
    /// <param name="text">The Dockerfile.</param>
    /// <param name="arguments">The build's arguments.</param>
    /// <returns>False if each step names what it takes.</returns>
    public static bool TakesWholeContext(string text, IReadOnlyDictionary<string, string?> arguments) =>
        DockerfileStages.Of(DockerfileSyntax.Parse(text), arguments).SelectMany(stage => stage.Instructions)
            .Any(instruction => LocalSources(instruction).Any(source => IsWhole(source.Text)) || LocalMounts(instruction).Any(mount => IsWhole(SourceOf(mount.Text))));

    /// <summary>Has every step take files of the context from a stage of its own, into which <see cref="ContextFolder"/> of the archive is copied.</summary>
    /// <param name="text">The Dockerfile.</param>
    /// <param name="arguments">The build's arguments.</param>
    /// <returns>The changed text; its first stage has become the second.</returns>
    public static string WithContextStage(string text, IReadOnlyDictionary<string, string?> arguments)
    {
        IReadOnlyList<DockerfileStage> stages = DockerfileStages.Of(DockerfileSyntax.Parse(text), arguments);
        var edits = new List<(int Start, int End, string Text)>();
        if (stages.Count > 0)
        {
            int first = stages[0].From.PlaceOf(new DockerfileWord("F", stages[0].From.Text.IndexOf("FROM", StringComparison.OrdinalIgnoreCase))).Start;
            edits.Add((first, first, $"FROM {DockerfileStages.Scratch} AS {ContextStage}\nCOPY {ContextFolder} /\n"));
        }

        foreach (DockerfileStage stage in stages)
        {
            edits.AddRange(stage.Sources.Skip(1).Where(source => int.TryParse(source.Name, NumberStyles.None, CultureInfo.InvariantCulture, out _))
                .Select(source => (source.Place.Start, source.Place.End, Following(source.Name!))));
            foreach (DockerfileInstruction instruction in stage.Instructions)
            {
                DockerfileWord[] sources = [.. LocalSources(instruction)];
                if (instruction.Keyword == "COPY" && sources.Length > 0)
                {
                    edits.Add((instruction.KeywordEnd, instruction.KeywordEnd, FromContext));
                }
                else
                {
                    // ADD unpacks archives, but only of the context.
                    edits.AddRange(sources.Select(source => Inside(source.Text) is var inside && inside == source.Text
                        ? (instruction.Places[source.At], instruction.Places[source.At], ContextFolder)
                        : (instruction.PlaceOf(source).Start, instruction.PlaceOf(source).End, ContextFolder + inside)));
                }

                edits.AddRange(LocalMounts(instruction).Select(mount => instruction.PlaceOf(mount).End - (mount.Text[^1] is '"' or '\'' ? 1 : 0))
                    .Select(end => (end, end, MountFromContext)));
            }
        }

        return Replace(text, edits);
    }

    /// <summary>The number of the stage that has become the following one.</summary>
    /// <param name="stage">A stage's name or number.</param>
    /// <returns>The next number; names stay.</returns>
    public static string Following(string stage) =>
        int.TryParse(stage, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? (number + 1).ToString(CultureInfo.InvariantCulture) : stage;

    /// <summary>Takes out of a step's instruction what was put into it here.</summary>
    /// <param name="instruction">The instruction as the builder shows it.</param>
    /// <returns>The instruction as the user wrote it.</returns>
    public static string Shown(string instruction)
    {
        instruction = instruction.Replace(FromContext, "", StringComparison.Ordinal).Replace(MountFromContext, "", StringComparison.Ordinal);
        int start = instruction.IndexOf(CacheMount, StringComparison.Ordinal);
        if (start < 0)
        {
            return instruction;
        }

        int end = instruction.IndexOf(' ', start + CacheMount.Length);
        return instruction.Remove(start, (end < 0 ? instruction.Length : end) - start);
    }

    private static IEnumerable<DockerfileWord> LocalSources(DockerfileInstruction instruction)
    {
        if (instruction.Keyword is not ("COPY" or "ADD") || instruction.Flag("from") is not null || instruction.Words.Count == 0)
        {
            return [];
        }

        IEnumerable<DockerfileWord> words = instruction.Words[0].Text.StartsWith('[')
            ? JsonText().Matches(instruction.Text, instruction.Words[0].At).Select(match => new DockerfileWord(match.Groups["text"].Value, match.Groups["text"].Index))
            : instruction.Words;
        return words.SkipLast(1).Where(word => word.Text.Length > 0 && !word.Text.Contains("<<", StringComparison.Ordinal) && !(instruction.Keyword == "ADD" && IsFetched(word.Text)));
    }

    // A bind mount is of the context unless it says otherwise, and a mount is a bind mount unless it says otherwise.
    private static IEnumerable<DockerfileWord> LocalMounts(DockerfileInstruction instruction) => instruction.Keyword != "RUN" ? [] : instruction.Flags.Where(flag =>
        flag.Text.StartsWith(MountFlag, StringComparison.Ordinal)
        && Fields(flag.Text) is var fields && !fields.ContainsKey("from") && fields.GetValueOrDefault("type", "bind") == "bind");

    private static string SourceOf(string mount) => Fields(mount) is var fields && (fields.GetValueOrDefault("source") ?? fields.GetValueOrDefault("src")) is { } source ? source : "";

    private static Dictionary<string, string> Fields(string mount) => mount[MountFlag.Length..].Trim('"', '\'').Split(',')
        .Select(field => field.Split('=', 2)).DistinctBy(field => field[0], StringComparer.OrdinalIgnoreCase)
        .ToDictionary(field => field[0], field => field.ElementAtOrDefault(1) ?? "", StringComparer.OrdinalIgnoreCase);

    private static bool IsFetched(string source) => source.Contains("://", StringComparison.Ordinal) || source.StartsWith("git@", StringComparison.Ordinal);

    private static bool IsWhole(string source)
    {
        string first = Inside(source).Split('/').FirstOrDefault(part => part is not ("" or ".")) ?? "";
        return first.Length == 0 || first == ".." || first.AsSpan().IndexOfAny("*?[$\\\"'") >= 0;
    }

    // For the builder, the parent of the context's top folder is that folder. Only the builder knows the parent of a variable.
    private static string Inside(string source)
    {
        string[] parts = source.Split('/');
        if (!parts.Contains(".."))
        {
            return source;
        }

        var kept = new List<string>();
        foreach (string part in parts.Where(part => part is not ("" or ".")))
        {
            bool isKnown = kept.Count == 0 || (kept[^1] != ".." && !kept[^1].Contains('$', StringComparison.Ordinal));
            if (part != ".." || !isKnown)
            {
                kept.Add(part);
            }
            else if (kept.Count > 0)
            {
                kept.RemoveAt(kept.Count - 1);
            }
        }

        return kept.Count == 0 ? "." : string.Join('/', kept);
    }

    [GeneratedRegex("\"(?<text>(?:[^\"\\\\]|\\\\.)*)\"", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex JsonText();

    private static string Replace(string text, IEnumerable<(int Start, int End, string Text)> edits)
    {
        foreach ((int start, int end, string inserted) in edits.OrderByDescending(edit => edit.Start))
        {
            text = string.Concat(text.AsSpan(0, start), inserted, text.AsSpan(end));
        }

        return text;
    }
}
