using ComposeLab.Compose.Model;

namespace ComposeLab.Compose.Rules.Builds;

/// <summary>Reads a Dockerfile as a build would: with its arguments, and only the stages that the target needs.</summary>
internal static class DockerfileReader
{
    private const string Scratch = "scratch";

    /// <summary>Reads the Dockerfile of a build.</summary>
    /// <param name="build">The build.</param>
    /// <param name="environment">The machine.</param>
    /// <returns>What it says; null if there is none to read.</returns>
    public static Dockerfile? Of(BuildDefinition build, IRuleEnvironment environment)
    {
        if (build.Context is not { } context || !Path.IsPathRooted(context))
        {
            return null;
        }

        string file = Path.GetFullPath(build.Dockerfile ?? "Dockerfile", context);
        string? text = build.DockerfileInline ?? environment.ReadText(file);
        return text is null ? null : Read(file, text, build.Args, build.Target);
    }

    /// <summary>Reads the text of a Dockerfile.</summary>
    /// <param name="file">Its absolute path.</param>
    /// <param name="text">Its text.</param>
    /// <param name="arguments">The build's arguments.</param>
    /// <param name="target">The stage to build; null: the last.</param>
    /// <returns>What it says; null if it has no stage.</returns>
    public static Dockerfile? Read(string file, string text, IReadOnlyDictionary<string, string?> arguments, string? target)
    {
        List<Stage> stages = Stages(text, arguments);
        Stage? final = target is null ? stages.LastOrDefault() : stages.LastOrDefault(stage => stage.Named(target)) ?? stages.LastOrDefault();
        if (final is null)
        {
            return null;
        }

        var chain = new List<Stage>();
        for (Stage? at = final; at is not null && !chain.Contains(at); at = Before(stages, at))
        {
            chain.Add(at);
        }

        HashSet<Stage> needed = Needed(stages, chain);
        string root = chain[^1].From;
        return new Dockerfile(
            file,
            [.. stages.Where(stage => needed.Contains(stage) && Before(stages, stage) is null && stage.From != Scratch).Select(stage => new BaseImage(stage.From, stage.Line))],
            root == Scratch ? null : root,
            chain.Select(stage => stage.User).FirstOrDefault(user => user is not null),
            chain.Select(stage => stage.Healthcheck).FirstOrDefault(check => check is not null) ?? false,
            final.Line);
    }

    private static List<Stage> Stages(string text, IReadOnlyDictionary<string, string?> arguments)
    {
        var stages = new List<Stage>();
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (Instruction instruction in Instruction.Read(text))
        {
            string[] words = instruction.Words;
            switch (instruction.Keyword)
            {
                case "ARG" when stages.Count == 0 && words.Length > 0:
                    string[] pair = words[0].Split('=', 2);
                    known[pair[0]] = arguments.GetValueOrDefault(pair[0]) ?? Instruction.Expand(pair.ElementAtOrDefault(1)?.Trim('"', '\'') ?? "", known);
                    break;
                case "FROM":
                    string[] plain = [.. words.Where(word => !word.StartsWith("--", StringComparison.Ordinal)).Select(word => Instruction.Expand(word, known))];
                    string? name = plain is [_, var sign, var given, ..] && sign.Equals("AS", StringComparison.OrdinalIgnoreCase) ? given : null;
                    stages.Add(new Stage(stages.Count, plain.FirstOrDefault() ?? "", name, instruction.Line));
                    break;
                case "USER" when stages.Count > 0 && words.Length > 0:
                    stages[^1].User = words[0];
                    break;
                case "HEALTHCHECK" when stages.Count > 0:
                    stages[^1].Healthcheck = !string.Equals(words.FirstOrDefault(), "NONE", StringComparison.OrdinalIgnoreCase);
                    break;
                case "COPY" when stages.Count > 0:
                    stages[^1].Sources.AddRange(words.Where(word => word.StartsWith("--from=", StringComparison.Ordinal)).Select(word => word["--from=".Length..]));
                    break;
            }
        }

        return stages;
    }

    private static Stage? Before(List<Stage> stages, Stage stage) => stages.Take(stage.Index).LastOrDefault(earlier => earlier.Named(stage.From));

    private static HashSet<Stage> Needed(List<Stage> stages, IEnumerable<Stage> roots)
    {
        var needed = new HashSet<Stage>();
        var open = new Stack<Stage>(roots);
        while (open.TryPop(out Stage? stage))
        {
            if (needed.Add(stage))
            {
                foreach (Stage source in stages.Where(other => other == Before(stages, stage) || stage.Sources.Exists(other.Named)))
                {
                    open.Push(source);
                }
            }
        }

        return needed;
    }

    private sealed class Stage(int index, string from, string? name, int line)
    {
        public int Index => index;

        public string From => from;

        public int Line => line;

        public string? User { get; set; }

        public bool? Healthcheck { get; set; }

        public List<string> Sources { get; } = [];

        public bool Named(string wanted) =>
            string.Equals(name, wanted, StringComparison.OrdinalIgnoreCase) || wanted == index.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }
}
