using System.Globalization;
using System.Text.RegularExpressions;
using ComposeLab.Compose.Dockerfiles;

namespace ComposeLab.Engine.Images;

/// <summary>The images that a Dockerfile uses, as far as they are known before the build.</summary>
internal static partial class DockerfileImages
{
    /// <summary>Reads a Dockerfile.</summary>
    /// <param name="dockerfile">Its text.</param>
    /// <param name="arguments">The build's arguments; a null value leaves the Dockerfile's own.</param>
    /// <returns>The names of the images of every stage, also of those that the build may skip; without the Dockerfile's own stages and without <c>scratch</c>.</returns>
    public static IReadOnlyList<string> Of(string dockerfile, IReadOnlyDictionary<string, string?> arguments)
    {
        var stages = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { DockerfileStages.Scratch };
        var images = new List<string>();
        foreach (DockerfileStage stage in DockerfileStages.Of(DockerfileSyntax.Parse(dockerfile), arguments))
        {
            Add(stage.Image);
            stages.Add(stage.Name ?? DockerfileStages.Scratch);
            foreach (DockerfileSource source in stage.Sources.Skip(1).Where(source => !int.TryParse(source.Name, NumberStyles.None, CultureInfo.InvariantCulture, out _)))
            {
                Add(source.Name);
            }
        }

        return [.. images.Distinct(StringComparer.Ordinal)];

        void Add(string? image)
        {
            if (image is { Length: > 0 } && !NotInNames().IsMatch(image) && !stages.Contains(image))
            {
                images.Add(image);
            }
        }
    }

    [GeneratedRegex(@"[\s$""'\\{}<>]", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NotInNames();
}
