using System.Text;

namespace ComposeLab.Engine.Images.Context;

/// <summary>
/// What a build leaves out. The last line that matches a path, or one of its parent directories, decides. A directory's result is handed down to
/// its entries, as BuildKit does.
/// </summary>
internal sealed class IgnoreFile
{
    private readonly IReadOnlyList<IgnorePattern> _patterns;

    private IgnoreFile(IReadOnlyList<IgnorePattern> patterns)
    {
        _patterns = patterns;
        Root = new IgnoreState(false, new bool[patterns.Count]);
    }

    /// <summary>The state of the context's own directory, which nothing ignores.</summary>
    public IgnoreState Root { get; }

    /// <summary>Reads the ignore file of a Dockerfile: its own, <c>NAME.dockerignore</c> beside it, before the context's <c>.dockerignore</c>.</summary>
    /// <param name="context">The context's directory.</param>
    /// <param name="dockerfile">The Dockerfile's path; null for an inline one.</param>
    /// <returns>The rules; none if there is no such file.</returns>
    /// <exception cref="EngineException"><see cref="EngineErrorId.ImageBuildFailed"/>: a line is not a pattern.</exception>
    public static IgnoreFile For(string context, string? dockerfile)
    {
        var own = dockerfile is null ? null : $"{dockerfile}.dockerignore";
        var file = File.Exists(own) ? own : Path.Combine(context, ".dockerignore");
        return File.Exists(file) ? Read(Encoding.UTF8.GetString(RuleFile.Read(file)).ReplaceLineEndings("\n").Split('\n'), file) : Read([], file);
    }

    /// <summary>Reads rules.</summary>
    /// <param name="lines">The lines.</param>
    /// <param name="file">Where they come from, for messages.</param>
    /// <returns>The rules.</returns>
    /// <exception cref="EngineException"><see cref="EngineErrorId.ImageBuildFailed"/>: a line is not a pattern.</exception>
    public static IgnoreFile Read(IReadOnlyList<string> lines, string file)
    {
        var patterns = new List<IgnorePattern>();
        for (var i = 0; i < lines.Count; i++)
        {
            try
            {
                if (IgnorePattern.Read(lines[i].TrimStart('\uFEFF')) is { } pattern)
                {
                    patterns.Add(pattern);
                }
            }
            catch (ArgumentException fault)
            {
                throw new EngineException(
                    EngineErrorId.ImageBuildFailed, $"{file}:{i + 1}:1: {fault.Message}", $"Correct line {i + 1} of {file}.", fault);
            }
        }

        return new IgnoreFile(patterns);
    }

    /// <summary>Finds out about one entry.</summary>
    /// <param name="path">Its path relative to the context, with forward slashes.</param>
    /// <param name="parent">The state of the directory it lies in.</param>
    /// <returns>Its state.</returns>
    public IgnoreState Of(string path, IgnoreState parent)
    {
        var ignored = false;
        var matches = new bool[_patterns.Count];
        for (var i = 0; i < matches.Length; i++)
        {
            // A line that could not change the result so far is not asked, unless it matched a parent already.
            matches[i] = parent.Matches[i] || (_patterns[i].Negated == ignored && _patterns[i].Matches(path));
            ignored = matches[i] ? !_patterns[i].Negated : ignored;
        }

        return new IgnoreState(ignored, matches);
    }

    /// <summary>Whether an ignored directory may still hold something that is taken back in.</summary>
    /// <param name="directory">Its path relative to the context, with forward slashes.</param>
    /// <returns>False if it need not be opened at all.</returns>
    public bool MayKeepInside(string directory) => _patterns.Any(pattern => pattern.Negated && pattern.CouldMatchInside(directory));
}

/// <summary>What the ignore file says of one path.</summary>
/// <param name="Ignored">Whether the path is left out.</param>
/// <param name="Matches">For each line, whether it matched the path or a parent of it.</param>
internal sealed record IgnoreState(bool Ignored, bool[] Matches);
