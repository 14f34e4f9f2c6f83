using ComposeLab.Compose.Rules;
using ComposeLab.Policy;
using ComposeLab.Projects;

namespace ComposeLab.EnvFiles;

/// <summary>Warns about files with secrets that git tracks or would add.</summary>
internal static class GitExposure
{
    /// <summary>Checks files with git.</summary>
    /// <param name="files">The absolute paths.</param>
    /// <param name="token">Cancels the queries.</param>
    /// <returns>A warning for each file that git does not ignore, with the command that fixes it.</returns>
    public static IEnumerable<string> Of(IEnumerable<string> files, CancellationToken token)
    {
        var git = new GitQuery(token);
        foreach (string file in files)
        {
            string folder = Path.GetDirectoryName(file)!;
            string name = Path.GetFileName(file);
            switch (git.StateOf(file))
            {
                case GitState.Tracked:
                    yield return $"{file} is tracked by git: every clone contains its secrets. Run: git -C {CommandText.Quote(folder)} rm --cached {CommandText.Quote(name)}";
                    break;
                case GitState.Untracked:
                    yield return $"{file} is not ignored by git: the next 'git add .' adds it. Run: Add-Content -LiteralPath {CommandText.Quote(Path.Combine(folder, ".gitignore"))} -Value {CommandText.Quote(name)}";
                    break;
            }
        }
    }
}
