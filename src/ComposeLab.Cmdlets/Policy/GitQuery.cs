using System.ComponentModel;
using System.Diagnostics;
using ComposeLab.Compose.Rules;
using ComposeLab.Pipeline;

namespace ComposeLab.Policy;

/// <summary>Asks git about single files. Without git, outside of a repository or when git is slow, nothing is known.</summary>
/// <param name="token">Ends every question early.</param>
internal sealed class GitQuery(CancellationToken token)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(3);

    // A hook or an alias of the surroundings must not decide which repository is asked.
    private static readonly string[] Misleading = ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_GLOB_PATHSPECS", "GIT_NOGLOB_PATHSPECS", "GIT_ICASE_PATHSPECS", "GIT_LITERAL_PATHSPECS"];

    private readonly Dictionary<string, GitState> _known = new(StringComparer.Ordinal);
    private bool _missing;

    /// <summary>What git does with a file.</summary>
    /// <param name="path">The absolute path.</param>
    public GitState StateOf(string path)
    {
        if (!_known.TryGetValue(path, out GitState state))
        {
            _known[path] = state = Ask(path);
        }

        return state;
    }

    // A bracket in a path is a part of its name, not a pattern; check-ignore takes no patterns.
    private GitState Ask(string path) => Run(path, "--literal-pathspecs", "ls-files", "--error-unmatch") switch
    {
        0 => GitState.Tracked,
        1 => Run(path, "check-ignore", "--quiet") switch
        {
            0 => GitState.Ignored,
            1 => GitState.Untracked,
            _ => GitState.Unknown,
        },
        _ => GitState.Unknown,
    };

    private int? Run(string path, params string[] question)
    {
        string folder = Path.GetDirectoryName(path)!;
        if (_missing || !Directory.Exists(folder))
        {
            return null;
        }

        // A repository may name a program to watch its files: asking about it must not run that.
        string[] arguments = ["-C", folder, "-c", "core.fsmonitor=false", .. question, "--", path];
        var start = new ProcessStartInfo("git", arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        start.Environment["GIT_OPTIONAL_LOCKS"] = "0";
        foreach (string name in Misleading)
        {
            start.Environment.Remove(name);
        }

        try
        {
            return Answer(start);
        }
        catch (Win32Exception)
        {
            _missing = true;
            return null;
        }
    }

    private int? Answer(ProcessStartInfo start)
    {
        using Process git = Process.Start(start)!;
        git.StandardInput.Close();
        using var deadline = new Deadline(Limit, token);
        try
        {
            // Read and thrown away, so that a long answer never blocks it.
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
