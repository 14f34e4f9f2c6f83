namespace ComposeLab.Cmdlets.Tests.Hosting;

/// <summary>Runs cmdlets in several runspaces of one process at the same time, as thread jobs and ForEach-Object -Parallel do.</summary>
public sealed class ParallelSessionTests
{
    [Fact]
    public async Task Two_runspaces_run_cmdlets_at_the_same_time_without_sharing_anything()
    {
        const int Rounds = 10;
        using var folders = new Folders("one", "two");
        using var barrier = new Barrier(2);

        // A runspace is opened as PowerShell does it: one after the other.
        TestSession[] sessions = [.. folders.Names.Select(_ => new TestSession())];
        string[][] results = await Task.WhenAll(folders.Names.Select((name, index) => Task.Factory.StartNew(
            () =>
            {
                using TestSession session = sessions[index];
                Assert.True(barrier.SignalAndWait(TestSession.Patience), "the sessions did not run at the same time");
                return Enumerable.Range(0, Rounds).SelectMany(_ => session.Run(
                    "param($p) (Show-MergedConfig -Path $p -AsObject).name; (Get-LabVariable -Path $p).Name; (Show-MergedConfig -Path $p -Hash).ProjectName; Test-LabConfig -Path $p -Quiet",
                    folders.PathOf(name)).Good()).Select(value => value.ToString()!).ToArray();
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)));

        Assert.Equal(["one", "two"], results.Select(values => Assert.Single(values.Where(value => value is "one" or "two").Distinct())));
        Assert.Equal(["VAR_one", "VAR_two"], results.Select(values => Assert.Single(values.Where(value => value.StartsWith("VAR_", StringComparison.Ordinal)).Distinct())));
        Assert.All(results, values => Assert.Equal(Rounds, values.Count(value => value.StartsWith("VAR_", StringComparison.Ordinal))));
    }

    private sealed class Folders : IDisposable
    {
        private readonly Dictionary<string, TemporaryFolder> _folders;

        public Folders(params string[] names)
        {
            Names = names;
            _folders = names.ToDictionary(name => name, _ => new TemporaryFolder());
            foreach (string name in names)
            {
                _folders[name].Write("compose.yaml", $"name: {name}\nservices: {{ app: {{ image: \"app:${{VAR_{name}:-1}}\" }} }}\n");
            }
        }

        public IReadOnlyList<string> Names { get; }

        public string PathOf(string name) => _folders[name].Path;

        public void Dispose()
        {
            foreach (TemporaryFolder folder in _folders.Values)
            {
                folder.Dispose();
            }
        }
    }
}
