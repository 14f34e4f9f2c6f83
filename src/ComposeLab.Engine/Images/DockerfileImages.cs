using System.Globalization;
using System.Text.RegularExpressions;

namespace ComposeLab.Engine.Images;

/// <summary>The images that a Dockerfile uses, as far as they are known before the build.</summary>
/// <param name="Names">The images' names, without stages of the Dockerfile itself and without <c>scratch</c>.</param>
/// <param name="AreAll">
/// Whether the result depends only on these images, the build context and the build's options. False if the Dockerfile downloads something, uses another
/// frontend, or contains something unknown to this parser.
/// </param>
internal sealed partial record DockerfileImages(IReadOnlyList<string> Names, bool AreAll)
{
    private static readonly HashSet<string> Instructions =
    [
        "ADD", "ARG", "CMD", "COPY", "ENTRYPOINT", "ENV", "EXPOSE", "FROM", "HEALTHCHECK", "LABEL", "MAINTAINER", "ONBUILD", "RUN", "SHELL", "STOPSIGNAL", "USER", "VOLUME",
        "WORKDIR",
    ];

    /// <summary>Reads a Dockerfile.</summary>
    /// <param name="dockerfile">Its text.</param>
    /// <param name="arguments">The build's arguments; a null value leaves the Dockerfile's own.</param>
    /// <returns>The images of every stage, including those that the build may skip.</returns>
    public static DockerfileImages Of(string dockerfile, IReadOnlyDictionary<string, string?> arguments)
    {
        var reader = new Reader(arguments);
        foreach (string line in Continuation().Replace(Comment().Replace(dockerfile, ""), " ").Split('\n'))
        {
            string[] words = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (words.Length > 0)
            {
                reader.Read(words[0].ToUpperInvariant(), words[1..]);
            }
        }

        return reader.Result(!Directive().IsMatch(dockerfile));
    }

    // Whole lines, even within a continued instruction, as the builder does.
    [GeneratedRegex(@"^[ \t]*#.*\n?", RegexOptions.Multiline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"\\[ \t]*\r?\n(?:[ \t]*\r?\n)*")]
    private static partial Regex Continuation();

    // Another frontend may interpret the file differently, and another escape sign changes where lines end.
    [GeneratedRegex(@"^\uFEFF?[ \t]*#[ \t]*(?:syntax|escape)[ \t]*=", RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex Directive();

    [GeneratedRegex(@"\$(?:\{(?<name>\w+)(?::?-(?<default>[^}]*))?\}|(?<name>\w+))")]
    private static partial Regex Variable();

    [GeneratedRegex("^(?:BUILD|TARGET)(?:PLATFORM|OS|ARCH|VARIANT|STAGE)$")]
    private static partial Regex Platform();

    [GeneratedRegex(@"[\s$""'\\{}<>]")]
    private static partial Regex NotInNames();

    private sealed class Reader(IReadOnlyDictionary<string, string?> arguments)
    {
        private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
        private readonly HashSet<string> _stages = new(StringComparer.OrdinalIgnoreCase) { "scratch" };
        private readonly List<string> _images = [];
        private int _stageCount;
        private bool _isUnderstood = !arguments.ContainsKey("BUILDKIT_SYNTAX");

        public DockerfileImages Result(bool isOrdinary) => new([.. _images.Distinct(StringComparer.Ordinal)], isOrdinary && _isUnderstood && _stageCount > 0);

        public void Read(string keyword, string[] words)
        {
            switch (keyword)
            {
                case "ARG" when _stageCount == 0:
                    Array.ForEach(words, Argument);
                    break;
                case "FROM":
                    Stage(words);
                    break;
                case "COPY" or "ADD" or "RUN":
                    Step(keyword, words);
                    break;
                default:
                    _isUnderstood &= Instructions.Contains(keyword);
                    break;
            }
        }

        private void Argument(string word)
        {
            string[] pair = word.Split('=', 2);
            if (arguments.GetValueOrDefault(pair[0]) is { } given)
            {
                _values[pair[0]] = given;
            }
            else if (pair.Length == 2)
            {
                Default(pair[0], pair[1]);
            }
        }

        // An unknown value is null, so an image name that contains it is also unknown.
        private void Default(string name, string written)
        {
            string text = written.Trim('"', '\'');
            bool isUnderstood = IsKnown(text) && written.Length - text.Length is 0 or 2 && !(written.StartsWith('\'') && text.Contains('$', StringComparison.Ordinal));
            _isUnderstood &= isUnderstood;
            _values.Remove(name);
            if (isUnderstood)
            {
                _values[name] = Expand(text);
            }
        }

        private void Stage(string[] words)
        {
            _stageCount++;
            string[] plain = [.. words.SkipWhile(word => word.StartsWith("--", StringComparison.Ordinal))];
            _isUnderstood &= words.Take(words.Length - plain.Length).All(IsOwnPlatform);
            switch (plain)
            {
                case [var image]:
                    Take(image);
                    break;
                case [var image, var sign, var stage] when sign.Equals("AS", StringComparison.OrdinalIgnoreCase):
                    Take(image);
                    _stages.Add(stage);
                    break;
                default:
                    _isUnderstood = false;
                    break;
            }
        }

        // These variables contain the platform of the engine or of the build. The engine may not support others.
        private bool IsOwnPlatform(string flag) =>
            flag is "--platform=$BUILDPLATFORM" or "--platform=${BUILDPLATFORM}" or "--platform=$TARGETPLATFORM" or "--platform=${TARGETPLATFORM}"
            && !arguments.ContainsKey("BUILDPLATFORM") && !arguments.ContainsKey("TARGETPLATFORM")
            && !_values.ContainsKey("BUILDPLATFORM") && !_values.ContainsKey("TARGETPLATFORM");

        private void Step(string keyword, string[] words)
        {
            _isUnderstood &= !words.Any(word => word.Contains("<<", StringComparison.Ordinal)) && !(keyword == "ADD" && words.Any(IsFetched));
            foreach (string flag in words.TakeWhile(word => word.StartsWith("--", StringComparison.Ordinal)))
            {
                if (flag.StartsWith("--from=", StringComparison.Ordinal))
                {
                    From(flag["--from=".Length..]);
                }
                else if (flag.StartsWith("--mount=", StringComparison.Ordinal))
                {
                    Mount(flag["--mount=".Length..]);
                }
            }
        }

        private static bool IsFetched(string word) => word.Contains("://", StringComparison.Ordinal) || word.Contains("git@", StringComparison.Ordinal)
            || word.Contains("github.com/", StringComparison.Ordinal) || word.Contains('$', StringComparison.Ordinal);

        private void Mount(string fields)
        {
            _isUnderstood &= !fields.Contains('"', StringComparison.Ordinal);
            foreach (string field in fields.Split(',').Where(field => field.StartsWith("from=", StringComparison.OrdinalIgnoreCase)))
            {
                From(field["from=".Length..]);
            }
        }

        // A stage can also be referenced by its number.
        private void From(string source)
        {
            _isUnderstood &= !source.Contains('$', StringComparison.Ordinal);
            if (!int.TryParse(source, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            {
                Take(source);
            }
        }

        private void Take(string written)
        {
            string image = Expand(written);
            if (!IsKnown(written) || image.Length == 0 || NotInNames().IsMatch(image))
            {
                _isUnderstood = false;
            }
            else if (!_stages.Contains(image))
            {
                _images.Add(image);
            }
        }

        // Only the builder knows the values of some variables; "-" without a colon differs from ":-" if a value is empty.
        private bool IsKnown(string text) => Variable().Matches(text).All(variable => _values.GetValueOrDefault(variable.Groups["name"].Value) switch
        {
            _ when Platform().IsMatch(variable.Groups["name"].ValueSpan) => false,
            null => variable.Groups["default"].Success,
            "" => !variable.Groups["default"].Success || variable.Value.Contains(":-", StringComparison.Ordinal),
            _ => true,
        });

        private string Expand(string text) => Variable().Replace(
            text, match => _values.GetValueOrDefault(match.Groups["name"].Value) is { Length: > 0 } value ? value : match.Groups["default"].Value);
    }
}
