namespace ComposeLab.Engine.Images.Caching;

/// <summary>Chooses the files of a context to change: those that the user specified, or the most likely ones.</summary>
/// <param name="build">The build.</param>
/// <param name="files">The files of its context, relative to it with forward slashes.</param>
internal sealed class ContextChoice(BuildSpec build, IReadOnlyList<string> files)
{
    /// <summary>Chooses a file of code.</summary>
    /// <param name="wanted">The specified file or folder, relative to the context; null if there is none.</param>
    /// <returns>The file, relative to the context.</returns>
    /// <exception cref="EngineException">PathNotInContext.</exception>
    public string Code(string? wanted) => Choose(wanted, FileKinds.CodeRank, "source code", Remedy.ChooseCodeFile());

    /// <summary>Chooses a file that names dependencies.</summary>
    /// <param name="wanted">The specified file or folder, relative to the context; null if there is none.</param>
    /// <returns>The file, relative to the context.</returns>
    /// <exception cref="EngineException">PathNotInContext.</exception>
    public string Dependency(string? wanted) => Choose(wanted, FileKinds.ManifestRank, "dependencies", Remedy.ChooseDependencyFile());

    private string Choose(string? wanted, Func<string, int?> rank, string what, Remedy remedy)
    {
        string path = Relative(wanted ?? "");
        if (files.Contains(path, StringComparer.Ordinal))
        {
            return path;
        }

        string folder = path.Length == 0 ? "" : $"{path}/";
        string? best = files.Where(file => file.StartsWith(folder, StringComparison.Ordinal))
            .Select(file => (File: file, Rank: rank(file) ?? (wanted is null ? null : int.MaxValue)))
            .Where(file => file.Rank is not null)
            .OrderBy(file => file.File.Count(letter => letter == '/')).ThenBy(file => file.Rank).ThenBy(file => file.File, StringComparer.Ordinal)
            .Select(file => file.File).FirstOrDefault();
        return best ?? throw new EngineException(
            EngineErrorId.PathNotInContext,
            wanted is null
                ? $"Found no {what} file among the {files.Count} files of the build context {build.Context}."
                : $"'{wanted}' does not exist in the build context {build.Context}, or is excluded by the ignore file.",
            "Specify a file in the build context, relative to it")
        {
            Remedies = [remedy],
            Service = build.Service,
        };
    }

    private string Relative(string path)
    {
        string relative = Path.IsPathRooted(path) ? Path.GetRelativePath(build.Context, path) : path;
        return relative.Replace(Path.DirectorySeparatorChar, '/').TrimEnd('/') switch
        {
            "." => "",
            ['.', '/', .. var rest] => rest,
            var plain => plain,
        };
    }
}
