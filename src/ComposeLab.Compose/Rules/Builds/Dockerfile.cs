using System.Text;
using System.Text.RegularExpressions;

namespace ComposeLab.Compose.Rules.Builds;

/// <summary>What rules want to know of a Dockerfile.</summary>
/// <param name="File">Its absolute path.</param>
/// <param name="BaseImages">The images from outside that the build's stages start from.</param>
/// <param name="FinalImage">The image that the last stage goes back to; null if it starts from nothing.</param>
/// <param name="User">The user that containers run as; null if the file does not say.</param>
/// <param name="HasHealthcheck">Whether the file gives the image a health check.</param>
/// <param name="FinalLine">The line of the last stage's FROM.</param>
internal sealed record Dockerfile(
    string File, IReadOnlyList<BaseImage> BaseImages, string? FinalImage, string? User, bool HasHealthcheck, int FinalLine);

/// <summary>An instruction of a Dockerfile.</summary>
/// <param name="Keyword">Its keyword, in capitals.</param>
/// <param name="Words">What follows, split at blanks.</param>
/// <param name="Line">Its first line, from 1.</param>
internal sealed partial record Instruction(string Keyword, string[] Words, int Line)
{
    /// <summary>Reads the instructions of a text: continued lines are joined, comments and here-documents left out.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The instructions in order.</returns>
    public static IEnumerable<Instruction> Read(string text)
    {
        string[] lines = text.ReplaceLineEndings("\n").Split('\n');
        for (int index = 0; index < lines.Length; index++)
        {
            int first = index;
            var whole = new StringBuilder();
            for (; index < lines.Length; index++)
            {
                string line = lines[index].Trim();
                if (line.StartsWith('#') || (line.Length == 0 && whole.Length > 0))
                {
                    if (whole.Length == 0)
                    {
                        break;
                    }

                    continue;
                }

                whole.Append(line.TrimEnd('\\')).Append(' ');
                if (!line.EndsWith('\\'))
                {
                    break;
                }
            }

            string instruction = whole.ToString();
            if (HereDocument().Match(instruction) is { Success: true } here)
            {
                index = Math.Max(index, Array.FindIndex(lines, index + 1, line => line.TrimStart('\t').TrimEnd() == here.Groups["end"].Value));
            }

            string[] words = instruction.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            if (words.Length > 0)
            {
                yield return new Instruction(words[0].ToUpperInvariant(), words[1..], first + 1);
            }
        }
    }

    /// <summary>Puts arguments into a text.</summary>
    /// <param name="text">The text, with <c>$NAME</c>, <c>${NAME}</c> or <c>${NAME:-default}</c>.</param>
    /// <param name="arguments">The arguments.</param>
    /// <returns>The text with values; an unknown argument is empty.</returns>
    public static string Expand(string text, IReadOnlyDictionary<string, string> arguments) => Argument().Replace(
        text,
        match => arguments.GetValueOrDefault(match.Groups["name"].Value) is { Length: > 0 } value ? value : match.Groups["default"].Value);

    [GeneratedRegex(@"\$(?:\{(?<name>\w+)(?::-(?<default>[^}]*))?\}|(?<name>\w+))", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Argument();

    [GeneratedRegex(@"^(?:RUN|COPY|ADD)\b.*<<-?[""']?(?<end>\w+)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex HereDocument();
}

/// <summary>An image that a stage of a Dockerfile starts from.</summary>
/// <param name="Image">Its name with the build's arguments in it.</param>
/// <param name="Line">The line of the FROM, from 1.</param>
internal sealed record BaseImage(string Image, int Line);
