using System.Text.RegularExpressions;

namespace ComposeLab.Compose.Dockerfiles;

/// <summary>Reads the stages of a Dockerfile with the arguments of a build.</summary>
internal static partial class DockerfileStages
{
    /// <summary>The image without content.</summary>
    public const string Scratch = "scratch";

    /// <summary>Reads the stages.</summary>
    /// <param name="dockerfile">The Dockerfile.</param>
    /// <param name="arguments">The build's arguments; a null value leaves the Dockerfile's own.</param>
    /// <returns>The stages in order.</returns>
    public static IReadOnlyList<DockerfileStage> Of(DockerfileSyntax dockerfile, IReadOnlyDictionary<string, string?> arguments)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        var stages = new List<DockerfileStage>();
        foreach (DockerfileInstruction instruction in dockerfile.Instructions)
        {
            if (instruction.Keyword == "FROM")
            {
                stages.Add(Begin(stages.Count, instruction, values));
            }
            else if (stages.Count > 0)
            {
                stages[^1].Add(instruction);
            }
            else if (instruction.Keyword == "ARG")
            {
                foreach (DockerfileWord word in instruction.Words)
                {
                    Declare(word.Text, arguments, values);
                }
            }
        }

        return stages;
    }

    private static DockerfileStage Begin(int index, DockerfileInstruction from, IReadOnlyDictionary<string, string> values)
    {
        DockerfileWord[] words = [.. from.Words];
        string? name = words is [_, var sign, var given, ..] && sign.Text.Equals("AS", StringComparison.OrdinalIgnoreCase) ? Lenient(given.Text, values) : null;
        return new DockerfileStage(index, name, from, values)
        {
            Image = words.Length == 0 ? null : Expand(words[0].Text, values),
            LenientImage = words.Length == 0 ? "" : Lenient(words[0].Text, values),
        };
    }

    // The value of an unsupported expression is unknown, and so is an image name that contains it.
    private static void Declare(string declaration, IReadOnlyDictionary<string, string?> arguments, Dictionary<string, string> values)
    {
        string[] pair = declaration.Split('=', 2);
        if (arguments.GetValueOrDefault(pair[0]) is { } given)
        {
            values[pair[0]] = given;
        }
        else if (pair is [_, var written])
        {
            string text = written.Trim('"', '\'');
            bool isLiteral = written.StartsWith('\'') && text.Contains('$', StringComparison.Ordinal);
            values.Remove(pair[0]);
            if (written.Length - text.Length is 0 or 2 && !isLiteral && Expand(text, values) is { } value)
            {
                values[pair[0]] = value;
            }
        }
    }

    /// <summary>Replaces arguments in a text.</summary>
    /// <param name="text">The text, with <c>$NAME</c>, <c>${NAME}</c>, <c>${NAME:-default}</c> or <c>${NAME-default}</c>.</param>
    /// <param name="values">The arguments.</param>
    /// <returns>The text with values; null where a value is known only to the builder.</returns>
    public static string? Expand(string text, IReadOnlyDictionary<string, string> values) =>
        Variable().Matches(text).All(variable => IsKnown(variable, values)) ? Lenient(text, values) : null;

    private static string Lenient(string text, IReadOnlyDictionary<string, string> values) => Variable().Replace(
        text, match => values.GetValueOrDefault(match.Groups["name"].Value) is { Length: > 0 } value ? value : match.Groups["default"].Value);

    // "-" without a colon differs from ":-" where a value is empty.
    private static bool IsKnown(Match variable, IReadOnlyDictionary<string, string> values) => values.GetValueOrDefault(variable.Groups["name"].Value) switch
    {
        _ when Platform().IsMatch(variable.Groups["name"].ValueSpan) => false,
        null => variable.Groups["default"].Success,
        "" => !variable.Groups["default"].Success || variable.Value.Contains(":-", StringComparison.Ordinal),
        _ => true,
    };

    [GeneratedRegex(@"\$(?:\{(?<name>\w+)(?::?-(?<default>[^}]*))?\}|(?<name>\w+))", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Variable();

    [GeneratedRegex("^(?:BUILD|TARGET)(?:PLATFORM|OS|ARCH|VARIANT|STAGE)$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Platform();
}

/// <summary>A stage of a Dockerfile.</summary>
/// <param name="index">Its position, from 0.</param>
/// <param name="name">Its name; null if it has none.</param>
/// <param name="from">The instruction that begins it.</param>
/// <param name="values">The arguments that hold before the first stage.</param>
internal sealed class DockerfileStage(int index, string? name, DockerfileInstruction from, IReadOnlyDictionary<string, string> values)
{
    private readonly List<DockerfileInstruction> _instructions = [];

    /// <summary>Its position, from 0.</summary>
    public int Index => index;

    /// <summary>Its name; null if it has none.</summary>
    public string? Name => name;

    /// <summary>The instruction that begins it.</summary>
    public DockerfileInstruction From => from;

    /// <summary>The base image or stage; null if only the builder knows it.</summary>
    public required string? Image { get; init; }

    /// <summary>The base image or stage, without the parts that only the builder knows.</summary>
    public required string LenientImage { get; init; }

    /// <summary>The instructions after the first one.</summary>
    public IReadOnlyList<DockerfileInstruction> Instructions => _instructions;

    /// <summary>All its sources, in order: its base, then the sources of copies and mounts. Images, names or numbers of stages.</summary>
    public IEnumerable<DockerfileSource> Sources
    {
        get
        {
            if (from.Words.Count > 0)
            {
                yield return new DockerfileSource(Image, from.PlaceOf(from.Words[0]));
            }

            foreach (DockerfileInstruction instruction in _instructions)
            {
                foreach (DockerfileWord source in instruction.Sources.Where(source => source.Text.Length > 0))
                {
                    yield return new DockerfileSource(DockerfileStages.Expand(source.Text, values), instruction.PlaceOf(source));
                }
            }
        }
    }

    /// <summary>Whether a text names this stage.</summary>
    /// <param name="wanted">A name or a number.</param>
    public bool IsNamed(string wanted) =>
        string.Equals(name, wanted, StringComparison.OrdinalIgnoreCase) || wanted == index.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Adds an instruction.</summary>
    /// <param name="instruction">The instruction.</param>
    public void Add(DockerfileInstruction instruction) => _instructions.Add(instruction);
}

/// <summary>Something that a stage takes files from.</summary>
/// <param name="Name">The image, or the stage's name or number; null: only the builder knows.</param>
/// <param name="Place">Where the file names it.</param>
internal sealed record DockerfileSource(string? Name, (int Start, int End) Place);
