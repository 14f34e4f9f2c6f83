using ComposeLab.Compose.Dockerfiles;
using ComposeLab.Compose.Model;

namespace ComposeLab.Compose.Rules.Builds;

/// <summary>Reads a Dockerfile as a build would: with its arguments, and only the stages that the target needs.</summary>
internal static class DockerfileReader
{
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
        IReadOnlyList<DockerfileStage> stages = DockerfileStages.Of(DockerfileSyntax.Parse(text), arguments);
        DockerfileStage? final = target is null ? stages.LastOrDefault() : stages.LastOrDefault(stage => stage.IsNamed(target)) ?? stages.LastOrDefault();
        if (final is null)
        {
            return null;
        }

        var chain = new List<DockerfileStage>();
        for (DockerfileStage? at = final; at is not null && !chain.Contains(at); at = Before(stages, at))
        {
            chain.Add(at);
        }

        HashSet<DockerfileStage> needed = Needed(stages, chain);
        string root = chain[^1].LenientImage;
        return new Dockerfile(
            file,
            [
                .. stages.Where(stage => needed.Contains(stage) && Before(stages, stage) is null && stage.LenientImage != DockerfileStages.Scratch)
                    .Select(stage => new BaseImage(stage.LenientImage, stage.From.Line)),
            ],
            root == DockerfileStages.Scratch ? null : root,
            chain.Select(User).FirstOrDefault(user => user is not null),
            chain.Select(HasHealthcheck).FirstOrDefault(check => check is not null) ?? false,
            final.From.Line);
    }

    private static string? User(DockerfileStage stage) =>
        stage.Instructions.LastOrDefault(instruction => instruction.Keyword == "USER" && instruction.Words.Count > 0)?.Words[0].Text;

    private static bool? HasHealthcheck(DockerfileStage stage) => stage.Instructions.LastOrDefault(instruction => instruction.Keyword == "HEALTHCHECK") is { } check
        ? !check.Words.Take(1).Any(word => word.Text.Equals("NONE", StringComparison.OrdinalIgnoreCase))
        : null;

    private static DockerfileStage? Before(IReadOnlyList<DockerfileStage> stages, DockerfileStage stage) =>
        stages.Take(stage.Index).LastOrDefault(earlier => earlier.IsNamed(stage.LenientImage));

    private static HashSet<DockerfileStage> Needed(IReadOnlyList<DockerfileStage> stages, IEnumerable<DockerfileStage> roots)
    {
        var needed = new HashSet<DockerfileStage>();
        var open = new Stack<DockerfileStage>(roots);
        while (open.TryPop(out DockerfileStage? stage))
        {
            if (needed.Add(stage))
            {
                DockerfileSource[] sources = [.. stage.Sources.Skip(1)];
                foreach (DockerfileStage source in stages.Where(other => other == Before(stages, stage) || sources.Any(named => named.Name is { } wanted && other.IsNamed(wanted))))
                {
                    open.Push(source);
                }
            }
        }

        return needed;
    }
}
