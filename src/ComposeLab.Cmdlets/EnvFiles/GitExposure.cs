using ComposeLab.Compose.Rules;
using ComposeLab.Policy;
using ComposeLab.Projects;

namespace ComposeLab.EnvFiles;

/// <summary>Warns of files with secrets that git has, or would take.</summary>
internal static class GitExposure
{
    /// <summary>Asks git about files.</summary>
    /// <param name="files">The absolute paths.</param>
    /// <param name="token">Cancels the queries.</param>
    /// <returns>A warning for each file that is not kept out of git, with what to type.</returns>
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
                    yield return $"{file} is tracked by git: its secrets go into every clone. Type: git -C {CommandText.Quote(folder)} rm --cached {CommandText.Quote(name)}";
                    break;
                case GitState.Untracked:
                    yield return $"{file} is not ignored by git: the next 'git add .' commits it. Type: Add-Content -LiteralPath {CommandText.Quote(Path.Combine(folder, ".gitignore"))} -Value {CommandText.Quote(name)}";
                    break;
            }
        }
    }
}
