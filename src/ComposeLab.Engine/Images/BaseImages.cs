using System.Text.RegularExpressions;

namespace ComposeLab.Engine.Images;

/// <summary>Finds the images that a Dockerfile starts from, as far as they can be known before it is built.</summary>
internal static partial class BaseImages
{
    /// <summary>Finds them.</summary>
    /// <param name="dockerfile">The Dockerfile's text.</param>
    /// <param name="arguments">The build's arguments; a null value leaves the Dockerfile's own.</param>
    /// <returns>The images' names, without stages of the Dockerfile itself and without <c>scratch</c>.</returns>
    public static IReadOnlyList<string> Of(string dockerfile, IReadOnlyDictionary<string, string?> arguments)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        var stages = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "scratch" };
        var images = new List<string>();
        bool beforeFirstStage = true;
        foreach (string line in Continuation().Replace(dockerfile, " ").Split('\n').Select(line => line.Trim()))
        {
            if (beforeFirstStage && Argument().Match(line) is { Success: true } argument)
            {
                string name = argument.Groups["name"].Value;
                values[name] = arguments.GetValueOrDefault(name) ?? Expand(argument.Groups["value"].Value.Trim('"', '\''), values);
            }
            else if (From().Match(line) is { Success: true } from)
            {
                beforeFirstStage = false;
                string image = Expand(from.Groups["image"].Value, values);
                if (image.Length > 0 && !stages.Contains(image))
                {
                    images.Add(image);
                }

                stages.Add(from.Groups["stage"].Value);
            }
        }

        return [.. images.Distinct(StringComparer.Ordinal)];
    }

    [GeneratedRegex(@"\\[ \t]*\r?\n")]
    private static partial Regex Continuation();

    [GeneratedRegex(@"^ARG\s+(?<name>\w+)(?:=(?<value>.*))?$", RegexOptions.IgnoreCase)]
    private static partial Regex Argument();

    [GeneratedRegex(@"^FROM\s+(?:--\S+\s+)*(?<image>\S+)(?:\s+AS\s+(?<stage>\S+))?\s*$", RegexOptions.IgnoreCase)]
    private static partial Regex From();

    [GeneratedRegex(@"\$(?:\{(?<name>\w+)(?::?-(?<default>[^}]*))?\}|(?<name>\w+))")]
    private static partial Regex Variable();

    private static string Expand(string text, Dictionary<string, string> values) => Variable().Replace(
        text, match => values.GetValueOrDefault(match.Groups["name"].Value) is { Length: > 0 } value ? value : match.Groups["default"].Value);
}
