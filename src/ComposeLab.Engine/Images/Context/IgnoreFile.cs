using System.Text;

namespace ComposeLab.Engine.Images.Context;

/// <summary>
/// The ignore rules of a build. The last line that matches a path, or one of its parent directories, decides. A directory's result is passed to
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

    /// <summary>The state of the context directory, which is never ignored.</summary>
    public IgnoreState Root { get; }

    /// <summary>Reads the ignore file of a Dockerfile: its own, <c>NAME.dockerignore</c> next to it, before the context's <c>.dockerignore</c>.</summary>
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
    /// <param name="file">Their file, for messages.</param>
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

    /// <summary>Applies the rules to an entry.</summary>
    /// <param name="path">Its path relative to the context, with forward slashes.</param>
    /// <param name="parent">The state of its directory.</param>
    /// <returns>Its state.</returns>
    public IgnoreState Of(string path, IgnoreState parent)
    {
        var ignored = false;
        var matches = new bool[_patterns.Count];
        for (var i = 0; i < matches.Length; i++)
        {
            // A line that cannot change the current result is skipped, unless it already matched a parent.
            matches[i] = parent.Matches[i] || (_patterns[i].Negated == ignored && _patterns[i].Matches(path));
            ignored = matches[i] ? !_patterns[i].Negated : ignored;
        }

        return new IgnoreState(ignored, matches);
    }

    /// <summary>Whether an ignored directory may still contain files that are included again.</summary>
    /// <param name="directory">Its path relative to the context, with forward slashes.</param>
    /// <returns>False if it does not need to be opened.</returns>
    public bool MayKeepInside(string directory) => _patterns.Any(pattern => pattern.Negated && pattern.CouldMatchInside(directory));
}

/// <summary>The result of the ignore rules for a path.</summary>
/// <param name="Ignored">Whether the path is ignored.</param>
/// <param name="Matches">For each line, whether it matched the path or a parent of it.</param>
internal sealed record IgnoreState(bool Ignored, bool[] Matches);
