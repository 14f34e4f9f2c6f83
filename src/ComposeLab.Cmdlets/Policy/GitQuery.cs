using System.ComponentModel;
using System.Diagnostics;
using ComposeLab.Compose.Files;
using ComposeLab.Compose.Rules;
using ComposeLab.Pipeline;

namespace ComposeLab.Policy;

/// <summary>
/// Finds out how git treats single files, without trusting their repository. The query uses a temporary repository with copies of the index and exclude list:
/// configuration, hooks and remotes of the original are never read or run. Without git, outside a repository or if git is slow, the answer is unknown.
/// </summary>
/// <param name="token">Cancels the queries.</param>
internal sealed class GitQuery(CancellationToken token)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(3);

    private readonly Dictionary<string, GitState> _known = new(StringComparer.Ordinal);
    private string? _program = InstalledProgram.Find("git");

    /// <summary>How git treats a file.</summary>
    /// <param name="path">The absolute path.</param>
    /// <returns>Tracked, ignored or untracked; unknown without a repository or an answer.</returns>
    public GitState StateOf(string path)
    {
        if (!_known.TryGetValue(path, out GitState state))
        {
            _known[path] = state = Find(path);
        }

        return state;
    }

    private GitState Find(string path)
    {
        string folder = Path.GetDirectoryName(path)!;
        if (_program is null || !Directory.Exists(folder) || GitWorkTree.Find(folder) is not { } tree)
        {
            return GitState.Unknown;
        }

        using GitRepositoryCopy? copy = GitRepositoryCopy.Of(tree, token);
        return copy is null ? GitState.Unknown : StateOf(path, folder, tree, copy);
    }

    // A bracket in a path is part of its name, not a pattern; check-ignore does not support patterns.
    private GitState StateOf(string path, string folder, GitWorkTree tree, GitRepositoryCopy copy) =>
        Run(folder, tree, copy, "--literal-pathspecs", "ls-files", "--error-unmatch", "--", path) switch
        {
            0 => GitState.Tracked,
            1 => Run(folder, tree, copy, "check-ignore", "--quiet", "--", path) switch
            {
                0 => GitState.Ignored,
                1 => GitState.Untracked,
                _ => GitState.Unknown,
            },
            _ => GitState.Unknown,
        };

    private int? Run(string folder, GitWorkTree tree, GitRepositoryCopy copy, params string[] question)
    {
        string[] arguments =
        [
            "--no-pager", $"--git-dir={copy.Folder}", $"--work-tree={tree.Folder}", "-C", folder, "-c", "core.fsmonitor=false", "-c", $"core.hooksPath={copy.Folder}/hooks",
            "-c", "protocol.allow=never", .. question,
        ];
        ProcessStartInfo start = InstalledProgram.Redirected(_program!, arguments);

        // A hook or an alias around this process must not change which repository is used, and git must not fetch or prompt.
        foreach (string name in start.Environment.Keys.Where(name => name.StartsWith("GIT_", StringComparison.OrdinalIgnoreCase)).ToArray())
        {
            start.Environment.Remove(name);
        }

        start.Environment["GIT_OPTIONAL_LOCKS"] = "0";
        start.Environment["GIT_NO_LAZY_FETCH"] = "1";
        start.Environment["GIT_TERMINAL_PROMPT"] = "0";
        start.Environment["GIT_CEILING_DIRECTORIES"] = Path.GetDirectoryName(tree.Folder) ?? tree.Folder;
        try
        {
            return ExitCodeOf(start);
        }
        catch (Win32Exception)
        {
            _program = null;
            return null;
        }
    }

    private int? ExitCodeOf(ProcessStartInfo start)
    {
        using Process git = Process.Start(start)!;
        git.StandardInput.Close();
        using var deadline = new Deadline(Limit, token);
        try
        {
            // Read and discarded, so that a long output never blocks it.
            Task.WhenAll(git.StandardOutput.ReadToEndAsync(deadline.Token), git.StandardError.ReadToEndAsync(deadline.Token), git.WaitForExitAsync(deadline.Token))
                .GetAwaiter().GetResult();
            return git.ExitCode;
        }
        catch (OperationCanceledException)
        {
            git.Kill(entireProcessTree: true);
            token.ThrowIfCancellationRequested();
            return null;
        }
    }
}
