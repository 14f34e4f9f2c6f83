using System.Diagnostics;
using ComposeLab.Cmdlets.Tests.Hosting;
using ComposeLab.Compose.Rules;
using ComposeLab.Policy;

namespace ComposeLab.Cmdlets.Tests.Policy;

public sealed class HostEnvironmentTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly HostEnvironment _world = new(new Dictionary<string, string>(), CancellationToken.None);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Tracked_ignored_and_untracked_files_are_distinguished()
    {
        Git("init", "--quiet");
        _folder.Write(".gitignore", "ignored\n");
        string tracked = _folder.Write("tracked", "");
        string ignored = _folder.Write("ignored", "");
        string untracked = _folder.Write("untracked", "");
        Git("add", "tracked");

        Assert.Equal(GitState.Tracked, _world.GitStateOf(tracked));
        Assert.Equal(GitState.Ignored, _world.GitStateOf(ignored));
        Assert.Equal(GitState.Untracked, _world.GitStateOf(untracked));
    }

    [Fact]
    public void A_bracket_in_a_name_is_not_a_pattern()
    {
        Git("init", "--quiet");
        _folder.Write("a.env", "");
        Git("add", "a.env");

        Assert.Equal(GitState.Untracked, _world.GitStateOf(_folder.Write("[a].env", "")));
    }

    [Fact]
    public void Outside_a_repository_the_answer_is_unknown() => Assert.Equal(GitState.Unknown, _world.GitStateOf(_folder.Write("file", "")));

    [Fact]
    public void A_repository_cannot_make_the_query_run_its_programs()
    {
        Git("init", "--quiet");
        string file = _folder.Write("file", "");
        Git("add", "file");
        Git("config", "core.fsmonitor", $"touch {_folder.At("ran")}; false");

        Assert.Equal(GitState.Tracked, _world.GitStateOf(file));
        Assert.False(File.Exists(_folder.At("ran")));
    }

    [Fact]
    public void Only_small_text_files_are_read()
    {
        using (FileStream large = File.Create(_folder.At("large")))
        {
            large.SetLength(2 * 1024 * 1024);
        }

        Assert.Null(_world.ReadText(_folder.At("large")));
        Assert.Null(_world.ReadText(_folder.Path));
        Assert.Null(_world.ReadText(_folder.At("missing")));
        Assert.Empty(_world.FilesIn(_folder.At("missing")));
    }

    private void Git(params string[] arguments)
    {
        using Process git = Process.Start(new ProcessStartInfo("git", ["-C", _folder.Path, .. arguments]))!;
        git.WaitForExit();
        Assert.Equal(0, git.ExitCode);
    }
}
