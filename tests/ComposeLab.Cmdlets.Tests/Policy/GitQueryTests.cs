using System.Diagnostics;
using ComposeLab.Compose.Rules;
using ComposeLab.Policy;

namespace ComposeLab.Cmdlets.Tests.Policy;

public sealed class GitQueryTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("git-query-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void A_file_is_tracked_ignored_or_untracked_like_in_git_itself()
    {
        string tree = Repository("plain");
        Write(tree, ".gitignore", "*.env\n!shown.env\n");
        Write(tree, "sub/.gitignore", "here\n");
        foreach (string name in (string[])["tracked.env", "lost.env", "shown.env", "sub/here", "sub/other", "[a].txt"])
        {
            Write(tree, name, "x");
        }

        Git(tree, "add", "-f", "tracked.env", ".gitignore");
        Write(tree, ".git/info/exclude", "other\n");

        Assert.Equal(
            [GitState.Tracked, GitState.Ignored, GitState.Untracked, GitState.Ignored, GitState.Ignored, GitState.Untracked],
            States(tree, "tracked.env", "lost.env", "shown.env", "sub/here", "sub/other", "[a].txt"));
    }

    [Theory]
    [InlineData("worktree")]
    [InlineData("submodule")]
    [InlineData("sha256")]
    public void Every_form_of_a_repository_is_supported(string form)
    {
        string tree = Repository("form", form == "sha256" ? "--object-format=sha256" : "--quiet");
        Write(tree, ".gitignore", "*.env\n");
        Write(tree, "a.txt", "x");
        Git(tree, "add", "-A");
        Git(tree, "-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "first");
        if (form == "worktree")
        {
            Git(tree, "worktree", "add", "-q", Path.Combine(_root, "second"));
            tree = Path.Combine(_root, "second");
        }
        else if (form == "submodule")
        {
            string outer = Repository("outer");
            Git(outer, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", tree, "inner");
            tree = Path.Combine(outer, "inner");
        }

        Write(tree, "b.env", "x");
        Write(tree, "c.txt", "x");

        Assert.Equal([GitState.Tracked, GitState.Ignored, GitState.Untracked], States(tree, "a.txt", "b.env", "c.txt"));
    }

    [Fact]
    public void Outside_a_repository_the_answer_is_unknown()
    {
        Write(_root, "a.txt", "x");

        Assert.Equal([GitState.Unknown], States(_root, "a.txt"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_repository_that_wants_to_fetch_a_missing_object_does_not_run_its_upload_program(bool embedded)
    {
        string tree = Repository("trap");
        string proof = Path.Combine(_root, "proof");
        Write(tree, ".gitignore", "secret.txt\n");
        Write(tree, "secret.txt", "x");
        Git(tree, "add", ".gitignore");
        string blob = Git(tree, "rev-parse", ":.gitignore").Trim();
        Git(tree, "update-index", "--skip-worktree", ".gitignore");
        File.Delete(Path.Combine(tree, ".gitignore"));
        File.Delete(Path.Combine(tree, ".git", "objects", blob[..2], blob[2..]));
        File.AppendAllText(
            Path.Combine(tree, ".git", "config"),
            $"[core]\n\trepositoryformatversion = 1\n\tfsmonitor = touch {proof}\n\thooksPath = {tree}\n[extensions]\n\tpartialClone = origin\n[remote \"origin\"]\n\turl = {tree}/none.git\n"
            + $"\tpromisor = true\n\tpartialclonefilter = blob:none\n\tuploadpack = \"touch {proof}; false\"\n");
        if (embedded)
        {
            // The same as a bare repository inside an ordinary one, as a clone delivers it.
            string outer = Repository("outer");
            Directory.Move(Path.Combine(tree, ".git"), Path.Combine(outer, "conf"));
            File.AppendAllText(Path.Combine(outer, "conf", "config"), "[core]\n\tbare = false\n\tworktree = .\n");
            File.Copy(Path.Combine(tree, "secret.txt"), Path.Combine(outer, "conf", "secret.txt"));
            tree = Path.Combine(outer, "conf");
        }

        _ = States(tree, "secret.txt");

        Assert.False(File.Exists(proof));
    }

    private static GitState[] States(string tree, params string[] names)
    {
        var query = new GitQuery(CancellationToken.None);
        return [.. names.Select(name => query.StateOf(Path.Combine(tree, name)))];
    }

    private string Repository(string name, string option = "--quiet")
    {
        string tree = Path.Combine(_root, name);
        Directory.CreateDirectory(tree);
        Git(tree, "init", "--quiet", option);
        return tree;
    }

    private static void Write(string tree, string name, string text)
    {
        string path = Path.Combine(tree, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    private static string Git(string tree, params string[] arguments)
    {
        using Process git = Process.Start(new ProcessStartInfo("git", ["-C", tree, .. arguments]) { RedirectStandardOutput = true })!;
        string output = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        Assert.Equal(0, git.ExitCode);
        return output;
    }
}
