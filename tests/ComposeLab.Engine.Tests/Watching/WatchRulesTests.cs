using ComposeLab.Compose.Model;
using ComposeLab.Engine.Tests.Support;
using ComposeLab.Engine.Watching;

namespace ComposeLab.Engine.Tests.Watching;

public sealed class WatchRulesTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("composelab-watch-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("data/a.txt", true)]
    [InlineData("data/sub/a.txt", true)]
    [InlineData("data", true)]
    [InlineData("data2/a.txt", false)]
    [InlineData("data/x.foo", false)]
    [InlineData("data/ignored", false)]
    [InlineData("data/ignored/deep/a.txt", false)]
    [InlineData("data/by-dockerignore.log", false)]
    [InlineData("data/.git/index", false)]
    [InlineData("data/.a.txt.swp", false)]
    [InlineData("data/a.txt~", false)]
    public void A_path_is_watched_unless_a_pattern_ignores_it(string path, bool expected)
    {
        File.WriteAllText(Path.Combine(_folder.FullName, ".dockerignore"), "**/*.log\n");
        WatchRule rule = Assert.Single(Load("{ action: sync, path: ./data, target: /app/data, ignore: ['*.foo', ./ignored] }").Rules);

        Assert.Equal(expected, rule.IsAbout(At(path)));
    }

    [Theory]
    [InlineData("A.test", true)]
    [InlineData("B.test", false)]
    [InlineData("sub/A.test", false)]
    public void Only_included_paths_are_watched(string path, bool expected) =>
        Assert.Equal(expected, Assert.Single(Load("{ action: sync, path: ., target: /data/, include: 'A.*' }").Rules).IsAbout(At(path)));

    [Fact]
    public void A_path_has_its_place_below_the_target()
    {
        WatchRule folder = Assert.Single(Load("{ action: sync, path: ./data, target: /app/data/ }").Rules);
        WatchRule file = Assert.Single(Load("{ action: sync, path: ./app.conf, target: /etc/app.conf }").Rules);

        Assert.Equal("/app/data/sub/a.txt", folder.InContainer(At("data/sub/a.txt")));
        Assert.Equal("/etc/app.conf", file.InContainer(At("app.conf")));
    }

    [Fact]
    public void A_path_in_a_bind_mount_is_not_copied()
    {
        WatchRules rules = Load("{ action: sync, path: ./data, target: /app/data }, { action: restart, path: ./data }", ", volumes: ['./data:/app/data']");

        Assert.Equal(WatchAction.Restart, Assert.Single(rules.Rules).Action);
        Assert.Contains("bind mount", Assert.Single(rules.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void The_old_attribute_for_an_initial_copy_works_with_a_warning()
    {
        WatchRules rules = Load("{ action: sync, path: ./data, target: /d, x-initialSync: true }, { action: sync, path: ./more, target: /m, initial_sync: true }");

        Assert.Equal(2, rules.Initial.Count);
        Assert.Contains("use initial_sync", Assert.Single(rules.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ action: rebuild, path: . }", "image: app", EngineErrorId.UnsupportedByEngine)]
    [InlineData("{ action: sync+exec, path: ., target: /x, exec: { command: [] } }", "build: .", EngineErrorId.UnsupportedByEngine)]
    [InlineData("", "image: app", EngineErrorId.NothingToWatch)]
    public void A_rule_that_cannot_be_followed_is_an_error(string watch, string image, EngineErrorId id)
    {
        ComposeProject project = Projects.LoadFrom(_folder.FullName, $"services: {{ app: {{ {image}, develop: {{ watch: [ {watch} ] }} }} }}", null, "lab");

        Assert.Equal(id, Assert.Throws<EngineException>(() => WatchRules.Of(project, [])).Id);
    }

    [Fact]
    public void A_batch_has_each_action_once_and_a_rebuilt_service_has_no_other()
    {
        ComposeProject project = Projects.LoadFrom(
            _folder.FullName,
            """
            services:
              a: { build: ., develop: { watch: [ { action: rebuild, path: ./lock }, { action: sync, path: ., target: /app } ] } }
              b: { build: ., develop: { watch: [ { action: sync+restart, path: ./src, target: /app }, { action: sync, path: ., target: /all } ] } }
              c: { build: ., develop: { watch: [ { action: sync+exec, path: ./src, target: /app, exec: { command: [x] } } ] } }
              d: { build: ., develop: { watch: [ { action: restart, path: ./other } ] } }
            """,
            null,
            "lab");

        var batch = WatchBatch.Of(WatchRules.Of(project, []).Rules, [At("lock"), At("src/1"), At("src/2")]);

        Assert.Equal(["a"], batch.Rebuilt);
        Assert.Equal(["b"], batch.Restarted);
        Assert.Equal(["c"], batch.Executed.Keys);
        Assert.Single(batch.Executed["c"]);
        Assert.Equal(["/all/lock", "/all/src/1", "/all/src/2", "/app/1", "/app/2"], batch.Synced["b"].Select(file => file.Target));
        Assert.Equal(["b", "c"], batch.Synced.Keys.Order());
    }

    [Fact]
    public void Paths_of_Windows_are_watched_and_copied()
    {
        ComposeProject project = Projects.LoadForWindows(
            "services: { app: { image: a, volumes: ['C:\\bound:/bound'], develop: { watch: [ { action: sync, path: .\\data, target: /app/data, ignore: [x/] }, { action: sync, path: 'C:\\bound\\x', target: /b } ] } } }");

        var rules = WatchRules.Of(project, []);

        WatchRule rule = Assert.Single(rules.Rules);
        Assert.Equal(@"C:\shop\data", rule.Path);
        Assert.Equal("/app/data/Sub/a.txt", rule.InContainer(@"c:\shop\Data\Sub\a.txt"));
        Assert.True(rule.IsAbout(@"C:\shop\data\Sub\a.txt"));
        Assert.False(rule.IsAbout(@"C:\shop\data\x\a.txt"));
        Assert.False(rule.IsAbout(@"C:\shop\data\.git\index"));
        Assert.False(rule.IsAbout(@"C:\shop\data2\a.txt"));
        Assert.Contains("bind mount", Assert.Single(rules.Warnings), StringComparison.Ordinal);
    }

    private WatchRules Load(string watch, string more = "") => WatchRules.Of(
        Projects.LoadFrom(_folder.FullName, $"services: {{ app: {{ build: .{more}, develop: {{ watch: [ {watch} ] }} }} }}", null, "lab"), []);

    private string At(string path) => Path.Combine(_folder.FullName, path);
}
